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
mkfifo pipe.csv && cat pipe.csv >piped.csv &
while [ ! -p pipe.csv ]; do sleep 0.05; done
check 'a named pipe' 0 "$(list pipe.csv)"
wait $!
check '… gets all of it, and stays a pipe' "$(wc -c <up.csv) yes" "$(wc -c <piped.csv) $([ -p pipe.csv ] && echo yes)"
check 'a named pipe that nobody reads can be left' 130 "$(code timeout --preserve-status 1 "$RECTRACK" version -o pipe.csv)"
rm pipe.csv
mkdir vanished
check 'a folder that has vanished' 73 "$(cd vanished && rmdir ../vanished && list here.csv)"
rows='state,recommendation,level,as_of\nITA,II.A.1(x),planned,2026-01-01\n'
printf "$rows" >rows.csv && ln rows.csv same.csv
for same in rows.csv same.csv ./real/../rows.csv; do
    check "the file that is read, as $same" 2 "$(code rectrack import status rows.csv --keep-going --rejects $same)"
done
check '… stays as it is' "$(printf "$rows")" "$(cat rows.csv)"
if [ "$(id -u)" = 0 ]; then
    other='setpriv --reuid 65534 --regid 65534 --clear-groups'
    mkdir sticky && chmod 1777 sticky && echo mine >own.csv
    (umask 0 && $other sh -c "echo theirs >sticky/theirs.csv; ln -s '$PWD/own.csv' sticky/link.csv; ln -s '$PWD/new.csv' sticky/new.csv")
    check 'a link that somebody else has laid where everybody may' 73 "$(list sticky/link.csv)"
    check '… is not followed' mine "$(cat own.csv)"
    check '… nor one to a file that is not there yet' '73 no' "$(list sticky/new.csv) $([ -e new.csv ] && echo yes || echo no)"
    echo mine >sticky/mine.csv && chmod 666 sticky/mine.csv
    if $other "$RECTRACK" version >/dev/null 2>&1; then
        check 'a file of somebody else in such a folder' 73 "$(code $other "$RECTRACK" version -o sticky/mine.csv)"
    else
        skip 'a file of somebody else in such a folder' 'others may not run the program where it is'
    fi
    check '… stays as it is, with nothing beside it' 'mine 4' "$(cat sticky/mine.csv) $(ls -A sticky | wc -l)"
fi
if [ "$(id -u)" != 0 ]; then
    mkdir closed && chmod 555 closed
    check 'a folder that may not be written to' 73 "$(list closed/out.csv)"
    : >readonly.csv && chmod 444 readonly.csv
    check 'a read-only file stays as it is' 73 "$(list readonly.csv)"
fi
check 'nothing is left over' 0 "$(find . -type f ! -name '*.csv' ! -name keep | wc -l)"
finish
