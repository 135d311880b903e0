#!/bin/sh
# Hostile text in every argument and every column, and hostile paths for output.
. "$(dirname "$0")/tap.shlib"
here=$(cd "$(dirname "$0")" && pwd)
mkdir "$work/hostile" && cd "$work/hostile" || exit 2
rectrack import document "$report" --symbol $symbol -q
rectrack record Italy 'II.A.1(a)' planned --as-of 2026-01-01 -q
python3 "$here/injection.py" "$work/hostile" >"$work/tap" || failed=1
sed '$d' "$work/tap"
number=$(sed -n 's/^1\.\.//p' "$work/tap")
[ -n "$number" ] || { number=1 failed=1 && cat "$work/tap" && echo 'not ok 1 - injection.py came to its end'; }

# ---- paths ----------------------------------------------------------------------------------------------------------

cd "$work" && mkdir paths && cd paths || exit 2
[ "$(id -u)" != 0 ] || chmod 777 .
list() { code rectrack list scales --format csv -o "$@"; }
echo old >keep && ln -s keep link.csv
check 'a symbolic link' 0 "$(list link.csv)"
check '… is followed, and stays a link' 'yes scale,code' "$([ -L link.csv ] && echo yes) $(head -c 10 keep)"
check 'a link to nowhere' 73 "$(ln -s nowhere/else dangling.csv; list dangling.csv)"
check 'a link in a circle' 73 "$(ln -s circle.csv circle.csv; list circle.csv)"
mkdir real && ln -s real folder
check 'a link to a folder on the way' '0 1' "$(list folder/out.csv) $(ls real | grep -c out.csv)"
check 'a folder as the file' 73 "$(list real)"
check 'a name that ends in a slash' 73 "$(list real/new/)"
check 'two points' '0 1' "$(list real/../up.csv) $(ls | grep -c '^up.csv$')"
check 'a folder that is not there' 73 "$(list nothing/out.csv)"
check '… is named' 1 "$(said 'nothing')"
check 'a file as a folder' 73 "$(list keep/out.csv)"
name=$(printf 'line\none\033[31m.csv')
check 'a name with a line end' 0 "$(list "$name")"
check '… is written under that name' 1 "$([ -s "$name" ] && echo 1)"
check 'a name that is too long' 73 "$(list "$(printf %0300d 1).csv")"
bad=$(printf 'no\nfolder\033[31m/x.csv')
check 'a folder with a line end that is not there' 73 "$(list "$bad")"
check '… is shown on one line, escaped' "1 0" "$(wc -l <"$work/said") $(grep -c "$(printf '\033')" "$work/said")"
check 'an empty name' 73 "$(list '')"
check 'a device that is full' 74 "$(list /dev/full)"
if [ "$(id -u)" != 0 ]; then
    mkdir closed && chmod 555 closed
    check 'a folder that may not be written to' 73 "$(list closed/out.csv)"
    : >readonly.csv && chmod 444 readonly.csv
    check 'a read-only file stays as it is' 73 "$(list readonly.csv)"
fi
check 'nothing is left over' 0 "$(find . -type f ! -name '*.csv' ! -name keep | wc -l)"
finish
