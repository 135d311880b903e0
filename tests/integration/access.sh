#!/bin/sh
# Who may do what: every verb and plain SQL as every role. What must fail fails with 77 and says what to do.
. "$(dirname "$0")/tap.shlib"

rectrack db start -q
owner="host=$RECTRACK_DATA/run dbname=rectrack user=rectrack"
as() { printf 'host=%s/run dbname=rectrack user=%s' "$RECTRACK_DATA" "$1"; }
sql() { psql -X -q -A -t -d "$owner" -c "$1"; }
# Anybody may come in as anybody: this server is ours alone.
{ echo 'local all all trust' && cat "$RECTRACK_DATA/data/pg_hba.conf"; } >"$work/hba" && cat "$work/hba" >"$RECTRACK_DATA/data/pg_hba.conf"
sql 'SELECT pg_reload_conf()' >/dev/null

# ---- roles that init may not make -----------------------------------------------------------------------------------

for role in admin focal_point recorder reader; do
    sql "DROP OWNED BY rectrack_$role; DROP ROLE rectrack_$role"
done
sql 'CREATE ROLE keeper LOGIN'
sql 'CREATE DATABASE kept OWNER keeper'
kept="host=$RECTRACK_DATA/run dbname=kept user=keeper"
check 'init by a user that may not make roles' 0 "$(code rectrack init --db "$kept")"
check '… prints what to run' "4 5" "$(grep -c '^CREATE ROLE' "$work/out") $(grep -c '^GRANT' "$work/out")"
check '… and says by whom' 1 "$(said 'Whoever administers the server runs')"
psql -X -q -d "$owner" -f "$work/out"
check '… after which init has nothing left to say' '0 0' "$(code rectrack init --db "$kept") $(wc -c <"$work/out")"
rectrack init -q # roles are there already
check 'the roles can read' 1 "$(sql "SELECT count(*) FROM pg_namespace WHERE nspname = 'rectrack' AND has_schema_privilege('rectrack_reader', oid, 'USAGE')")"

# ---- every table is protected by the rule ---------------------------------------------------------------------------

check 'every table is read by readers and changed by nobody' '' \
    "$(sql "SELECT relname FROM pg_class c WHERE relnamespace = 'rectrack'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
            AND (NOT has_table_privilege('rectrack_reader', oid, 'SELECT')
                 OR EXISTS (SELECT FROM (VALUES ('reader'), ('recorder'), ('focal_point'), ('admin')) r (name)
                            WHERE has_table_privilege('rectrack_' || name, c.oid, 'UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER'))
                 OR (relkind IN ('r', 'p') AND relname <> 'known_as' AND NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'never_changed'
                                                           AND t.tgenabled = 'A')))")"
check 'every table with a batch has a guard and is written by administrators' '' \
    "$(sql "SELECT relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'batch_id'
            WHERE relnamespace = 'rectrack'::regnamespace AND relkind IN ('r', 'p')
            AND NOT (has_table_privilege('rectrack_admin', c.oid, 'INSERT')
                     AND EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'own_batch' AND t.tgenabled = 'A'))")"
