#!/bin/sh
# Importing States, names, Parties, instruments, scales, themes and recommendations; and tables over them.
. "$(dirname "$0")/tap.shlib"
rectrack import document "$report" --symbol "$symbol" -q
cd "$work" || exit 1
fixtures=$RECTRACK_SOURCE/fixtures/register

# ---- what is shipped is there already
for pair in 'states states' 'names state_names' 'parties treaty_participation' 'instruments instruments' 'scale scales' 'themes themes'; do
    set -- $pair
    check "the shipped $2.csv changes nothing" 0 "$(code rectrack import "$1" "$fixtures/$2.csv")"
    check '… and says so' 1 "$(said 'added 0, superseded 0, skipped')"
done

# ---- a correction outlives `init`, which loads what is shipped again
printf 'instrument,iso3,deposited_on,action\nUNTOC-SOM,Italy,2007-08-02,ratification\n' >corrected.csv
check 'a corrected date' 0 "$(code rectrack import parties corrected.csv)"
check 'init again' 0 "$(code rectrack init)"
check '… leaves the correction' 'UNTOC (deposit 2006-08-02), UNTOC-SOM (deposit 2007-08-02)' \
    "$(rectrack show ITA --format table | sed -n 's/^Party to: //p')"
check '… and writes nothing' 1 "$(rectrack list batches --format csv | grep -c 'shipped with the program')"
printf 'instrument,iso3,deposited_on,action\nUNTOC-SOM,Italy,2006-08-02,ratification\n' >back.csv
check 'the correction taken back' 0 "$(code rectrack import parties back.csv)"

# ---- register files
head -n 1 "$fixtures/states.csv" >states.csv
echo 'ZZA,ZZ,999,Zembla,Kingdom of Zembla,FALSE,,Europe,Northern Europe,false,false,true' >>states.csv
check 'a new State' 0 "$(code rectrack import states states.csv)"
check '… is found by its name' 1 "$(rectrack list states --state zembla --format jsonl | wc -l)"
check '… and by its code' 1 "$(rectrack show ZZ --format table | grep -c '^State: Zembla')"
printf 'iso3,lang,kind,name\nZZA,fr,short,Zemblie\nZembla,en,alias,Nova Zembla\n' >names.csv
check 'its names' 0 "$(code rectrack import names names.csv)"
check '… are understood' 1 "$(rectrack list states --state 'nova  ZEMBLA' --format jsonl | wc -l)"
printf 'iso3,lang,kind,name\nZZA,en,alias,Italy\n' >taken.csv
check "another State's name is refused" 65 "$(code rectrack import names taken.csv)"
check '… in its place' 1 "$(said 'taken.csv:2:14: another State has this name or code already: "Italy"')"
printf 'iso3,iso2,m49,name,name_formal,un_member,regional_group,m49_region,m49_subregion,ldc,lldc,sids\nzz,Q,12a,,,maybe,,,,false,false,false\n' >bad.csv
check 'a faulty State is refused' 65 "$(code rectrack import states bad.csv)"
printf 'instrument,iso3,deposited_on,action\nUNTOC-SOM,Zembla,2020-01-01,accession\nUNTOC-SOM,Italy,2006-08-02,ratification\n' >parties.csv
check 'a new Party' 0 "$(code rectrack import parties parties.csv)"
# It is bound from the 30th day after its deposit: 1 January 2020 and 30 days is 31 January.
total() { rectrack report states --as-of "$1" --where 'state = ZZA' --format csv | tail -n 1 | awk -F, '{ print $NF }'; }
check 'it is none on the 29th day' 0 "$(total 2020-01-30)"
check 'it is one on the 30th' 16 "$(total 2020-01-31)"
printf 'instrument,iso3,deposited_on,action,withdrawn_on\nUNTOC-SOM,ZZA,2020-01-01,accession,2024-06-01\n' >leaving.csv
check 'a Party that withdraws' 0 "$(code rectrack import parties leaving.csv)"
check '… counts the day before' 16 "$(total 2024-05-31)"
check '… and not that day' 0 "$(total 2024-06-01)"
printf 'instrument,iso3,deposited_on,action\nUNTOC-SOM,ITA,2006-08-02,ratification\nUNTOC-SOM,Italy,2007-08-02,ratification\n' >twice.csv
check 'two rows for one Party contradict each other' 65 "$(code rectrack import parties twice.csv)"
check '… the second is named' 1 "$(said 'twice.csv:3')"
printf 'code,title,adopted_on,in_force_on\nTREATY,A treaty,2001-01-01,2002-01-01\n' >instruments.csv
check 'a new instrument' 0 "$(code rectrack import instruments instruments.csv)"
printf 'scale,code,label,letter,rank,weight,closes,colour,kind\nthree,yes,Yes,Y,3,1,true,#1b7837,reported\nthree,half,Half,H,2,0.5,false,#a6dba0,both\nthree,no,No,N,1,0,false,#9970ab,assessed\n' >scale.csv
check 'a new scale' 0 "$(code rectrack import scale scale.csv)"
printf 'scale,code,label,letter,rank,weight,closes,colour,kind\nthree,odd,Odd,O,-1,2,perhaps,red,all\nthree,no-response,No,N,1,0,false,#9970ab,both\n' >badscale.csv
check 'a faulty scale is refused' 65 "$(code rectrack import scale badscale.csv)"
printf 'code,label\nX1,A theme\n' >themes.csv
check 'a new theme' 0 "$(code rectrack import themes themes.csv)"

