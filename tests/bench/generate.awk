# Writes status rows for the benchmarks: all States by RECOMMENDATIONS recommendations, in key order, DATES dates a pair.
# awk -v recommendations=N -v dates=N [-v year=FIRST] [-v rows=AT_MOST] -f generate.awk fixtures/register/states.csv
BEGIN {
    FS = ","
    srand(20181018)
    split("implemented partially-implemented in-progress planned not-implemented", levels, " ")
    if (!year)
        year = 2015
    if (!rows)
        rows = 1e12
}
FNR > 1 { iso3[++states] = $1 }
END {
    print "state,recommendation,level,as_of"
    for (s = 1; s <= states; s++)
        for (r = 1; r <= recommendations; r++) {
            month = (r * 7 + s) % 12 + 1
            for (k = 0; k < dates; k++) {
                if (++n > rows)
                    exit
                printf "%s,CTOC/COP/WG.7/2018/L.1/Add.1:II.A.%d(a),%s,%04d-%02d-%02d\n", iso3[s], r, \
                    levels[int(rand() * 5) + 1], year + k % 10, month, int(k / 10) % 28 + 1
            }
        }
}