# A new table must be thought about: who adds to it?
writers=$(sql "SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class c WHERE relnamespace = 'rectrack'::regnamespace
               AND relkind IN ('r', 'p') AND has_table_privilege('rectrack_recorder', oid, 'INSERT')")
check 'recorders add to these tables' \
    'batch batch_withdrawal document paragraph recommendation recommendation_addressee recommendation_article recommendation_theme recommendation_version response statement status_record supersession withdrawal' \
    "$writers"
check 'focal points add to these tables' 'batch batch_withdrawal response status_record withdrawal' \
    "$(sql "SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class c WHERE relnamespace = 'rectrack'::regnamespace
            AND relkind IN ('r', 'p') AND has_table_privilege('rectrack_focal_point', oid, 'INSERT')")"
check 'readers add to none' 0 \
    "$(sql "SELECT count(*) FROM pg_class c WHERE relnamespace = 'rectrack'::regnamespace AND relkind IN ('r', 'p')
            AND has_table_privilege('rectrack_reader', oid, 'INSERT')")"
check 'strangers can do nothing' 'f' "$(sql "SELECT has_schema_privilege('public', 'rectrack', 'USAGE')")"
check 'functions are for readers only' 0 \
    "$(sql "SELECT count(*) FROM pg_proc WHERE pronamespace = 'rectrack'::regnamespace AND has_function_privilege('public', oid, 'EXECUTE')")"
check 'what guards the tables does not depend on the search path' 15 \
    "$(sql "SELECT count(*) FROM pg_proc WHERE pronamespace = 'rectrack'::regnamespace
            AND proname IN ('focal_point_may_add', 'focal_point_may_record', 'focal_point_may_undo', 'forget_batch', 'is_next_batch', 'own_state', 'refuse_change', 'refuse_row',
                            'refuse_run_end', 'refuse_second_undo', 'refuse_second_withdrawal', 'refuse_undo', 'refuse_unsealed',
                            'session_batch', 'set_membership')
            AND (prosqlbody IS NOT NULL OR 'search_path=pg_catalog, pg_temp' = ANY (proconfig) OR proname = 'refuse_change')")"
# Nobody can call these: the server does, when rows are added.
check 'nothing runs as its owner but what keeps a derived table and what locks writers out' 'know_batch trigger,refuse_undo trigger' \
    "$(sql "SELECT string_agg(proname || ' ' || prorettype::regtype, ',' ORDER BY proname) FROM pg_proc WHERE pronamespace = 'rectrack'::regnamespace AND prosecdef
            AND 'search_path=pg_catalog, pg_temp' = ANY (proconfig)")"

# ---- granting -------------------------------------------------------------------------------------------------------

for user in nobody reader recorder focal admin; do sql "CREATE ROLE $user LOGIN"; done
rectrack access grant reader reader -q
rectrack access grant recorder recorder -q
rectrack access grant focal focal-point --state Italy -q
rectrack access grant admin admin -q
check 'who has which role' 'admin,admin, focal,focal-point,ITA reader,reader, recorder,recorder,' \
    "$(rectrack access list --format csv | tail -n +2 | cut -d, -f1-3 | tr '\n' ' ' | sed 's/ $//')"
check 'the ledger tells' 4 "$(rectrack list batches --format csv | grep -c ',access,')"
check 'an unknown user' 65 "$(code rectrack access grant recordr recorder)"
check '… is told the nearest' 1 "$(said 'Did you mean "recorder"?')"
check 'an unknown role' 2 "$(code rectrack access grant reader recoder)"
check 'a focal point needs a State' 2 "$(code rectrack access grant reader focal-point)"
check 'a reader needs none' 2 "$(code rectrack access grant reader reader --state Italy)"
check 'the same again changes nothing' 0 "$(code rectrack access grant focal focal-point --state ITA)"
check '… and says so' 1 "$(said 'already focal-point of ITA')"
check 'a focal point that is made a recorder too' 0 "$(code rectrack access grant focal recorder)"
check '… is told not to be held to its State' 1 "$(said 'note: focal is a recorder too, and so may record for every State')"
check '… and is not' 00000 "$(psql -X -q -d "$(as focal)" -c "BEGIN; SELECT nextval('rectrack.batch_id'); INSERT INTO rectrack.response VALUES (currval('rectrack.batch_id'), 1, 1); ROLLBACK" >/dev/null 2>&1 && echo 00000)"
check '… until that is taken away' '0 refused' "$(code rectrack access revoke focal recorder) $(psql -X -q -d "$(as focal)" -c "BEGIN; SELECT nextval('rectrack.batch_id'); INSERT INTO rectrack.response VALUES (currval('rectrack.batch_id'), 1, 1); ROLLBACK" >/dev/null 2>&1 || echo refused)"
check 'an access batch cannot be undone' 65 "$(code rectrack undo 3 --reason test)"

# ---- every verb as every role ---------------------------------------------------------------------------------------

rectrack import document "$report" --symbol $symbol -q
rectrack record Italy 'II.A.1(a)' planned --as-of 2026-01-01 -q
rectrack record Italy 'II.A.1(a)' implemented --as-of 2026-01-01 --assessed -q
rectrack record France 'II.A.1(a)' planned --as-of 2026-01-01 -q
assessed=$(rectrack list records --state Italy --kind assessed --format csv | tail -n +2 | cut -d, -f1)
rows() { printf 'state,recommendation,level,as_of\n' && for row in "$@"; do echo "${row%% *},$symbol:${row#* },planned,2026-02-01"; done; }
rows 'ITA II.A.1(b)' 'FRA II.A.1(b)' >"$work/both.csv"
rows 'ITA II.A.1(c)' 'ITA II.A.1(d)' >"$work/italy.csv"
printf 'document,reference,text\n%s,II.A.1(a),%s\n' $symbol 'Another wording' >"$work/recommendations.csv"
printf 'code,label\nnew-theme,New theme\n' >"$work/themes.csv"
sed 's/L\.1/L.2/' "$report" >"$work/report.txt"

# The last day of each role's records differs, so that nothing is "already there".
day=1
try() { # USER ARGUMENTS: the exit code
    user=$1 && shift
    code rectrack "$@" --db "$(as "$user")" -q
}
# The record of a State that an amendment leaves is another one each time.
newest_of() { rectrack list records --state "$1" --kind reported --format csv | grep ',2026-01-01,' | tail -n 1 | cut -d, -f1; }
# expect NAME "NOBODY READER RECORDER FOCAL ADMIN" ARGUMENTS
expect() {
    name=$1 codes=$2 && shift 2
    set -- "$@"
    for user in nobody reader recorder focal admin; do
        expected=${codes%% *} && codes=${codes#* }
        day=$((day + 1))
        [ "$1" != amend ] || set -- amend "$(newest_of "$amended")" --reason test
        got=$(try $user "$@" $([ $with_day = 0 ] || date -d "2026-03-01 +$day days" +--as-of=%F) $([ $with_note = 0 ] || echo "--note=$day"))
        if [ "$expected" = 77 ]; then
            got="$got $(grep -c -E '^rectrack: (not permitted|the database does).*\. ?(What it needs|Ask)' "$work/said")"
            expected='77 1'
        fi
        check "$name as $user" "$expected" "$got"
    done
}
with_day=0 with_note=0
expect 'list' '77 0 0 0 0' list records
expect 'show' '77 0 0 0 0' show Italy
expect 'report' '77 0 0 0 0' report states
expect 'verify' '77 0 0 0 0' verify
expect 'access list' '77 0 0 0 0' access list
expect 'init' '77 77 0 0 0' init
# A form that is filled in: a level and a day, typed into the cells by the tests' script.
for state in ITA FRA; do
    expect "questionnaire for $state" '77 0 0 0 0' questionnaire --state $state --document $symbol -o "$work/$state.xlsx"
    "$RECTRACK_SOURCE/tests/integration/workbook.py" set "$work/$state.xlsx" "$work/$state-filled.xlsx" F6=Implemented G6=2026-02-15
done
check 'import of France’s answers as focal' 77 "$(try focal import questionnaire "$work/FRA-filled.xlsx")"
expect 'import of France’s answers' '77 77 0 0 0' import questionnaire "$work/FRA-filled.xlsx"
check 'import of Italy’s answers as focal' 0 "$(try focal import questionnaire "$work/ITA-filled.xlsx")"
check '… is stored' 1 "$(rectrack list records --state Italy --format csv | grep -c 'II.A.1(b),implemented,2026-02-15,reported,,questionnaire,ITA-filled.xlsx')"
with_day=1
expect 'record for Italy' '77 77 0 0 0' record Italy 'II.A.1(a)' planned
expect 'record for France' '77 77 0 77 0' record France 'II.A.1(a)' planned
expect 'assess Italy' '77 77 0 77 0' record Italy 'II.A.1(a)' implemented --assessed
with_day=0 with_note=1
amended=Italy
expect 'amend a record of Italy' '77 77 0 0 0' amend
amended=France
expect 'amend a record of France' '77 77 0 77 0' amend
with_note=0
# What a recorder did is nothing new to those who come after; so focal points come first.
check 'withdraw an assessment as focal' 77 "$(try focal withdraw "$assessed" --reason test)"
check 'import of two States as focal' 77 "$(try focal import status "$work/both.csv")"
check 'import of a document as focal' 77 "$(try focal import document "$work/report.txt" --symbol CTOC/COP/WG.7/2018/L.2/Add.1)"
check 'import of recommendations as focal' 77 "$(try focal import recommendations "$work/recommendations.csv")"
expect 'withdraw an assessment' '77 77 0 65 65' withdraw "$assessed" --reason test
expect 'import of two States' '77 77 0 0 0' import status "$work/both.csv"
expect 'import of recommendations' '77 77 0 0 0' import recommendations "$work/recommendations.csv"
expect 'import of a document' '77 77 0 0 0' import document "$work/report.txt" --symbol CTOC/COP/WG.7/2018/L.2/Add.1
expect 'import of themes' '77 77 77 77 0' import themes "$work/themes.csv"
expect 'access grant' '77 77 77 77 0' access grant nobody reader
expect 'access revoke' '77 77 77 77 0' access revoke nobody reader
check 'import for Italy as focal' 0 "$(try focal import status "$work/italy.csv")"
check '… two rows, beside the one of the recorder' 3 "$(rectrack list records --state Italy --format csv | grep -c '2026-02-01,reported')"
newest() { rectrack list batches --format csv | awk -F, -v who="$1" '$5 == who { n = $2 } END { print n }'; }
check 'undo of an own batch as focal' 0 "$(try focal undo "$(newest focal)" --reason test)"
check 'undo of another batch as focal' 77 "$(try focal undo "$(newest recorder)" --reason test)"
check 'undo as reader' 77 "$(try reader undo "$(newest recorder)" --reason test)"
check 'a focal point is told of which State' 77 "$(try focal record France "$symbol:II.A.1(a)" implemented --as-of 2026-06-01)"
check '… and who may' 1 "$(said 'the focal point of ITA writes and takes back reported records of that State only. Ask the secretariat')"
check 'an admin makes another' 0 "$(try admin access grant nobody admin)"
check '… who can take the first away' 0 "$(try nobody access revoke admin admin)"
check '… who then can nothing' 77 "$(try admin access grant reader recorder)"
rectrack access revoke nobody admin -q
check 'a role that goes by another one' 1 "$(sql 'GRANT recorder TO nobody'; code rectrack access revoke nobody recorder)"
check '… is told' 1 "$(said 'by belonging to another role')"
sql 'REVOKE recorder FROM nobody'
rectrack access grant admin admin -q

# ---- plain SQL as every role ----------------------------------------------------------------------------------------

state() { # USER SQL: the SQLSTATE with which it ends, 00000 when it does
    psql -X -q -A -t -v VERBOSITY=verbose -d "$(as "$1")" -c "$2" >"$work/sql" 2>&1 && echo 00000 || sed -n 's/^.*ERROR: *\([0-9A-Z]\{5\}\):.*/\1/p' "$work/sql" | head -n 1
}
sql "SELECT format('UPDATE rectrack.%1\$I SET %2\$I = %2\$I; DELETE FROM rectrack.%1\$I; TRUNCATE rectrack.%1\$I CASCADE; DELETE FROM rectrack.%1\$I WHERE false;', relname, attname)
     FROM pg_class c JOIN pg_attribute a ON (a.attrelid, a.attnum) = (c.oid, 1)
     WHERE relnamespace = 'rectrack'::regnamespace AND relkind IN ('r', 'p') AND relname <> 'known_as'" >"$work/statements"
refused() { # USER: how many of the statements on every table end with 42501
    psql -X -q -v VERBOSITY=sqlstate -d "$(as "$1")" -f "$work/statements" 2>&1 | grep -c 'ERROR: *42501'
}
for user in nobody reader recorder focal admin rectrack; do
    check "no row of any table can be changed or deleted as $user" "$(($(wc -l <"$work/statements") * 4))" "$(refused $user)"
done
check 'not even with triggers switched off' 42501 "$(state rectrack "SET session_replication_role = replica; DELETE FROM rectrack.status_record")"
for user in reader recorder focal admin; do
    check "$user cannot switch triggers off" 42501 "$(state $user 'SET session_replication_role = replica')"
    check "$user cannot drop a trigger" 42501 "$(state $user 'DROP TRIGGER never_changed ON rectrack.batch')"
    check "$user cannot disable a trigger" 42501 "$(state $user 'ALTER TABLE rectrack.status_record DISABLE TRIGGER ALL')"
    check "$user cannot replace a function" 42501 \
        "$(state $user 'CREATE OR REPLACE FUNCTION rectrack.own_state() RETURNS smallint LANGUAGE sql STABLE RETURN 1::smallint')"
    check "$user cannot make a table" 42501 "$(state $user 'CREATE TABLE rectrack.mine ()')"
    check "$user cannot change what things are called" 42501 "$(state $user "UPDATE rectrack.known_as SET id = 1")"
    check "$user cannot call things otherwise" 42501 "$(state $user "INSERT INTO rectrack.known_as (key, kind) VALUES ('x', 'state')")"
    check "$user cannot set the numbers of batches" 42501 "$(state $user "SELECT setval('rectrack.batch_id', 1)")"
    check "$user cannot become another" 42501 "$(state $user 'SET SESSION AUTHORIZATION rectrack')"
    check "$user cannot become the owner" 42501 "$(state $user 'SET ROLE rectrack')"
    check "$user cannot lock others out of the records" 42501 "$(state $user 'BEGIN; LOCK TABLE rectrack.status_record IN SHARE MODE')"
    check "$user cannot lock a record" 42501 "$(state $user 'SELECT FROM rectrack.status_record LIMIT 1 FOR KEY SHARE')"
    check "$user cannot mend what is derived" 42501 "$(state $user 'SELECT rectrack.know_again()')"
    check "$user cannot give itself a role" 42501 "$(state $user "SELECT rectrack.set_membership('admin', '$user', true)" | sed "s/^00000$/$([ $user = admin ] && echo 42501 || echo given)/")"
    check "$user cannot make a migration" 42501 "$(state $user "INSERT INTO rectrack.migration VALUES (99, 'x', 'x')")"
done

# A row for Italy's first recommendation, in the batch $1, of State $2, kind $3.
italy=$(sql "SELECT state_id FROM rectrack.state WHERE iso3 = 'ITA'")
france=$(sql "SELECT state_id FROM rectrack.state WHERE iso3 = 'FRA'")
old=$(sql "SELECT max(batch_id) FROM rectrack.batch")
record() { echo "INSERT INTO rectrack.status_record VALUES (1, '2026-05-05', $1, 1, 1, $2, $3, 9, 1, NULL, NULL, NULL)"; }
take="SELECT nextval('rectrack.batch_id')"
mine="currval('rectrack.batch_id')"
for user in recorder focal admin rectrack; do
    check "$user cannot add to a batch of others" 42501 "$(state $user "$take; $(record "$old" "$italy" 1)")"
    check "$user cannot add to a batch that is to come" 42501 "$(state $user "$take; $(record "$mine + 1" "$italy" 1)")"
    check "$user cannot add a response to a batch of others" 42501 \
        "$(state $user "$take; INSERT INTO rectrack.response VALUES ($old, 99, $italy)")"
    check "$user cannot withdraw in a batch of others" 42501 \
        "$(state $user "$take; INSERT INTO rectrack.withdrawal SELECT state_id, rec_id, kind, as_of, rev, $old, 'x' FROM rectrack.status_record WHERE state_id = $italy AND kind = 1 LIMIT 1")"
    check "$user cannot undo in a batch of others" 42501 "$(state $user "$take; INSERT INTO rectrack.batch_withdrawal SELECT min(batch_id), $old, 'x' FROM rectrack.batch WHERE kind = 'record'")"
    check "$user can add to a batch begun" 00000 "$(state $user "BEGIN; $take; $(record "$mine" "$italy" 1); ROLLBACK")"
    check "$user cannot add without a batch" 55000 "$(state $user "$(record "$old" "$italy" 1)")"
done
batch() { # recorded_by, position, previous hash, moment
    echo "INSERT INTO rectrack.batch SELECT b.position + $2, $mine, 'record', 's', NULL, NULL, NULL, $4, $1, 'o', '0', '', $3, b.batch_sha256
          FROM rectrack.batch b ORDER BY position DESC LIMIT 1"
}
now='clock_timestamp()'
for user in recorder focal admin rectrack; do
    check "$user writes a batch" 00000 "$(state $user "BEGIN; $take; $(batch session_user 1 b.batch_sha256 "$now"); ROLLBACK")"
    check "$user cannot write it as another" 42501 "$(state $user "$take; $(batch "'reader'" 1 b.batch_sha256 "$now")")"
    check "$user cannot leave a gap" 42501 "$(state $user "$take; $(batch session_user 2 b.batch_sha256 "$now")")"
    check "$user cannot link elsewhere" 42501 "$(state $user "$take; $(batch session_user 1 "sha256('x')" "$now")")"
    check "$user cannot date back" 42501 "$(state $user "$take; $(batch session_user 1 b.batch_sha256 "$now - interval '1 day'")")"
    check "$user cannot date forward" 42501 "$(state $user "$take; $(batch session_user 1 b.batch_sha256 "$now + interval '1 day'")")"
done
check 'nothing is added to a sealed batch by its own session' 55000 \
    "$(state recorder "BEGIN; $take; $(batch session_user 1 b.batch_sha256 "$now"); $(record "$mine" "$italy" 1); COMMIT")"
# A batch is sealed before it is committed; of the tables that imports fill by the million, what isn't counts nowhere.
check 'all other tables with a batch are looked at when they are committed' '' \
    "$(sql "SELECT relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'batch_id'
            WHERE relnamespace = 'rectrack'::regnamespace AND relkind IN ('r', 'p') AND relname NOT IN ('batch', 'response', 'status_record')
            AND NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'sealed' AND t.tgenabled = 'A' AND t.tgdeferrable)")"
sealed() { batch session_user 1 b.batch_sha256 "$now" | sed "s/'record'/'$1'/"; }
document="INSERT INTO rectrack.document (document_id, symbol, batch_id) VALUES (999, 'FORGED', $mine)"
check 'a document cannot be committed outside the ledger' 42501 "$(state recorder "BEGIN; $take; $document; COMMIT")"
check '… not even by one who sets constraints to come later' 42501 "$(state recorder "BEGIN; SET CONSTRAINTS ALL DEFERRED; $take; $document; COMMIT")"
check '… but in its batch' 00000 \
    "$(state recorder "BEGIN; $take; $document; $(sealed document); SET CONSTRAINTS ALL IMMEDIATE; ROLLBACK")"
theme="INSERT INTO rectrack.theme VALUES (999, 'forged', $mine)"
check 'a row of the register cannot be committed outside the ledger' 42501 "$(state admin "BEGIN; $take; $theme; COMMIT")"
check '… nor the State of a focal point' 42501 \
    "$(state admin "BEGIN; $take; INSERT INTO rectrack.access_grant VALUES ('focal', 'focal-point', $france, true, $mine); COMMIT")"
# What known_as says follows from all batches but those that say that they hold nothing but records.
for kind in record status amend withdraw access; do
    check "a batch of the kind $kind holds no row of the register" 42501 "$(state admin "BEGIN; $take; $theme; $(sealed $kind); COMMIT")"
done
check '… nor a document' 42501 "$(state recorder "BEGIN; $take; $document; $(sealed record); COMMIT")"
check '… which one of another kind may' 00000 "$(state admin "BEGIN; $take; $theme; $(sealed register); SET CONSTRAINTS ALL IMMEDIATE; ROLLBACK")"
check 'a withdrawal cannot be committed outside the ledger' 42501 \
    "$(state recorder "BEGIN; $take; INSERT INTO rectrack.withdrawal SELECT state_id, rec_id, kind, as_of, rev, $mine, 'x' FROM rectrack.status_record WHERE state_id = $france LIMIT 1; COMMIT")"
counted() { rectrack report crosstab --rows level --cols kind --as-of 2026-12-31 --kind both --format csv; }
expected=$(counted)
check 'a record is committed outside the ledger' 00000 "$(state recorder "$take; $(record "$mine" "$france" 1 | sed s/2026-05-05/2026-05-06/)")"
check '… and counts in no table' "$expected" "$(counted)"
check '… not for one who only reads either' "$expected" "$(rectrack report crosstab --rows level --cols kind --as-of 2026-12-31 --kind both --format csv --db "$(as reader)")"
check 'a record is taken back once' RT001 \
    "$(state recorder "BEGIN; $take; INSERT INTO rectrack.withdrawal SELECT w.state_id, w.rec_id, w.kind, w.as_of, w.rev, $mine, 'again' FROM rectrack.withdrawal w LIMIT 1; COMMIT")"
check 'a batch is undone once' RT001 \
    "$(state recorder "BEGIN; $take; INSERT INTO rectrack.batch_withdrawal SELECT w.withdrawn_batch_id, $mine, 'again' FROM rectrack.batch_withdrawal w LIMIT 1; COMMIT")"
for kind in register access undo; do
    check "a batch of the kind $kind is not undone" RT001 \
        "$(state recorder "BEGIN; $take; INSERT INTO rectrack.batch_withdrawal SELECT b.batch_id, $mine, 'x' FROM rectrack.batch b WHERE b.kind = '$kind' LIMIT 1; COMMIT")"
done
# What every table would stumble over, or count for another pair: not from a focal point; from a recorder it can be undone.
for row in "1, '-infinity', $mine, 1, 1, $italy, 1, 9, 1" "1, '0044-03-15 BC', $mine, 1, 1, $italy, 1, 9, 1" "1, '2200-01-01', $mine, 1, 1, $italy, 1, 9, 1" \
    "-1, '2026-05-05', $mine, 1, 1, $italy, 1, 9, 1" "1, '2026-05-05', $mine, 1, 1, $italy, 1, 9, -1"; do
    check "no focal point says ($row)" 42501 "$(state focal "$take; INSERT INTO rectrack.status_record VALUES ($row, NULL, NULL, NULL)")"
done
check 'no record is of a third kind' 23514 "$(state recorder "$take; $(record "$mine" "$italy" 0)")"
chad=$(sql "SELECT state_id FROM rectrack.state WHERE iso3 = 'TCD'")
check 'a recorder writes a day that no calendar has' 00000 \
    "$(state recorder "BEGIN; $take; INSERT INTO rectrack.status_record VALUES (1, '-infinity', $mine, 1, 1, $chad, 1, 9, 1); $(batch session_user 1 b.batch_sha256 "$now"); COMMIT")"
check '… which stops a table, and says what finds it' '1 1' "$(code rectrack report states) $(said '"rectrack verify" names its batch; undo that')"
forged=$(sql 'SELECT batch_id FROM rectrack.batch ORDER BY position DESC LIMIT 1')
check '… and does' '4 1' "$(code rectrack verify) $(said "no calendar of ours has, or with numbers below 1: 1 rows, the first in batch $forged")"
check '… and its undo mends' '0 0' "$(code rectrack undo "$forged" --reason test) $(code rectrack report states)"
# A row in no ledger that says what somebody is about to record, which must not be taken for recorded.
level=$(sql "SELECT id FROM rectrack.known_as WHERE kind = 'level' AND key = 'planned' AND scale_id = (SELECT scale_id FROM rectrack.recommendation_version WHERE rec_id = 1 LIMIT 1)")
ahead() { # DAY: the row, and its response
    echo "$take; INSERT INTO rectrack.response VALUES ($mine, 1, $france);
          INSERT INTO rectrack.status_record VALUES (1, '$1', $mine, 1, 1, $france, 1, 1, $level, NULL, NULL, NULL)"
}
reference=$(sql "SELECT code FROM rectrack.known_as WHERE kind = 'recommendation' AND id = 1 LIMIT 1")
counting() { rectrack list records --state France --format csv | grep -c "$1"; }
check 'rows are written ahead of a record' 00000 "$(state recorder "$(ahead 2026-07-01)")"
check '… by their number they are no record' 65 "$(code rectrack withdraw "$(sql 'SELECT max(batch_id) FROM rectrack.status_record').1" --reason test)"
check '… nor can they be amended' 65 "$(code rectrack amend "$(sql 'SELECT max(batch_id) FROM rectrack.status_record').1" --note x --reason test)"
check 'the record is stored all the same' '0 1' "$(code rectrack record France "$reference" planned --as-of 2026-07-01) $(counting ,2026-07-01,)"
check 'rows are written ahead of a file' 00000 "$(state recorder "$(ahead 2026-07-02)")"
printf 'state,recommendation,level,as_of\nFRA,%s,planned,2026-07-02\n' "$reference" >"$work/ahead.csv"
check 'the file is stored all the same' '0 1' "$(code rectrack import status "$work/ahead.csv") $(counting ,2026-07-02,)"
# What a batch says of its file can't be checked: a focal point can't make the file of another look as if it were there.
printf 'state,recommendation,level,as_of\nFRA,%s,planned,2026-07-02\nFRA,%s,planned,2026-07-03\n' "$reference" "$reference" >"$work/claimed.csv"
claim="$(sealed status | sed "s/NULL, NULL, NULL/NULL, 'claimed.csv', '\\\\x$(sha256sum <"$work/claimed.csv" | cut -d' ' -f1)'/")"
check 'a focal point says that it brought in a file' 00000 "$(state focal "BEGIN; $take; $claim; COMMIT")"
check '… which is imported all the same' '0 1' "$(code rectrack import status "$work/claimed.csv") $(counting ,2026-07-03,)"
check '… and then is there' '0 1' "$(code rectrack import status "$work/claimed.csv") $(said 'this very file was imported before')"
# Any number of numbers can be taken; the statement of a table names the batches that count then.
expected=$(counted)
check 'a focal point takes many numbers' 00000 "$(state focal "SELECT count(nextval('rectrack.batch_id')) FROM generate_series(1, 100000)")"
check '… and tables say what they said' "$expected" "$(counted)"
check '… by a statement that is as short' yes \
    "$([ "$(sql "$(sed 's/\$1/2147483647/' "$RECTRACK_SOURCE/sql/queries/report_exclusions.sql")" | wc -l)" -lt 1000 ] && echo yes)"
copy() { # USER STATE KIND: COPY of a row
    printf "SELECT nextval('rectrack.batch_id') AS n \\\\gset\nCOPY rectrack.status_record FROM STDIN;\n1\t2026-05-05\t:n\t1\t1\t%s\t%s\t9\t1\t\\\\N\t\\\\N\t\\\\N\n\\\\.\n" "$2" "$3" >"$work/copy"
    sed -i "s/:n/$(($(sql "SELECT last_value FROM rectrack.batch_id") + 1))/" "$work/copy"
    psql -X -q -A -t -1 -v ON_ERROR_STOP=1 -v VERBOSITY=sqlstate -d "$(as "$1")" -f "$work/copy" >"$work/sql" 2>&1 && echo 00000 || sed -n 's/^.*ERROR: *\([0-9A-Z]\{5\}\).*/\1/p' "$work/sql"
}
# Ways round an INSERT.
other="(1, '2026-05-05', $mine, 1, 1, $france, 1, 9, 1)"
columns='(rec_id, as_of, batch_id, line, response, state_id, kind, rev, level)'
for way in "INSERT INTO rectrack.status_record $columns VALUES $other ON CONFLICT DO NOTHING" \
    "INSERT INTO rectrack.status_record $columns SELECT rec_id, '2026-05-07', $mine, 1, 1, state_id, 1, 9, level FROM rectrack.status_record WHERE state_id = $france LIMIT 1" \
    "WITH x AS (INSERT INTO rectrack.status_record $columns VALUES $other RETURNING 1) SELECT FROM x" \
    "CREATE TEMP VIEW v AS SELECT * FROM rectrack.status_record; INSERT INTO v $columns VALUES $other" \
    "DO \$\$ BEGIN INSERT INTO rectrack.status_record $columns VALUES $other; END \$\$" \
    "CREATE FUNCTION pg_temp.f() RETURNS void LANGUAGE sql SECURITY DEFINER AS \$\$ INSERT INTO rectrack.status_record $columns VALUES $other \$\$; SELECT pg_temp.f()" \
    "PREPARE p AS INSERT INTO rectrack.status_record $columns VALUES $other; EXECUTE p" \
    "MERGE INTO rectrack.status_record n USING (SELECT) s ON false WHEN NOT MATCHED THEN INSERT $columns VALUES $other" \
    "CREATE TEMP TABLE access_grant AS SELECT * FROM rectrack.access_grant; UPDATE access_grant SET state_id = $france; SET search_path = pg_temp, rectrack, pg_catalog; INSERT INTO rectrack.status_record $columns VALUES $other"; do
    check "as focal: ${way%% (rec_id*}" 42501 "$(state focal "$take; $way")"
done
check 'COPY of another State as focal' 42501 "$(copy focal "$france" 1)"
check 'COPY of an assessment as focal' 42501 "$(copy focal "$italy" 2)"
check 'COPY of the own State as focal' 00000 "$(copy focal "$italy" 1)"
check 'a response of another State as focal' 42501 "$(state focal "$take; INSERT INTO rectrack.response VALUES ($mine, 1, $france)")"
check 'another State by way of a role as focal' 42501 "$(state focal "SET ROLE rectrack_focal_point; $take; $(record "$mine" "$france" 1)")"
check 'the State of a focal point cannot be set by it' 42501 \
    "$(state focal "$take; INSERT INTO rectrack.access_grant VALUES ('focal', 'focal-point', $france, true, $mine)")"
sql 'CREATE SCHEMA trap; GRANT ALL ON SCHEMA trap TO PUBLIC' 
check 'nor with functions of its own before the server'"'"'s' 42501 \
    "$(state focal "CREATE FUNCTION trap.pg_has_role(name, regrole, text) RETURNS boolean LANGUAGE sql RETURN true;
                    CREATE FUNCTION trap.currval(regclass) RETURNS bigint LANGUAGE sql RETURN 1;
                    SET search_path = trap, pg_catalog; SELECT pg_catalog.nextval('rectrack.batch_id');
                    $(record "pg_catalog.currval('rectrack.batch_id')" "$france" 1)")"
# A batch that calls itself something else is later all the same.
before() { rectrack report crosstab --rows level --cols kind --known-at "$moment" --as-of 2026-12-31 --format csv; }
moment=$(rectrack list batches --format csv | tail -n 1 | cut -d, -f4)
sleep 1.1
expected=$(before)
digest=$(printf %064d 0)
state recorder "BEGIN; $take; $(record "$mine" "$france" 1); $(batch session_user 1 b.batch_sha256 "$now" | sed "s/'record'/'register'/; s/''/E'status_record 1 $digest\\n'/"); COMMIT" >/dev/null
check 'what is known at a moment does not depend on the kind of later batches' "$expected" "$(before)"
rectrack access revoke focal focal-point -q
sql 'GRANT rectrack_focal_point TO focal'
check 'a focal point without a State' 77 "$(try focal record Italy "$symbol:II.A.1(a)" implemented --as-of 2026-06-02)"
check '… is told whom to ask' 1 "$(said 'rectrack access grant focal focal-point --state STATE')"
# The COPY above left a row without a batch: exactly that is found.
check 'the ledger tells of the row that came past rectrack' 4 "$(code rectrack verify)"
finish
