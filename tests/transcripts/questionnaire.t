# A State is asked by a workbook; what it filled in comes back. workbook.py types into cells.
$ rectrack import document "$SOURCE/fixtures/documents/ctoc-cop-wg7-2018-l1-add1.txt" --symbol CTOC/COP/WG.7/2018/L.1/Add.1 -q
$ rectrack questionnaire
! rectrack: which State is asked? Name it: rectrack questionnaire --state Italy -o ITA.xlsx.
? 2
$ rectrack questionnaire --state Itly -o ITA.xlsx
! rectrack: unknown State: "Itly". Did you mean "Italy"?
? 65
$ rectrack questionnaire --state Italy --as-of 2026-11-24 -o ITA.xlsx
! rectrack: Italy is asked about 16 recommendations
$ rectrack import questionnaire ITA.xlsx
! rectrack: ITA.xlsx: no row is filled in; nothing to store
$ "$SOURCE/tests/integration/workbook.py" set ITA.xlsx answer.xlsx F5=Plannd G5=2026-09-31 D6=Implemented
$ rectrack import questionnaire answer.xlsx
! rectrack: answer.xlsx: cell D6: this locked cell was changed: "Implemented" instead of "No response". Put back what stood there, or ask for the answers in a new questionnaire.
! rectrack: answer.xlsx: cell G5: no such day: "2026-09-31". September 2026 has 30 days.
! rectrack: answer.xlsx: cell F5: unknown level: "Plannd". Did you mean "Implementation planned"?
! rectrack: answer.xlsx: 3 cells refused; nothing was stored. Mend the cells named above, with the State where it must decide, and import it again.
? 65
$ "$SOURCE/tests/integration/workbook.py" set ITA.xlsx answer.xlsx 'F5=Implementation planned' 'H5=A draft law is before Parliament' G3=2026-09-30
$ rectrack import questionnaire answer.xlsx --received 2026-11-24 --dry-run
! rectrack: answer.xlsx: would add 1, supersede 0, skip 0 already there; nothing was stored
$ rectrack import questionnaire answer.xlsx --received 2026-11-24 -q
$ rectrack list records --format csv
id,state,recommendation,level,as_of,kind,received_on,channel,source,note,evidence,language
4.5,ITA,CTOC/COP/WG.7/2018/L.1/Add.1:II.A.1(a),planned,2026-09-30,reported,2026-11-24,questionnaire,answer.xlsx,A draft law is before Parliament,,en
$ rectrack report progress --format xlsx --output report.csv
$ head -c 2 report.csv && echo
PK
