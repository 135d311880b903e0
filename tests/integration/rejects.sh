#!/bin/sh
# Imports that keep what is good: --keep-going, the rejects file, and that it can be imported after mending. And what is
# told of many mistakes.
. "$(dirname "$0")/tap.shlib"
rectrack import document "$report" --symbol "$symbol" -q
cd "$work" || exit 1

# ---- many mistakes: the first 20, and the count of all
{ echo state,recommendation,level,as_of; for i in $(seq 1 30); do echo "Nowhere $i,II.A.1(a),planned,2018-07-04"; done; } >many.csv
check 'thirty bad rows' 65 "$(code rectrack import status many.csv)"
check '… twenty are told' 20 "$(said 'unknown State')"
check '… and how many more there are' 1 "$(said '10 more that are wrong are not shown here')"
check '… and the count of all' 1 "$(said 'many.csv: 30 of 30 rows refused; nothing was stored')"
check 'the check of a file tells likewise' 65 "$({ echo a,b; seq 1 30; } >many.csv; code rectrack import csv-check many.csv)"
check '… twenty' 20 "$(said 'the row has 1 field')"
check '… and how many more' 1 "$(said '10 more that are wrong')"

# ---- what is kept and what is refused. As Excel saves it: mark, semicolons, CRLF, a last row of delimiters only.
printf '\357\273\277state;recommendation;level;as_of;note\r
Itly;II.A.1(z);plannd;4/7/2018;"a ""b""; c"\r
ITA;II.A.1(a);planned;2018-07-04;" kept "\r
FRA;II.A.1(a)\r
ESP;II.A.1(a);assessed;2018-07-04;"=1\r\n é"\r
;;;;\r
' >in.csv
check 'without the option nothing is stored' 65 "$(code rectrack import status in.csv)"
check '… and the count leaves out the row without a value' 1 "$(said '3 of 4 rows refused; nothing was stored')"
check '… a row with three faults is told three times' 3 "$(said 'in.csv:2:')"
check '… the level of an unknown recommendation is not one of them' 0 "$(said plannd)"
check 'rejects without keep-going is refused' 2 "$(code rectrack import status in.csv --rejects r.csv)"
check 'a dry run' 3 "$(code rectrack import status in.csv --keep-going --rejects dry.csv --dry-run)"
check '… tells what would be' 1 "$(said 'in.csv: would add 1, supersede 0, skip 0 already there, refuse 3; nothing was stored')"
check '… and stores nothing' 0 "$(records)"
check 'the run ends with 3' 3 "$(code rectrack import status in.csv --keep-going --rejects r.csv)"
check '… tells what was' 1 "$(said 'in.csv: added 1, superseded 0, skipped 0 already there, refused 3')"
check '… and where to mend' 1 "$(said '3 of 4 rows refused. Mend them in "r.csv" and import that file.')"
check '… and has stored the good row' 1 "$(records)"
check 'both wrote the same rejects' same "$(cmp dry.csv r.csv && echo same)"
printf '\357\273\277reject_line;reject_reason;reject_remedy;state;recommendation;level;as_of;note
2;"state: unknown State: ""Itly""; recommendation: unknown recommendation: ""II.A.1(z)""; as_of: not a date: ""4/7/2018""";"Did you mean ""Italy""? Did you mean ""II.A.1(a)""? The date is ambiguous. Write 2018-07-04 for 4 July 2018, or 2018-04-07 for 7 April 2018.";Itly;II.A.1(z);plannd;4/7/2018;"a ""b""; c"
4;the row has 2 fields, the header has 5;Give every field its place, the empty ones too.;FRA;II.A.1(a)
5;"level: unknown level of the scale ""implementation"": ""assessed""";Its levels are implemented, partially-implemented, in-progress, planned, not-implemented, not-applicable.;ESP;II.A.1(a);assessed;2018-07-04;"=1\r\n é"
' >expected.csv
check 'the rejects are the rows as they were, with reasons' '' "$(diff expected.csv r.csv)"

