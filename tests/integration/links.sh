#!/bin/sh
# Later versions of recommendations: links between them, and where the records count that were given on the old ones.
. "$(dirname "$0")/tap.shlib"
cd "$work" || exit 1
draft=DRAFT/1
final=FINAL/1
cat >recommendations.csv <<CSV
document,reference,text,instrument,addressees
$draft,II.1(a),Light the harbours,UNTOC-SOM,FJI ITA BRA
$draft,II.1(b),Count the boats at night,UNTOC-SOM,FJI ITA BRA
$draft,II.1(c),Renew the ropes of every boat,UNTOC-SOM,FJI ITA BRA
$draft,II.1(d),Sell nothing,UNTOC-SOM,FJI ITA BRA
$final,II.1(a),Light the harbours,UNTOC-SOM,FJI ITA BRA
$final,II.1(b),Renew the ropes of every boat,UNTOC-SOM,FJI ITA BRA
$final,II.1(c),Count all the boats at night,UNTOC-SOM,FJI ITA BRA
$final,II.1(e),Train pilots,UNTOC-SOM,FJI ITA BRA
CSV
rectrack import recommendations recommendations.csv --new-documents -q
# Three States, Parties before 2018; four recommendations of the draft are spoken of.
cat >status.csv <<CSV
state,recommendation,level,as_of
ITA,$draft:II.1(a),planned,2018-01-01
ITA,$draft:II.1(b),implemented,2018-01-01
ITA,$draft:II.1(d),implemented,2018-01-01
FJI,$draft:II.1(c),in-progress,2018-01-01
CSV
rectrack import status status.csv -q
# levels: how many pairs have each level: implemented, in progress, planned, none, all.
levels() {
    rectrack report crosstab --rows document --cols level --layout long --as-of 2026-11-24 --format csv "$@" |
        awk -F, '$1 == "total" { n[$2] = $3 } END { print n["implemented"] + 0, n["in-progress"] + 0, n["planned"] + 0, n["no-response"] + 0, n["total"] }'
}
# 8 recommendations x 3 States = 24 pairs, 4 of them answered.
check 'before: each document for itself' '2 1 1 20 24' "$(levels)"
known=$(rectrack show 3 --format json | sed -n 's/.*"recorded_at": "\(.*\)".*/\1/p')

printf '%s\n' old,new "$draft:II.1(a),$final:II.1(a)" "$draft:II.1(b),$final:II.1(c)" "$draft:II.1(c),$final:II.1(b)" "$draft:II.1(d)," >links.csv
check 'a dry run of links' 0 "$(code rectrack import links links.csv --dry-run)"
check '… tells what would be' 1 "$(said 'would add 4, supersede 0, skip 0 already there')"
check '… and stores nothing' 1 "$(rectrack list links --format csv | wc -l)"
check 'links' 0 "$(code rectrack import links links.csv)"
# "Count (all) the boats at night": 5 words in common of 5 and 6.
check 'they are listed' "old,new,similarity
$draft:II.1(a),$final:II.1(a),100
$draft:II.1(b),$final:II.1(c),90
$draft:II.1(c),$final:II.1(b),100
$draft:II.1(d),," "$(rectrack list links --format csv)"
rectrack list links --format csv >out.csv
check 'exported and imported they change nothing' 0 "$(code rectrack import links out.csv)"
check '… and say so' 1 "$(said 'added 0, superseded 0, skipped 4 already there')"

# ---- tables
# 4 recommendations x 3 States = 12 pairs; the record on the dropped one counts nowhere.
check 'after: the records count for the final recommendations' '1 1 1 9 12' "$(levels)"
check '… by their references' "$final:II.1(a)=planned $final:II.1(c)=implemented" \
    "$(rectrack report crosstab --rows recommendation --cols level --where 'state = ITA and closed = yes or state = ITA and level = planned' --layout long --as-of 2026-11-24 --format csv |
        awk -F, '$1 != "total" && $2 != "total" && $3 == 1 { print $1 "=" $2 }' | tr '\n' ' ' | sed 's/ $//')"
