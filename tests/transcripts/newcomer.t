# The first hour of somebody who has a report, a few replies, and no manual: each slip is named, with what to do next.
$ rectrack report groups --as-of 2026-11-24 -f csv
regional_group,regional_group_label,no-response,total
total,Total,0,0
$ rectrack report groups --as-of 2026-11-24 -f table | tail -n 1
No recommendation is stored yet: there is nothing to count.
$ rectrack import document "$SOURCE/fixtures/documents/ctoc-cop-wg7-2018-l1-add1.txt" --symbol CTOC/COP/WG.7/2018/L.1/Add.1 -q
$ printf 'Dear all,\nplease find the file.\n' >mail.txt
$ rectrack import document mail.txt --symbol NOTE/1
! rectrack: stored NOTE/1: 1 paragraph, 0 recommendations (no instrument), statements of 0 States
! rectrack: batch 3, ledger position 3; "rectrack undo 3 --reason TEXT" takes it back
! rectrack: note: no recommendation to States was found in it, so that no table counts it
$ rectrack undo 3 --reason 'a letter, not a report'
! rectrack: batch 3 doesn't count any more: document, NOTE/1: 1 paragraph, 0 recommendations; 2 rows, recorded <moment> by rectrack (<user>)
$ mkdir replies && rectrack import status replies
! rectrack: cannot read "replies": Is a directory. Name a file in that folder.
? 66
# Names
$ rectrack record Korea 'II.A.1(a)' planned
! rectrack: unknown State: "Korea". Did you mean "Republic of Korea" or "Democratic People’s Republic of Korea"?
? 65
$ rectrack record America 'II.A.1(a)' planned
! rectrack: unknown State: "America". Did you mean "United States of America"?
? 65
$ rectrack show II
! rectrack: unknown State: "II". See "rectrack list states" for States, and "rectrack help show" for what else is shown.
? 65
# References and levels
$ rectrack record Italy II.A.1a planned
! rectrack: not a reference: "II.A.1a": its parts are not in the form of one. Did you mean "II.A.1(a)"?
? 65
$ rectrack record Italy 'II.A.1 (a)' planned
! rectrack: not a reference: "II.A.1 (a)": it has a space. Did you mean "II.A.1(a)"?
? 65
$ rectrack record 'II.A.1(a)' Italy planned
! rectrack: not a reference: "Italy", but "II.A.1(a)" is one. The order is: rectrack record STATE REFERENCE LEVEL.
? 2
$ rectrack record Italy planned 'II.A.1(a)'
! rectrack: not a reference: "planned", but "II.A.1(a)" is one. The order is: rectrack record STATE REFERENCE LEVEL.
? 2
$ rectrack record Italy 'II.A.1(a)' done
! rectrack: unknown level of the scale "implementation": "done". Its levels are implemented, partially-implemented, in-progress, planned, not-implemented, not-applicable.
? 65
# Days
$ rectrack record Italy 'II.A.1(a)' planned --received 2199-01-01
! rectrack: nothing can have been received on a day to come: "2199-01-01". Give the day on which it came; --as-of is the day that the status speaks of.
? 2
$ rectrack record Italy 'II.A.1(a)' planned --received 2026-01-05 --as-of 2026-02-01
! rectrack: recorded 7.1: Italy (ITA), CTOC/COP/WG.7/2018/L.1/Add.1:II.A.1(a): Implementation planned as of 2026-02-01
! rectrack: note: the status speaks of a day after the one on which it was received
$ rectrack diff --from 2026-01-01 --to 2025-01-01
! rectrack: the earlier day, 2026-01-01, is not before the later one, 2025-01-01. Give an earlier --from, or a later day to compare it with.
? 2
# Corrections: what was corrected once isn't corrected again as it was before.
$ rectrack amend 7.1 --level in-progress --reason 'misread'
! rectrack: recorded 8.1: Italy (ITA), CTOC/COP/WG.7/2018/L.1/Add.1:II.A.1(a): Implementation in progress as of 2026-02-01
! rectrack: instead of 7.1: Italy (ITA), CTOC/COP/WG.7/2018/L.1/Add.1:II.A.1(a): Implementation planned as of 2026-02-01, recorded <moment> by rectrack (<user>)
$ rectrack amend 7.1 --note 'see annex' --reason 'note forgotten'
! rectrack: the record "7.1" was superseded by "8.1". Amend "8.1"; "rectrack show 8.1" tells what it says.
? 65
$ rectrack withdraw 8.1 --reason 'sent by mistake'
! rectrack: withdrawn: 8.1: Italy (ITA), CTOC/COP/WG.7/2018/L.1/Add.1:II.A.1(a): Implementation in progress as of 2026-02-01, recorded <moment> by rectrack (<user>)
$ rectrack amend 7.1 --note 'see annex' --reason 'note forgotten'
! rectrack: recorded 10.1: Italy (ITA), CTOC/COP/WG.7/2018/L.1/Add.1:II.A.1(a): Implementation planned as of 2026-02-01
! rectrack: instead of 7.1: Italy (ITA), CTOC/COP/WG.7/2018/L.1/Add.1:II.A.1(a): Implementation planned as of 2026-02-01, recorded <moment> by rectrack (<user>)
! rectrack: it supersedes 8.1
# Options that mean nothing are not passed over.
$ rectrack record Italy 'II.A.1(a)' planned --output reply.csv
! rectrack: "record" has no use for --output. See "rectrack help record".
? 2
$ rectrack import status replies.csv --format json
! rectrack: "import status" has no use for --format. See "rectrack help import".
? 2
$ rectrack record Italy -- 'II.A.1(b)' planned -q
! rectrack: "record" doesn't take "-q". See "rectrack help record".
? 2
# Files
$ rectrack list states -o states.pdf
! rectrack: the ending of "states.pdf" is that of no format. Name one of .txt, .csv, .tsv, .json, .jsonl, .md, .html, .svg and .xlsx, or give --format.
? 2
$ rectrack list scales -o SCALES.XLSX && head -c 2 SCALES.XLSX && echo
PK
$ rectrack list themes -o themes.txt && head -n 1 themes.txt
Code  Label
$ rectrack questionnaire --state Italy -o italy.csv
! rectrack: a questionnaire is an Excel workbook: "italy.csv" doesn't end with .xlsx. Name it: rectrack questionnaire --state Italy -o ITA.xlsx.
? 2
$ rectrack questionnaire --all -o themes.txt
! rectrack: cannot make the folder "themes.txt": File exists. There is a file of this name: name a folder.
? 73
$ printf 'Italy,II.A.1(a),planned,2026-01-01\n' >headless.csv
$ rectrack import status headless.csv
! rectrack: headless.csv:1:1: unknown column: "Italy". The first row must name the columns; known are state, recommendation, level, as_of, kind, received_on, channel, source, note, evidence, language.
? 65
# A file that is closed loses nothing unseen.
$ rectrack import status - <&-
! rectrack: cannot read "standard input": Bad file descriptor.
? 66