check 'the rejects as they are have the same faults' 65 "$(code rectrack import status r.csv --keep-going --rejects r2.csv)"
check '… all of them, so that nothing was stored' 1 "$(said 'r.csv: 3 of 3 rows refused; nothing was stored')"
check 'where all are refused, the file of the refused rows is what to mend' 1 \
    "$(rectrack import status r.csv --keep-going --rejects all.csv 2>&1 | grep -c 'nothing was stored. Mend them in "all.csv" and import that file.')"
check '… and their rejects have one set of reasons' 1 "$(head -n 1 r2.csv | grep -c 'reject_remedy;state;recommendation;level;as_of;note$')"
sed -e 's/;Itly;II.A.1(z);plannd;4.7.2018;/;Italy;II.A.1(b);planned;2018-07-04;/' -e 's/;FRA;II.A.1(a)$/;FRA;II.A.1(a);planned;2018-07-04;/' \
    -e 's/;assessed;/;planned;/' r.csv >mended.csv
check 'mended they go in' 0 "$(code rectrack import status mended.csv)"
check '… all' 1 "$(said 'mended.csv: added 3, superseded 0, skipped 0 already there')"
check "… with what they said" 1 "$(rectrack list records --state ITA --reference "II.A.1(b)" --format csv | grep -cF ',"a ""b""; c",')"
check 'the file itself again, its good rows being there' 3 "$(code rectrack import status in.csv --keep-going)"
check '… is not taken for one that was imported whole' 1 "$(said 'in.csv: added 0, superseded 0, skipped 1 already there, refused 3')"
check 'nothing refused' 0 "$(code rectrack import status mended.csv --keep-going --rejects none.csv --document "$symbol")"
check '… leaves a header' 1 "$(wc -l <none.csv)"
check 'the rejects cannot take the place of the file' 2 "$(cp in.csv same.csv; code rectrack import status same.csv --keep-going --rejects ./same.csv)"
check '… which stays' same "$(cmp in.csv same.csv && echo same)"
check 'rejects that cannot be made' 73 "$(code rectrack import status in.csv --keep-going --rejects no/folder/r.csv)"
check 'rejects that cannot be written' 74 "$(sed 's/kept/new/' in.csv >new.csv; code rectrack import status new.csv --keep-going --rejects /dev/full)"
check '… leave the database as it was' 4 "$(records)"
check 'a file that cannot be read on is refused whole' 65 "$({ cat in.csv; printf 'x"y;;;;\n'; } >quote.csv; code rectrack import status quote.csv --keep-going --rejects q.csv)"
check '… and leaves no rejects' no "$([ -e q.csv ] && echo yes || echo no)"
check 'a line that names the delimiter' 3 "$(printf 'sep=|\nstate|recommendation|level|as_of\nx|II.A.1(a)|planned|2018-07-04\nITA|II.A.1(c)|planned|2018-07-04\n' >pipe.csv; code rectrack import status pipe.csv --keep-going --rejects p.csv)"
check '… has rejects with commas' x,II.A.1\(a\),planned,2018-07-04 "$(tail -n 1 p.csv | sed 's/.*"*,x,/x,/')"
check 'the column of another listing is refused with what to use' 1 "$(printf 'id,state,recommendation,level,as_of\n' >id.csv; rectrack import status id.csv 2>&1 | grep -c 'id.csv:1:1: the column "id" can.t be read')"