check 'the table tells what it leaves out' 1 \
    "$(rectrack report groups --as-of 2026-11-24 --format table | grep -c 'Left out, because a later version of its document dropped the recommendation: newest records: 1\.')"
check 'an old reference in a filter stands for the new one' 3 \
    "$(rectrack report crosstab --rows state --cols level --where "recommendation = $draft:II.1(b)" --format csv | tail -n 1 | awk -F, '{ print $NF }')"
check 'the table known before the links stays' '2 1 1 20 24' "$(levels --known-at "$known")"
check 'the matrix has the final recommendations only' "state,state_label,newest,source,replies,$final:II.1(a),$final:II.1(b),$final:II.1(c),$final:II.1(e),total" \
    "$(rectrack report matrix --as-of 2026-11-24 --format csv | head -n 1)"

# ---- list and show
check 'the list has what is asked now' 5 "$(rectrack list recommendations --format csv | wc -l)"
check '… and the old ones where they are asked for' 5 "$(rectrack list recommendations --document $draft --format csv | wc -l)"
check 'show tells the successor' 1 "$(rectrack show "$draft:II.1(b)" --format table | grep -c "Superseded by: $final:II.1(c) (90% the same words)")"
check '… or that it was dropped' 1 "$(rectrack show "$draft:II.1(d)" --format table | grep -c 'Superseded by: dropped')"
check 'show tells the predecessor' 1 "$(rectrack show "$final:II.1(c)" --format table | grep -c "Supersedes: $draft:II.1(b)")"
check '… and what was said of it' "ITA implemented $draft:II.1(b)" "$(rectrack show "$final:II.1(c)" --format csv | sed 1d | awk -F, '{ print $1, $2, $NF }')"
check 'a State is shown with the final references' "$final:II.1(a) $final:II.1(c)" \
    "$(rectrack show Italy --format csv | sed 1d | cut -d, -f1 | tr '\n' ' ' | sed 's/ $//')"
check 'documents tell what superseded them' "$final" "$(rectrack list documents --document $draft --format json | sed -n 's/.*"superseded_by": "\([^"]*\)".*/\1/p')"

# ---- new records
check 'a place alone means the one that stands' 0 "$(code rectrack record Brazil 'II.1(a)' implemented --as-of 2019-01-01)"
check '… of the final' 1 "$(said "$final:II.1(a)")"
check 'a record on an old reference is stored as given' 0 \
    "$(code rectrack record Italy "$draft:II.1(b)" planned --as-of 2019-01-01 --source 'NV 7/2019')"
check '… and told where it counts' 1 "$(said "note: $draft:II.1(b) was superseded; the record counts for $final:II.1(c)")"
check '… and does' '1 1 2 8 12' "$(levels)"
check '… which the matrix tells with its source' 'ITA,2019-01-01,NV 7/2019,2' \
    "$(rectrack report matrix --as-of 2026-11-24 --format csv | grep ^ITA | cut -d, -f1,3-5)"
check 'a later one on the new reference is newer' 0 "$(code rectrack record Italy "$final:II.1(c)" in-progress --as-of 2019-06-01)"
check '… and counts' '1 2 1 8 12' "$(levels)"
check 'an older one on the new reference' 0 "$(code rectrack record Fiji "$final:II.1(b)" implemented --as-of 2017-01-01)"
check '… does not' '1 2 1 8 12' "$(levels)"
check 'on one day the newer version wins' 0 "$(code rectrack record Fiji "$final:II.1(b)" implemented --as-of 2018-01-01)"
check '… in tables' '2 1 1 8 12' "$(levels)"
check '… and in what is shown' "FJI implemented" "$(rectrack show "$final:II.1(b)" --format csv | sed 1d | awk -F, '{ print $1, $2 }')"
check 'a record on a dropped one' 0 "$(code rectrack record Italy "$draft:II.1(d)" planned --as-of 2020-01-01)"
check '… is told to count nowhere' 1 "$(said "a later version of its document dropped $draft:II.1(d); no table counts the record")"
printf 'state,recommendation,level,as_of\nBRA,%s,planned,2020-01-01\nBRA,%s,planned,2020-01-01\n' "$draft:II.1(b)" "$final:II.1(e)" >more.csv
check 'a file with an old reference' 0 "$(code rectrack import status more.csv)"
check '… tells it' 1 "$(said 'note: 1 row names recommendations that were superseded')"
check '… and counts it for the new one' '2 1 3 6 12' "$(levels)"

# ---- faults
printf '%s\n' old,new "$final:II.1(a),$draft:II.1(a)" "$draft:II.1(b),$draft:II.1(b)" "$draft:II.1(c),$final:II.1(b)" "$draft:II.1(c)," "$draft:II.1(x),$final:II.1(b)" "," >bad.csv
check 'faulty links are refused' 65 "$(code rectrack import links bad.csv)"
check '… a circle' 1 "$(said "bad.csv:2:17: \"$final:II.1(a)\" would supersede itself")"
check '… itself' 1 "$(said "bad.csv:3:17: \"$draft:II.1(b)\" would supersede itself")"
check '… two rows for one' 1 "$(said "bad.csv:5:17: a second row for \"$draft:II.1(c)\"")"
check '… what is not there' 1 "$(said "bad.csv:6:1: no recommendation at \"II.1(x)\"")"
check '… all of them' 1 "$(said '4 of 5 rows refused')"
check '… and nothing is stored' 5 "$(rectrack list links --format csv | wc -l)"

