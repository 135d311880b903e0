#!/bin/sh
# Questionnaires: what goes out, what comes back, and what is refused. Cells are filled in by a script of the tests;
# office.sh has them filled in by an office suite.
. "$(dirname "$0")/tap.shlib"
rectrack import document "$report" --symbol "$symbol" -q
rectrack record Italy 'II.A.1(a)' implemented --as-of 2020-05-06 -q
rectrack record Italy 'II.A.1(b)' planned --as-of 2027-01-01 -q
cd "$work" || exit 1
workbook() { "$RECTRACK_SOURCE/tests/integration/workbook.py" "$@"; }
ask() { rectrack questionnaire --as-of 2026-11-24 "$@"; }
bring() { code rectrack import questionnaire "$@"; }

# ---- what goes out
check 'a questionnaire is written' 0 "$(code ask --state Italy -o ITA.xlsx)"
check '… and told' 1 "$(said 'Italy is asked about 16 recommendations')"
check 'it has the place of the first recommendation' 'II.A.1(a)' "$(workbook get ITA.xlsx 1 B5)"
check '… its text' 1 "$(workbook get ITA.xlsx 1 C5 | grep -c '^Promote effective international cooperation')"
check '… the status reported last' Implemented "$(workbook get ITA.xlsx 1 D5)"
check '… and its day' 2020-05-06 "$(workbook get ITA.xlsx 1 E5)"
check 'what is said of a later day is not shown' 'No response' "$(workbook get ITA.xlsx 1 D6)"
check 'the place of the last recommendation stands in row 20' 'II.B.2(g)' "$(workbook get ITA.xlsx 1 B20)"
check 'its sheets are protected' 3 "$(for i in 1 2 3; do workbook part ITA.xlsx xl/worksheets/sheet$i.xml; done | grep -c '<sheetProtection')"
check 'levels are a drop-down' 1 "$(workbook part ITA.xlsx xl/worksheets/sheet1.xml | grep -c 'type="list"[^>]*sqref="F5:F20"[^>]*><formula1>rectrack!\$F\$1:\$F\$6<')"
check '… of those that States report' 'Implemented Partially implemented Implementation in progress Implementation planned Not implemented Not applicable' \
    "$(echo $(for i in 1 2 3 4 5 6; do workbook get ITA.xlsx 3 F$i; done))"