# ---- every kind
printf 'iso3,lang,kind,name\nITA,fr,alias,Une Italie\nITA,fr,alias,France\nITA,xx,alais,Italia bella\nITA,en,alias,Boot\n' >names.csv
check 'names' 3 "$(code rectrack import names names.csv --keep-going --rejects rn.csv)"
check '… two in, two refused' 1 "$(said 'names.csv: added 2, superseded 0, skipped 0 already there, refused 2')"
check '… one with both its faults' 1 "$(grep -c '^4,"lang: unknown language: ""xx""; kind: unknown kind of name: ""alais""",' rn.csv)"
check '… the name of another State stays its own' FRA "$(rectrack list states --state France --format csv | sed -n 2p | cut -d, -f1)"
head -n 1 "$RECTRACK_SOURCE/fixtures/register/states.csv" >states.csv
printf 'ZZA,ZA,999,Zembla,,true,,,,false,false,false\nZZB,ZY,998,Zyb,,true,,,,false,false,false\nzz,,12a,,,maybe,,,,false,false,false\n' >>states.csv
check 'States' 3 "$(code rectrack import states states.csv --keep-going --rejects rs.csv)"
check '… one is in' 1 "$(rectrack list states --state Zyb --format jsonl | wc -l)"
check '… one whose code another has is not, nor any part of it' 65 "$(code rectrack list states --state Zembla)"
check '… one is told all its four faults' 1 "$(grep -c '^4,"iso3: .*; m49: .*; name: .*; un_member: ' rs.csv)"
printf 'document,reference,text,addressees,themes,due_on\nDOC/1,I.1,One,AT FRA Austria CF CD CG,CL1 cl1,\nDOC/1,I.2,Two,Itly Frnce,NO,soon\nDOC/2,,Three,,,\nDOC/1,I.3,Four,"  ",,\n' >recs.csv
check 'recommendations' 3 "$(code rectrack import recommendations recs.csv --new-documents --keep-going --rejects rr.csv)"
check '… two are in' 'I.1 I.3' "$(rectrack list recommendations --document DOC/1 --format csv | sed 1d | cut -d, -f2 | tr '\n' ' ' | sed 's/ $//')"
check '… each addressee once, in order' 'AUT CAF COD COG FRA' "$(rectrack list recommendations --reference DOC/1:I.1 --format csv | sed 1d | cut -d, -f5)"
check '… blanks are nobody in particular' '*' "$(rectrack list recommendations --reference DOC/1:I.3 --format csv | sed 1d | cut -d, -f5)"
check '… the faults of one row' 1 "$(grep -c '^3,"addressees: .*; addressees: .*; themes: .*; due_on: ' rr.csv)"
check '… the document of a refused row alone is not stored' 0 "$(rectrack list documents --format csv | grep -c DOC/2)"
check '… the same again finds them there' 3 "$(code rectrack import recommendations recs.csv --new-documents --keep-going)"
check '… both' 1 "$(said 'added 0, superseded 0, skipped 2 already there, refused 2')"
printf 'instrument,iso3,deposited_on,action\nUNTOC-SOM,ITA,2006-08-03,ratification\nUNTOC,Nowhere,1/1/2001,joining\n' >parties.csv
check 'Parties' 3 "$(code rectrack import parties parties.csv --keep-going --rejects rp.csv)"
check '… one superseded' 1 "$(said 'parties.csv: added 0, superseded 1, skipped 0 already there, refused 1')"
printf 'scale,code,label,letter,rank,weight,closes,colour,kind\nthree,yes,Yes,Y,3,1,true,#1b7837,reported\nthree,odd,Odd,O,-1,2,perhaps,red,all\n' >scale.csv
check 'a scale' 3 "$(code rectrack import scale scale.csv --keep-going)"
check '… its good level' 1 "$(rectrack list scales --format csv | grep -c ^three,)"
printf 'code,title,adopted_on,in_force_on\nT1,A treaty,2001-01-01,\nT 2,,x,y\n' >instruments.csv
check 'instruments' 3 "$(code rectrack import instruments instruments.csv --keep-going)"
printf 'code,label\nX1,A theme\nX1,Again\n' >themes.csv
check 'themes' 3 "$(code rectrack import themes themes.csv --keep-going)"
check 'the ledger is intact after all of it' 0 "$(code rectrack verify)"
finish