# ---- corrections, chains, undo
printf '%s\n' old,new "$draft:II.1(d),$final:II.1(e)" >mend.csv
check 'a corrected link' 0 "$(code rectrack import links mend.csv)"
check '… supersedes the wrong one' 1 "$(said 'added 0, superseded 1')"
# ITA spoke of the draft's II.1(d) last on 2020-01-01 (planned).
check '… and its records count now' '2 1 4 5 12' "$(levels)"
batch=$(rectrack list batches --format csv | awk -F, '$3 == "links" { b = $2 } END { print b }')
check 'undone' 0 "$(code rectrack undo "$batch" --reason 'not the same')"
check '… the link before stands again' '2 1 3 6 12' "$(levels)"
printf 'document,reference,text,instrument,addressees\nLAST/1,1,Light all the harbours,UNTOC-SOM,FJI ITA BRA\n' >last.csv
rectrack import recommendations last.csv --new-documents -q
printf '%s\n' old,new "$final:II.1(a),LAST/1:1" >chain.csv
check 'a third version' 0 "$(code rectrack import links chain.csv)"
check 'records follow through all versions' 'ITA planned BRA implemented' \
    "$(rectrack show LAST/1:1 --format csv | sed 1d | sort -r | awk -F, '{ printf "%s%s %s", s, $1, $2; s = " " }')"