# ---- recommendations
cat >recommendations.csv <<'CSV'
document,reference,text,instrument,addressees,articles,themes,due_on,scale
DOC/1,I.1,First,TREATY,*,2 1,X1 T01,2027-01-01,three
DOC/1,I.2,"Second, to two",,Italy FRA,,,,three
DOC/1,I.10(a),Third,UNTOC-SOM,*,5,X1,,three
CSV
check 'a document that is not there is refused' 65 "$(code rectrack import recommendations recommendations.csv)"
check '… with what to do' 3 "$(said 'Import the document first, or add --new-documents')"
check 'unless it may be new' 0 "$(code rectrack import recommendations recommendations.csv --new-documents)"
check 'they come back in the order of their places' 'I.1 I.2 I.10(a)' \
    "$(rectrack list recommendations --document DOC/1 --format csv | sed 1d | sed 's/"[^"]*"/x/' | cut -d, -f2 | tr '\n' ' ' | sed 's/ $//')"
rectrack list recommendations --document DOC/1 --format csv >out.csv
check 'exported and imported they change nothing' 0 "$(code rectrack import recommendations out.csv)"
check '… and say so' 1 "$(said 'added 0, superseded 0, skipped 3 already there')"
printf 'document,reference,text\nDOC/1,I.1,First again\n' >text.csv
check 'a corrected text' 0 "$(code rectrack import recommendations text.csv)"
check '… is a new version that keeps what the file lacks' 'DOC/1,I.1,First again,TREATY,*,1 2,T01 X1,2027-01-01,three' \
    "$(rectrack list recommendations --reference DOC/1:I.1 --format csv | sed 1d)"
printf 'document,reference,text,instrument,addressees,themes,due_on,scale\nDOC/1,I.0,a,,,,,\nDOC/1,I.3,,,,,,\nDOC/1,I.3,a,TREATIE,,,,\nDOC/1,I.4,a,,Itly,,,\nDOC/1,I.5,a,,,X9,,\nDOC/1,I.6,a,,,,1/2/2020,\nDOC/1,I.7,a,,,,,tree\nDOC/2,DOC/1:I.8,a,,,,,\n' >badrec.csv
check 'faulty recommendations are refused' 65 "$(code rectrack import recommendations badrec.csv --new-documents)"
check '… all eight' 1 "$(said '8 of 8 rows refused')"
check '… an instrument with the nearest' 1 "$(said 'Did you mean "TREATY"?')"
check '… a scale too' 1 "$(said 'Did you mean "three"?')"

# ---- records and tables over them
check 'a level that is for reviewers only' 65 "$(code rectrack record Italy DOC/1:I.2 no --as-of 2026-01-01)"
check '… is told' 1 "$(said 'only for assessed records')"
check 'assessed it goes in' 0 "$(code rectrack record Italy DOC/1:I.2 no --as-of 2026-01-01 --assessed --channel review --language en --note Checked)"
check 'reported likewise' 0 "$(code rectrack record France DOC/1:I.2 half --as-of 2026-02-01 --channel letter --evidence https://example.org/x)"
check 'an unknown channel' 65 "$(code rectrack record France DOC/1:I.2 half --channel leter)"
check 'an unknown language' 65 "$(code rectrack record France DOC/1:I.2 half --language english)"
one() { rectrack report crosstab --as-of 2026-11-24 --format csv "$@" | tail -n 1; }
two="document = DOC/1 and recommendation = I.2"
# Two States are asked, FRA has reported half, ITA was assessed no.
check 'addressees by name alone: one half, one silent, two' '1 1 2' \
    "$(one --rows state --cols level --where "$two" | awk -F, '{ print $(NF - 3), $(NF - 1), $NF }')"
check 'assessed' 2 "$(one --rows state --cols kind --where "$two" --kind assessed | awk -F, '{ print $NF }')"
check 'both kinds' 'total,Total,1,1,2' "$(one --rows state --cols kind --where "$two" --kind both)"
check 'the score: 0.50 of one that counts' 'total,Total,0.50,0.50,1' "$(one --rows state --cols document --where "$two" --measure score)"
check 'shares of a column' 'total,Total,100.0,100.0,100.0' "$(one --rows state --cols closed --where "$two or level = yes" --measure col-percent | sed 's/,,/,100.0,/')"
check 'shares of all' 100.0 "$(one --rows state --cols level --where "$two" --measure total-percent | awk -F, '{ print $NF }')"
check 'different recommendations' 1 "$(one --rows state --cols level --where "$two" --measure recommendations | awk -F, '{ print $NF }')"
code rectrack report nothing >/dev/null
check 'the help names each report' "$(sed 's/.*The reports are //; s/\.$//; s/, /\n/g' "$work/said" | LC_ALL=C sort)" \
    "$(rectrack help report | tr -s ' \n' ' ' | sed 's/.*NAME is one of \([^.]*\)\..*/\1/; s/, /\n/g' | LC_ALL=C sort)"
dimensions='state regional_group m49_region m49_subregion ldc lldc sids instrument body session document chapter section recommendation
    article theme adopted age due level answered closed overdue kind channel year quarter month date year_end'
check 'the help names each dimension' "$(echo $dimensions)" \
    "$(rectrack help report | tr -s ' \n' ' ' | sed 's/.*any dimensions: \(.*, year_end\)\..*/\1/; s/ (of the record)//' | tr -d ',')"
for dimension in $dimensions; do
    [ $dimension != year_end ] || continue # years are not added up
    check "each pair counts once in the total by $dimension" "$(one --rows state --cols level | awk -F, '{ print $NF }')" \
        "$(one --rows "$dimension" --cols level | awk -F, '{ print $NF }')"
done
check 'an instrument of which no Party is known: the 193 UN members stand in' 193 \
    "$(one --rows state --cols level --where 'recommendation = DOC/1:I.1' | awk -F, '{ print $NF }')"
check '… and the table says so' 1 "$(rectrack report groups --format table | grep -c 'Members of the United Nations stand in')"
check 'by JSON too' 1 "$(rectrack report groups --as-of 2026-11-24 --format json | grep -c '"as_of": "2026-11-24"')"
check 'by Markdown too' 1 "$(rectrack report matrix --format markdown | grep -c '^## Matrix')"
check 'the ledger is intact' 0 "$(code rectrack verify)"
head=$(rectrack verify --head)
rectrack record France DOC/1:I.2 yes --as-of 2026-03-01 -q
check 'a published head is a part of the ledger later' 0 "$(code rectrack verify --since "$head")"
check 'another one is not' 4 "$(code rectrack verify --since "1:$(printf '0%.0s' $(seq 64))")"
rectrack db psql -- -qXc 'ALTER TABLE rectrack.status_record DISABLE TRIGGER ALL' -c "UPDATE rectrack.status_record SET level = 1 WHERE as_of = '2026-03-01'"
check 'a changed row is found' 4 "$(code rectrack verify)"
check '… and its batch named' 1 "$(said 'its rows in status_record are not those that were recorded')"
check 'rows are not changed in normal use' 1 "$(rectrack db psql -- -qXc "DELETE FROM rectrack.response" 2>&1 | grep -c 'never changed or deleted')"
finish
