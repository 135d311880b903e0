# What is misspelt is never guessed; the nearest name is told.
$ rectrack
! rectrack: no command was given. See "rectrack help".
? 2
$ rectrack reprot groups
! rectrack: unknown command: "reprot". Did you mean "report"?
? 2
$ rectrack report group
! rectrack: unknown report: "group". Did you mean "groups"?
? 2
$ rectrack report groups --formt csv
! rectrack: unknown option: "--formt". Did you mean "--format"?
? 2
$ rectrack report groups --format cvs
! rectrack: unknown format: "cvs". Did you mean "csv"?
? 2
$ rectrack list states --lang fr
! rectrack: "list" has no use for --lang. See "rectrack help list".
? 2
$ rectrack show Italy --document X/1
! rectrack: --document goes with a recommendation, which "Italy" is not. See "rectrack help show".
? 2
# What can't be drawn is refused before a server is asked.
$ rectrack show Italy --format svg --db host=/nowhere
! rectrack: there is no picture of this table. Pictures show how pairs are shared out among levels: progress, groups, states, trend, or a crosstab with columns level.
? 2
$ rectrack report groups --as-of
! rectrack: the option "--as-of" needs a value. Write --as-of DATE.
? 2
$ rectrack report crosstab --rows regional_grup --cols level
! rectrack: unknown dimension: "regional_grup". Did you mean "regional_group"?
? 2
$ rectrack report crosstab
! rectrack: a crosstab needs --rows and --cols. For example: rectrack report crosstab --rows regional_group --cols level.
? 2
$ rectrack report groups --where 'level = '
! rectrack: --where: a value expected at character 9: "(the end)". Write it like: regional_group = "African States" and level in (implemented, planned).
? 2
$ rectrack list record
! rectrack: can't list "record". Did you mean "records"?
? 2
$ rectrack list scales --state Italy
! rectrack: "list scales" can't be filtered by --state. See "rectrack help list".
? 2
$ rectrack import statuses file.csv
! rectrack: can't import "statuses". Did you mean "status"?
? 2
$ rectrack import states file.csv --document X
! rectrack: "import states" has no use for --document. See "rectrack help import".
? 2
$ rectrack import document file.txt --keep-going
! rectrack: "import document" has no use for --keep-going. See "rectrack help import".
? 2
$ rectrack import status nothing.csv
! rectrack: cannot open "nothing.csv": No such file or directory. Check the name; it was looked for from the folder "<folder>/session".
? 66
$ rectrack record Italy
! rectrack: "record" needs more: STATE REFERENCE LEVEL. See "rectrack help record".
? 2
$ rectrack record Italy 'II.A.1(a)' implemented --as-of 04/07/2018
! rectrack: not a date: "04/07/2018". The date is ambiguous. Write 2018-07-04 for 4 July 2018, or 2018-04-07 for 7 April 2018.
? 2
$ rectrack record Italy 'II.A.1(a)' implemented
! rectrack: unknown recommendation: "II.A.1(a)". No recommendation is stored yet: read a report with "rectrack import document FILE".
? 65
$ rectrack show 77
! rectrack: there is no batch "77". See "rectrack list batches".
? 65
$ rectrack show 99999999999
! rectrack: not a batch's number: "99999999999". See "rectrack list batches".
? 2
$ rectrack record Italy planned 'II.A.1(b)'
! rectrack: not a reference: "planned", but "II.A.1(b)" is one. The order is: rectrack record STATE REFERENCE LEVEL.
? 2
# A State's code has the form of a place, and is not taken for one.
$ rectrack record 380 'II.A.1 (b)' planned
! rectrack: not a reference: "II.A.1 (b)": it has a space. Write the place as in II.A.1(a), II.4(b) or 6.12, and the document's symbol and a colon before it where it is needed: CTOC/COP/WG.7/2018/L.1/Add.1:II.A.1(a).
? 65
$ rectrack export history wekly | cut -d, -f2
job
! rectrack: note: no run of a job "wekly" is recorded in this database
$ rectrack db statsu
! rectrack: "db" can't "statsu". Did you mean "status"?
? 2
$ rectrack withdraw 1.2.3 --reason x
! rectrack: not a record's number: "1.2.3". Write batch and line, such as 12.345; see "rectrack list records".
? 65
$ rectrack undo --reason ''
! rectrack: a correction needs its reason. Say why with --reason.
? 2
$ rectrack undo --reason x
! rectrack: there is no batch that could be undone. See "rectrack list batches".
? 65
# A server that isn't there.
$ rectrack list states --db 'host=/nowhere dbname=conference'
! rectrack: cannot reach the database: connection to server on socket "/nowhere/.s.PGSQL.5432" failed: No such file or directory. Is the server running locally and accepting connections on that socket? Check that the server runs, and host and port in --db, RECTRACK_DB or the PG… variables.
? 69
$ rectrack list states --db service=conference
! rectrack: definition of service "conference" not found. Services are defined in ~/.pg_service.conf (PGSERVICEFILE); name one of them, or give host and dbname.
? 78