check '… also in tables' '2 1 3 6 12' "$(levels)"
# ---- a draft and its final report
documents=$RECTRACK_SOURCE/tests/data/documents
draft=CTOC/COP/WG.9/2033/L.1/Add.1
final=CTOC/COP/WG.9/2033/4
rectrack import document "$documents/draft-report.txt" --instrument UNTOC-SOM -q
rectrack record Italy "$draft:II.A.1(b)" implemented --as-of 2033-07-10 -q
newer() { rectrack import document "$documents/final-report.txt" --instrument UNTOC-SOM "$@"; }
check 'links without anybody to confirm them' 2 "$(code newer --supersedes $draft)"
check '… tells what to do' 1 "$(said 'Look at them with --review-links, then give --yes, or the checked file with --links')"
check 'links without an earlier version' 2 "$(code newer --yes)"
check 'an earlier version that is not there' 65 "$(code newer --supersedes CTOC/COP/WG.9/2033/L.1/Add1 --yes)"
check '… with the nearest' 1 "$(said "Did you mean \"$draft\"?")"
check 'a dry run' 0 "$(code newer --supersedes $draft --dry-run)"
# "Count (all) the boats that come in at night": 8 words in common of 8 and 9.
check '… shows what became of each' 1 "$(grep -c -F "reworded   $draft:II.A.1(b) -> $final:II.A.5(c) (94% the same words)" out)"
check 'links for review' 0 "$(code newer --supersedes $draft --review-links -o review.csv)"
check '… four old ones and a new one' 'moved reworded moved dropped new' "$(sed 1d review.csv | cut -d, -f4 | tr '\n' ' ' | sed 's/ $//')"
check '… and nothing is stored' 65 "$(code rectrack show $final)"
sed 3d review.csv >short.csv
check 'a review that lacks one is refused' 65 "$(code newer --supersedes $draft --links short.csv)"
check '… by name' 1 "$(said "short.csv: no row for \"$draft:II.A.1(b)\"")"
sed 's/Add.1:II.A.1(a)/Add.1:II.A.1(x)/' review.csv >wrong.csv
check 'one that names what is not there too' 65 "$(code newer --supersedes $draft --links wrong.csv)"
check '… with its line' 1 "$(said "wrong.csv:2:1: no recommendation of the earlier version that stands: \"$draft:II.A.1(x)\"")"
sed "s|^$draft:II.A.1(d),,|$draft:II.A.1(d),$final:II.A.5(d),|" review.csv >checked.csv
check 'the checked links' 0 "$(code newer --supersedes $draft --links checked.csv)"
check '… are stored with the document' 1 "$(said 'it supersedes 4 earlier recommendations, of which 0 were dropped')"
check '… as checked' "$final:II.A.5(a) $final:II.A.5(c) $final:II.A.5(b) $final:II.A.5(d)" \
    "$(rectrack list links --document $draft --format csv | sed 1d | cut -d, -f2 | tr '\n' ' ' | sed 's/ $//')"
check 'the record followed' 'ITA implemented' "$(rectrack show "$final:II.A.5(c)" --format csv | sed 1d | awk -F, '{ print $1, $2 }')"
check 'the same command again' 0 "$(code newer --supersedes $draft --links checked.csv)"
check '… has nothing to do' 1 "$(said 'nothing to do')"
batch=$(rectrack list batches --format csv | awk -F, '$3 == "document" { b = $2 } END { print b }')
check 'undone' 0 "$(code rectrack undo "$batch" --reason test)"
check '… the draft stands again' 1 "$(rectrack list links --document $draft --format csv | wc -l)"
check 'the links as proposed' 0 "$(code newer --supersedes $draft --yes)"
check '… are printed' 5 "$(sed 1d out | wc -l)"
check '… and stored' 1 "$(said 'it supersedes 4 earlier recommendations, of which 1 were dropped')"
rectrack undo --reason test -q
newer -q 2>/dev/null
check 'stored before without links' 0 "$(code newer --supersedes $draft --yes)"
check '… it is told how to add them' 1 "$(said 'its links to the earlier version are not stored')"
newer --supersedes $draft --review-links -o later.csv -q 2>/dev/null
check '… which works' 0 "$(code rectrack import links later.csv)"
check '… for all four' 5 "$(rectrack list links --document $draft --format csv | wc -l)"

check 'the ledger is intact' 0 "$(code rectrack verify)"
rectrack db psql -- -qXc 'ALTER TABLE rectrack.supersession DISABLE TRIGGER ALL' -c "UPDATE rectrack.supersession SET similarity = 99 WHERE similarity = 90"
check 'a changed link is found' 4 "$(code rectrack verify)"
check '… and its batch named' 1 "$(said 'its rows in supersession are not those that were recorded')"
finish