check 'dates are checked' 1 "$(workbook part ITA.xlsx xl/worksheets/sheet1.xml | grep -c 'type="date"[^>]*sqref="G5:G20"')"
check 'the list of levels is hidden' 1 "$(workbook part ITA.xlsx xl/workbook.xml | grep -c 'name="rectrack" sheetId="3" state="hidden"')"
sleep 1
check 'the same again' 0 "$(code ask --state ITA -o again.xlsx)"
check '… has the same bytes' same "$(cmp ITA.xlsx again.xlsx && echo same)"
for language in ar en es fr ru zh; do
    check "a questionnaire in $language" 0 "$(code ask --state EGY --lang $language -o $language.xlsx)"
    check '… with messages at every check' 8 "$(workbook part $language.xlsx xl/worksheets/sheet1.xml | grep -o ' error="[^"]\|errorTitle="[^"]\|prompt="[^"]' | wc -l)"
done
check 'French: the title' 'Questionnaire sur l’état d’application des recommandations : Égypte' "$(workbook get fr.xlsx 1 A1)"
check 'Arabic runs from right to left' 1 "$(workbook part ar.xlsx xl/worksheets/sheet1.xml | grep -c 'rightToLeft="1"')"
check 'English does not' 0 "$(workbook part en.xlsx xl/worksheets/sheet1.xml | grep -c 'rightToLeft="1"')"
cat >more.csv <<CSV
document,reference,text,instrument,addressees,scale
A/1,6.1,"Ratify, and
report",UNTOC,ITA FRA,upr-position
A/1,6.2,For France alone,UNTOC,FRA,upr-position
A/1,6.3,For reviewers to judge,UNTOC,*,fatf
CSV
rectrack import recommendations more.csv --new-documents -q
check 'recommendations with addressees and another scale' 0 "$(code ask --state Italy -o two.xlsx)"
check '… those of the State and what it can report on' 1 "$(said 'Italy is asked about 17 recommendations')"
check '… in the order of documents' 'A/1 6.1' "$(workbook get two.xlsx 1 A5) $(workbook get two.xlsx 1 B5)"
check '… with lists of their own' 'F5:rectrack!$F$7:$F$8 F6:F21:rectrack!$F$1:$F$6' \
    "$(echo $(workbook part two.xlsx xl/worksheets/sheet1.xml | grep -o 'sqref="F[^"]*"><formula1>[^<]*' | sed 's/sqref="\(.*\)"><formula1>/\1:/'))"
workbook set two.xlsx two-filled.xlsx F5=Supported F6=Noted 'G3=2026-11-01'
check '… a level of the other scale is refused' 65 "$(bring two-filled.xlsx)"
check '… with those that there are' 1 "$(said 'cell F6: unknown level: "Noted". Choose one from the list: Implemented,')"
workbook set two.xlsx two-filled.xlsx F5=Supported F6=Implemented 'G3=2026-11-01'
check '… and its own is taken' 0 "$(bring two-filled.xlsx --dry-run)"
check '… with the others' 1 "$(said 'would add 2')"
check 'a form for each State' 0 "$(code ask --all --lang fr -o forms)"
check "… that is a Party, or addressed" "143 States are asked" \
    "$(sed 's/^rectrack: \(.* are asked\).*/\1/' said)"
check '… each with its own' "$(sed -n 's/^rectrack: \([0-9]*\).*/\1/p' said)" "$(ls forms/???.xlsx | wc -l)"
check '… the same as alone' same "$(ask --state Italy --lang fr -o alone.xlsx -q; cmp alone.xlsx forms/ITA.xlsx && echo same)"
check '--all without a folder' 2 "$(code ask --all)"
check '--all and --state' 2 "$(code ask --all --state Italy -o forms)"
check '--all into a file' 73 "$(code ask --all -o "$report")"
check 'one document alone' 0 "$(code ask --state Italy --document "$symbol" -o one.xlsx)"
check 'an unknown document' 65 "$(code ask --state Italy --document CTOC/COP -o x.xlsx)"
check 'a State that is no Party' 65 "$(code ask --state Iran -o x.xlsx)"
check '… is told' 1 "$(said 'no recommendation is addressed to it as a Party on 2026-11-24')"
check 'no State' 2 "$(code ask -o x.xlsx)"
check 'a name that is nobody’s' 65 "$(code ask --state Itly -o x.xlsx)"
check '… leaves no file' no "$([ -e x.xlsx ] && echo yes || echo no)"
check 'a full device' 74 "$(rectrack questionnaire --state Italy >/dev/full 2>said; echo $?)"
check 'a folder that is not there' 73 "$(code ask --state Italy -o no/where.xlsx)"

# ---- what comes back: a label, a code, other letters and spaces; dates as number, text and for all rows
check 'an untouched form' 0 "$(bring ITA.xlsx)"
check '… says nothing' 1 "$(said 'ITA.xlsx: no row is filled in; nothing to store')"
workbook set ITA.xlsx back.xlsx 'G3:=n|<v>46300.75</v>' 'F5=Partially implemented' 'G5:=n|<v>46295</v>' 'H5=Une note
« deux » lignes, =1+1' 'I5=http://example.org/' 'F6= not-applicable ' 'F8=IMPLEMENTATION  planned' 'G8=2026-09-01' \
    'F20:=str|<f>"x"</f><v>Implemented</v>' 'H3=Français'
check 'a dry run' 0 "$(bring back.xlsx --dry-run)"
check '… tells what would be' 1 "$(said 'back.xlsx: would add 4, supersede 0, skip 0 already there; nothing was stored')"
check '… and stores nothing' 2 "$(records)"
check 'a filled-in form' 0 "$(bring back.xlsx --received 2026-11-30)"
check '… is stored' 1 "$(said 'back.xlsx: added 4, superseded 0, skipped 0 already there')"
check '… as one response' 'ITA,2026-11-30,questionnaire,back.xlsx,4' "$(rectrack list responses --state ITA -f csv | grep -o '.*back.xlsx,4')"
rectrack list records --state ITA -f jsonl >records
sed -n 's/.*"id": *"[0-9]*\.\([0-9]*\)".*:\(II[^"]*\)", *"level": *"\([^"]*\)", *"as_of": *"\([^"]*\)".*"channel": *"questionnaire".*/\1 \2 \3 \4/p' records | sort >found
check '… each record with the row of its sheet, its level and its day' '20 II.B.2(g) implemented 2026-10-05
5 II.A.1(a) partially-implemented 2026-09-30
6 II.A.1(b) not-applicable 2026-10-05
8 II.A.1(d) planned 2026-09-01' "$(cat found)"
check '… the note as it was written' 1 "$(grep -cF '"note": "Une note\n« deux » lignes, =1+1", "evidence": "http://example.org/", "language": "fr"' records)"
check 'the same file again' 0 "$(bring back.xlsx)"
check '… is recognised' 1 "$(said 'this very file was imported before')"
mkdir saved
workbook swap back.xlsx saved/back.xlsx xl/workbook.xml '<workbookPr ' '<workbookPr showObjects="all" '
check 'the same answers saved anew' 0 "$(bring saved/back.xlsx --received 2026-11-30)"
check '… are there already' 1 "$(said 'added 0, superseded 0, skipped 4 already there')"
workbook set ITA.xlsx mac.xlsx 'F7=Implemented' 'G7:=n|<v>44833</v>'
workbook swap mac.xlsx mac1904.xlsx xl/workbook.xml '<workbookPr ' '<workbookPr date1904="1" '
check 'days counted from 1904' 0 "$(bring - <mac1904.xlsx)"
check '… are the same days' 1 "$(rectrack list records --state ITA --reference 'II.A.1(c)' -f csv | grep -c 'implemented,2026-09-30,reported,,questionnaire,,,,')"
check 'the ledger holds' 0 "$(code rectrack verify)"

# ---- what is refused, cell by cell
before=$(records)
workbook set ITA.xlsx wrong.xlsx 'F5=Implementd' 'F6=Implemented' 'G7=2026-02-30' 'G8:=n|<v>2026</v>' 'F8=Implemented' 'G9=04/07/2018' 'F9=Implemented' \
    'H10=a note' 'F11:=e|<v>#N/A</v>' 'F12:=n|<v>3</v>' 'G12=2026-09-30' 'H3=Francais' 'G5=2026-09-30'
check 'what can’t be read' 65 "$(bring wrong.xlsx)"
check '… a level' 1 "$(said 'wrong.xlsx: cell F5: unknown level: "Implementd". Did you mean "Implemented"?')"
check '… no date' 1 "$(said 'cell G6: no date. Write the day that the status speaks of, here or once for all rows in cell G3.')"
check '… a day that is none' 1 "$(said 'cell G7: ')"
check '… in a row without a status' 1 "$(said 'cell F7: the row is filled in, but the status is missing')"
check '… a year for a date' 1 "$(said 'cell G8: not a date: "2026"')"
check '… an ambiguous date' 1 "$(said 'cell G9: not a date: "04/07/2018". The date is ambiguous')"
check '… a note without a status' 1 "$(said 'cell F10: the row is filled in, but the status is missing')"
check '… an error' 1 "$(said 'cell F11: an error instead of a value: "#N/A"')"
check '… a number for a level' 1 "$(said 'cell F12: unknown level: "3". Choose one from the list: Implemented, Partially implemented')"
check '… a language' 1 "$(said 'cell H3: unknown language: "Francais". Did you mean "Français"?')"
check '… and how much of it' 1 "$(said 'wrong.xlsx: 10 cells refused; nothing was stored')"
workbook set back.xlsx changed.xlsx 'C6=Do nothing' 'E5=2020-05-07' 'D9=' 'F4=Something else' 'K30=a remark' 'G3:=n|<v>46300</v>'
check 'changes in locked cells' 65 "$(bring changed.xlsx)"
check '… a text' 1 "$(said 'cell C6: this locked cell was changed: "Do nothing" instead of "Respond to the transnational')"
check '… a day' 1 "$(said 'cell E5: this locked cell was changed: "2020-05-07" instead of "2020-05-06"')"
check '… a cell that was emptied' 1 "$(said 'cell D9: this locked cell was changed: "" instead of "No response"')"
check '… a head' 1 "$(said 'cell F4: this locked cell was changed: "Something else" instead of "Status now"')"
check '… a remark beside the table' 1 "$(said 'cell K30: nothing was to be written here: "a remark". Move it into the note')"
check '… and no more' 1 "$(said 'changed.xlsx: 5 cells refused')"
workbook swap back.xlsx digest.xlsx xl/worksheets/sheet3.xml '<t>digest</t>' '<t>digests</t>'
check 'a changed hidden sheet' 65 "$(bring digest.xlsx)"
check '… is told' 1 "$(said 'not a questionnaire of this program: what it says of itself on its hidden sheet was changed')"
workbook swap back.xlsx state.xlsx xl/worksheets/sheet3.xml '<t>ITA</t>' '<t>FRA</t>'
check 'another State’s name in it' 65 "$(bring state.xlsx)"
check '… is found by the title' 1 "$(said 'cell A1: this locked cell was changed: "Questionnaire on the status of recommendations: Italy" instead of')"
workbook swap back.xlsx nosheet.xlsx xl/workbook.xml 'name="rectrack"' 'name="other"'
check 'no hidden sheet' 65 "$(bring nosheet.xlsx)"
workbook swap back.xlsx newer.xlsx xl/worksheets/sheet3.xml '<t>rectrack questionnaire</t></is></c><c r="B1" t="inlineStr"><is><t>1<' '<t>rectrack questionnaire</t></is></c><c r="B1" t="inlineStr"><is><t>2<'
check 'a form of a newer program' 65 "$(bring newer.xlsx)"
check '… is told' 1 "$(said 'written by a newer version')"
rectrack report progress -o table.xlsx -q
check 'another workbook' 65 "$(bring table.xlsx)"
check 'no workbook' 65 "$(bring "$report")"
check 'no file' 66 "$(bring none.xlsx)"
check 'half a file' 65 "$(head -c 5000 back.xlsx >half.xlsx; bring half.xlsx)"
check '… is called damaged' 1 "$(said 'this Excel workbook is damaged')"
check 'keep-going is refused' 2 "$(bring back.xlsx --keep-going)"
check 'nothing of all this was stored' "$before" "$(records)"
check 'another database' 65 "$(RECTRACK_DATA=$work/other bring back.xlsx)"
check '… is told apart' 1 "$(said 'this questionnaire was made for another database')"
RECTRACK_DATA=$work/other rectrack db stop -q
finish
