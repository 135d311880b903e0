# Writes status rows for the benchmarks: 198 States x 1,000 recommendations, evenly many dates a pair.
# awk -v rows=N [-v shuffle=1] -f generate.awk fixtures/register/states.csv
BEGIN {
    FS = ","
    srand(20181018)
    split("implemented partially-implemented in-progress planned not-implemented", levels, " ")
}
FNR > 1 { iso3[++states] = $1 }
END {
    print "state,recommendation,level,as_of"
    each = int(rows / (states * 1000)) + 1
    for (s = 1; s <= states && n < rows; s++)
        for (r = 1; r <= 1000 && n < rows; r++)
            for (k = 0; k < each && n < rows; k++) {
                month = (r * 7 + s) % 12 + 1
                printf "%s,CTOC/COP/WG.7/2018/L.1/Add.1:II.A.%d(a),%s,%04d-%02d-%02d\n", iso3[s], r, \
                    levels[int(rand() * 5) + 1], 2015 + k % 10, month, int(k / 10) % 28 + 1
                n++
            }
}
