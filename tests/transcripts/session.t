# A State's reply is logged, corrected and taken back; old tables stay as they were.
$ rectrack import document "$SOURCE/fixtures/documents/ctoc-cop-wg7-2018-l1-add1.txt" --symbol CTOC/COP/WG.7/2018/L.1/Add.1
! rectrack: stored CTOC/COP/WG.7/2018/L.1/Add.1: 40 paragraphs, 16 recommendations (UNTOC-SOM), statements of 14 States
! rectrack: batch 2, ledger position 2; "rectrack undo 2 --reason TEXT" takes it back
$ rectrack record Italy 'II.A.1(a)' planned --as-of 2020-01-01
! rectrack: recorded 3.1: Italy (ITA), CTOC/COP/WG.7/2018/L.1/Add.1:II.A.1(a): Implementation planned as of 2020-01-01
$ rectrack record ITA 'CTOC/COP/WG.7/2018/L.1/Add.1:II.A.1(a)' planned --as-of 2020-01-01
! rectrack: already there as 3.1: Italy (ITA), CTOC/COP/WG.7/2018/L.1/Add.1:II.A.1(a): Implementation planned as of 2020-01-01
$ rectrack amend 3.1 --level implemented --reason 'misread the note verbale'
! rectrack: recorded 5.1: Italy (ITA), CTOC/COP/WG.7/2018/L.1/Add.1:II.A.1(a): Implemented as of 2020-01-01
! rectrack: instead of 3.1: Italy (ITA), CTOC/COP/WG.7/2018/L.1/Add.1:II.A.1(a): Implementation planned as of 2020-01-01, recorded <moment> by rectrack (<user>)
$ rectrack list records --format csv
id,state,recommendation,level,as_of,kind,received_on,channel,source,note,evidence,language
3.1,ITA,CTOC/COP/WG.7/2018/L.1/Add.1:II.A.1(a),planned,2020-01-01,reported,,,,,,
5.1,ITA,CTOC/COP/WG.7/2018/L.1/Add.1:II.A.1(a),implemented,2020-01-01,reported,,,,,,
# 143 Parties, 16 recommendations: 2288 pairs. One of them is answered.
$ rectrack report crosstab --rows kind --cols level --as-of 2026-11-24 --format csv
kind,kind_label,implemented,partially-implemented,in-progress,planned,not-implemented,not-applicable,no-response,total
reported,reported,1,0,0,0,0,0,0,1
none,No record,0,0,0,0,0,0,2287,2287
total,Total,1,0,0,0,0,0,2287,2288
$ rectrack withdraw 5.1 --reason 'sent by mistake'
! rectrack: withdrawn: 5.1: Italy (ITA), CTOC/COP/WG.7/2018/L.1/Add.1:II.A.1(a): Implemented as of 2020-01-01, recorded <moment> by rectrack (<user>)
$ rectrack report crosstab --rows kind --cols level --as-of 2026-11-24 --layout long --format csv | grep ',planned,'
reported,planned,1
none,planned,0
total,planned,1
$ rectrack report crosstab --rows state --cols level --where 'state = Italy' --as-of 2026-11-24 --measure row-percent --format csv
state,state_label,implemented,partially-implemented,in-progress,planned,not-implemented,not-applicable,no-response,total,denominator
ITA,Italy,0.0,0.0,0.0,6.3,0.0,0.0,93.8,100.0,16
total,Total,0.0,0.0,0.0,6.3,0.0,0.0,93.8,100.0,16
$ rectrack record Italy 'II.A.1(b)' planned --as-of 2126-01-01
! rectrack: recorded 7.1: Italy (ITA), CTOC/COP/WG.7/2018/L.1/Add.1:II.A.1(b): Implementation planned as of 2126-01-01
! rectrack: note: that day is still to come; tables leave the record out until then. "rectrack amend 7.1 --as-of DATE --reason TEXT" corrects it
$ rectrack verify
6:<digest>
! rectrack: the ledger is intact: 6 batches, 5134 rows
$ rectrack verify --since 3:0000000000000000000000000000000000000000000000000000000000000000
! rectrack: the batch at position 3 is another one than the head says: the ledger doesn't have the batch "3:<digest>". This is not the ledger whose head was published, or it was rewritten since, or restored from a backup that is older than the head and has gone on differently.
! rectrack: 1 finding in 6 batches. It is named above.
? 4
