# Job files: the shipped example is right, and every fault of a bad one is named with its line and key.
$ rectrack export example -o jobs.ini
$ rectrack export check --jobs jobs.ini
! rectrack: jobs.ini: 1 job, no fault
$ rectrack export list --jobs jobs.ini --format csv | sed 's|,[^,]*/rectrack-exports|,…|'
job,directory,tables,formats,languages
weekly,…,"progress, groups, matrix, africa, new-records","csv, json",en
$ printf '[weekly]\ndirectory = exports\nreports = progres, groups\nformats = cvs\nkeep_wekly = 8\n' >bad.ini
$ printf 'languages = de\nfile = {reprot}\nas_of = 04/07/2018\nlate_after = soon\nwords\n[weekly/x]\nreport = crosstab\n' >>bad.ini
$ printf 'rows = regional_grup\ncols = level\nwhere = level = implemented and\n  ldc =\n[wekly/y]\nreport = groups\n' >>bad.ini
$ rectrack export check --jobs bad.ini
! rectrack: bad.ini:2: directory: can't be "exports". Write a whole path from / or ~/, since a scheduler starts anywhere.
! rectrack: bad.ini:3: unknown report: "progres". Did you mean "progress"?
! rectrack: bad.ini:4: formats: unknown format: "cvs". Did you mean "csv"?
! rectrack: bad.ini:5: unknown key: "keep_wekly". Did you mean "keep_weekly"?
! rectrack: bad.ini:6: languages: can't be "de". Write some of ar, en, es, fr, ru, zh.
! rectrack: bad.ini:7: file: unknown placeholder "{reprot}". Did you mean "{report}"?
! rectrack: bad.ini:8: as_of: not a date: "04/07/2018". The date is ambiguous. Write 2018-07-04 for 4 July 2018, or 2018-04-07 for 7 April 2018.
! rectrack: bad.ini:9: late_after: can't be "soon". Write a number and seconds, minutes, hours, days or weeks, such as 8 days.
! rectrack: bad.ini:10: neither a key with its value nor a section. Write KEY = VALUE, or [NAME].
! rectrack: bad.ini:13: rows: unknown dimension: "regional_grup". Did you mean "regional_group"?
! rectrack: bad.ini:15: where: a value expected at character 30: "(the end)". Write it like: regional_group = "African States" and level in (implemented, planned).
! rectrack: bad.ini:17: there is no job [wekly]. Did you mean [weekly/y]?
! rectrack: "bad.ini" has 12 faults. They are named above.
? 78
$ rectrack export check --jobs none.ini
! rectrack: cannot open "none.ini": No such file or directory. Name the job file with --jobs FILE.
? 66
$ rectrack export chekc
! rectrack: "export" can't "chekc". Did you mean "check"?
? 2
