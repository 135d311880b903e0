#!/bin/sh
# The ledger finds every change that was made past rectrack, by a superuser with triggers switched off too, in every table.
. "$(dirname "$0")/tap.shlib"
here=$(cd "$(dirname "$0")" && pwd)
rectrack db start -q
url="host=$RECTRACK_DATA/run dbname=rectrack user=rectrack"
sql() { psql -X -q -A -t -v ON_ERROR_STOP=1 -d "$url" -c "$1"; }
independent() { rectrack verify --ledger -o "$work/ledger" && python3 "$here/check_ledger.py" "$work/ledger"; }

# ---- something in every table ---------------------------------------------------------------------------------------

rectrack import document "$report" --symbol $symbol -q
sed 's/L\.1/L.2/' "$report" >"$work/final.txt"
rectrack import document "$work/final.txt" --symbol CTOC/COP/WG.7/2018/L.2/Add.1 --supersedes $symbol --yes -q >/dev/null
symbol=CTOC/COP/WG.7/2018/L.2/Add.1
printf 'document,reference,text,addressees,articles,themes\nDOC/1,I.1,One,ITA FRA,UNTOC-SOM:6,\nDOC/1,I.2,Two,FRA,,training\n' >"$work/recommendations.csv"
sed -i "s/,UNTOC-SOM:6,/,6,$(rectrack list themes --format csv | sed -n '2s/,.*//p')/; s/training/$(rectrack list themes --format csv | sed -n '3s/,.*//p')/" "$work/recommendations.csv"
rectrack import recommendations "$work/recommendations.csv" --new-documents -q
{
    echo state,recommendation,level,as_of,received_on,channel,source,note
    echo "ITA,$symbol:II.A.1(a),planned,2026-01-01,2026-01-05,letter,L 1,first"
    echo "FRA,$symbol:II.A.1(a),planned,2026-01-01,2026-01-06,letter,L 2,second"
    echo "FRA,$symbol:II.A.1(b),planned,2026-01-01,2026-01-06,letter,L 2,third"
} >"$work/status.csv"
rectrack import status "$work/status.csv" -q
imported=$(sql 'SELECT max(batch_id) FROM rectrack.batch')
rectrack record Italy $symbol:'II.A.1(b)' implemented --as-of 2026-02-01 -q
rectrack record Italy $symbol:'II.A.1(c)' implemented --as-of 2026-02-01 -q
rectrack withdraw "$(sql 'SELECT max(batch_id) FROM rectrack.batch').1" --reason 'by mistake' -q
rectrack record Italy $symbol:'II.A.1(d)' implemented --as-of 2026-02-01 -q
rectrack undo --reason 'by mistake' -q
sql 'CREATE ROLE anna LOGIN'
rectrack access grant anna focal-point --state Italy -q

tables=$(sed -n 's/^ *\[TABLE_[A-Z_]*\] = "\([a-z_]*\)",.*/\1/p' "$RECTRACK_SOURCE/core/ledger/batch.c" | LC_ALL=C sort)
check 'rows in every table of the ledger' "$tables" \
    "$(sql "SELECT DISTINCT split_part(line, ' ', 1) FROM rectrack.batch, regexp_split_to_table(rtrim(content, E'\\n'), E'\\n') line ORDER BY 1" | LC_ALL=C sort)"
check 'every table with a batch is in the ledger' '' \
    "$(sql "SELECT relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'batch_id'
            WHERE relnamespace = 'rectrack'::regnamespace AND relkind IN ('r', 'p') AND relname <> 'batch'" | grep -v -x -F "$tables")"
check 'it verifies' 0 "$(code rectrack verify)"
head=$(rectrack verify --head)
check 'another program comes to the same head' "$head" "$(independent)"

# ---- tampering with every table at once ------------------------------------------------------------------------------

for table in $tables batch; do echo "ALTER TABLE rectrack.$table DISABLE TRIGGER ALL;"; done >"$work/off"
for table in $tables batch; do echo "ALTER TABLE rectrack.$table ENABLE TRIGGER ALL;"; done >"$work/on"
sql "SELECT format('ALTER TABLE rectrack.%I ENABLE ALWAYS TRIGGER %I;', relname, tgname) FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid
     WHERE relnamespace = 'rectrack'::regnamespace AND NOT tgisinternal" >>"$work/on"
for table in $tables batch; do echo "CREATE TABLE backup.$table AS SELECT * FROM rectrack.$table;"; done |
    { echo 'CREATE SCHEMA backup;' && cat; } | psql -X -q -d "$url"
for table in $tables batch; do echo "DELETE FROM rectrack.$table; INSERT INTO rectrack.$table SELECT * FROM backup.$table;"; done >"$work/back"

# tamper FILE: runs statements with triggers and foreign keys off; restore: puts back what was.
tamper() { { cat "$work/off" "$1" && cat "$work/on"; } | psql -X -q -1 -v ON_ERROR_STOP=1 -d "$url"; }
restore() { tamper "$work/back"; }
# For each table a column to change and its new value, and what makes a copy of a row another one.
cat >"$work/plan" <<'TEXT'
('access_grant', 'user_name', '''other''', 'user_name', '''added'''),
('article', 'title', '''other''', 'article', '''added'''),
('batch_withdrawal', 'reason', '''other''', 'withdrawn_batch_id', '1'),
('body_instrument', 'body', '''other''', 'body_key', '''added'''),
('document', 'title', '''other''', 'document_id', '9999'),
('instrument', 'code', '''other''', 'instrument_id', '9999'),
('instrument_version', 'title', '''other''', 'instrument_id', '9999'),
('level', 'code', '''other''', 'level_id', '9999'),
('level_version', 'label', '''other''', 'level_id', '9999'),
('paragraph', 'text', '''other''', 'ordinal', '9999'),
('party', 'action', '''other''', 'state_id', '9999'),
('recommendation', 'place', '''other''', 'rec_id', '9999'),
('recommendation_addressee', 'state_id', '9999', 'state_id', '9998'),
('recommendation_article', 'article', '''other''', 'article', '''added'''),
('recommendation_theme', 'theme_id', '9999', 'theme_id', '9998'),
('recommendation_version', 'text', '''other''', 'rec_id', '9999'),
('response', 'source', '''other''', 'response', '9999'),
('scale', 'code', '''other''', 'scale_id', '9999'),
('state', 'iso3', '''QQQ''', 'state_id', '9999'),
('state_name', 'name_key', '''other''', 'name', '''added'''),
('state_version', 'sids', 'NOT sids', 'state_id', '9999'),
('statement', 'name', '''other''', 'state_id', '9999'),
('status_record', 'note', '''other''', 'rev', '9999'),
('supersession', 'similarity', '1', 'rec_id', '9999'),
('theme', 'code', '''other''', 'theme_id', '9999'),
('theme_version', 'label', '''other''', 'theme_id', '9999'),
('withdrawal', 'reason', '''other''', 'rev', '9999')
TEXT
each() { # KIND: a statement for each table
    sql "WITH plan (tab, col, val, key, other) AS (VALUES $(cat "$work/plan"))
         SELECT CASE '$1'
                    WHEN 'changed' THEN format('UPDATE rectrack.%I t SET %I = %s', tab, col, val)
                    WHEN 'missing' THEN format('DELETE FROM rectrack.%I t', tab)
                    WHEN 'moved' THEN format('UPDATE rectrack.%I t SET batch_id = %s', tab, CASE tab WHEN 'access_grant' THEN $last - 1 ELSE $last END)
                    ELSE format('INSERT INTO rectrack.%I SELECT %s FROM rectrack.%I t', tab,
                                (SELECT string_agg(CASE WHEN attname = key THEN other
                                                        WHEN attname = 'iso3' THEN '''ZZZ'''
                                                        WHEN attname IN ('code', 'place') THEN '''added'''
                                                        ELSE quote_ident(attname) END, ', ' ORDER BY attnum)
                                 FROM pg_attribute
                                 WHERE attrelid = ('rectrack.' || tab)::regclass AND attnum > 0), tab)
                END || format(' WHERE t.ctid = (SELECT min(ctid) FROM rectrack.%I);', tab)
         FROM plan"
}
check 'a plan for every table' "$tables" "$(sed "s/^('\([a-z_]*\)'.*/\1/" "$work/plan")"
last=$(sql 'SELECT max(batch_id) FROM rectrack.batch')
for table in $tables; do echo "SELECT 'batch ' || batch_id || ' $table' FROM rectrack.$table WHERE ctid = (SELECT min(ctid) FROM rectrack.$table);"; done |
    psql -X -q -A -t -d "$url" | sort >"$work/firsts"
for kind in changed missing added moved; do
    each $kind >"$work/statements"
    tamper "$work/statements"
    check "$kind rows are found" 4 "$(code rectrack verify)"
    check "… in every table, with their batch" "$(cat "$work/firsts")" \
        "$(sed -n 's/^rectrack: \(batch [0-9]*\) (position [0-9]*): its rows in \([a-z_]*\) are not those.*/\1 \2/p' "$work/said" | sort -u | grep -x -F -f "$work/firsts")"
    check '… by another program too' 1 "$(independent | grep -c '^wrong')"
    restore
done
check 'all is as it was' "0 $head" "$(code rectrack verify) $(rectrack verify --head)"

# ---- one thing at a time --------------------------------------------------------------------------------------------

# found NAME FINDING SQL
found() {
    echo "$3;" >"$work/statements"
    tamper "$work/statements"
    check "$1" 4 "$(code rectrack verify)"
    check '… and named' 1 "$(grep -c -m 1 -E "^rectrack: $2" "$work/said")"
    restore
}
found 'rows of a file in another order' "batch $imported .*its rows in status_record" \
    "UPDATE rectrack.status_record SET line = CASE line WHEN 2 THEN 3 WHEN 3 THEN 2 ELSE line END WHERE batch_id = $imported"
found 'responses in another order' "batch $imported .*its rows in response" \
    "UPDATE rectrack.response SET response = -response WHERE batch_id = $imported; UPDATE rectrack.response SET response = CASE response WHEN -1 THEN 2 ELSE 1 END WHERE batch_id = $imported"
found 'a row of a batch that is nowhere' 'status_record has rows of 1 batches that are not in the ledger: 4711' \
    "INSERT INTO rectrack.status_record SELECT rec_id, as_of, 4711, line, response, state_id, kind, 99, level, note, evidence, language FROM rectrack.status_record LIMIT 1"
found 'two rows of one number' "batch $imported: two of its rows in status_record have the number 3" \
    "INSERT INTO rectrack.status_record SELECT rec_id, as_of, batch_id, line, response, state_id, kind, 99, level, note, evidence, language FROM rectrack.status_record WHERE (batch_id, line) = ($imported, 3)"
found 'a record of a day that is none' 'records of a day that no calendar of ours has, or with numbers below 1: 1 rows, the first in batch 4712' \
    "INSERT INTO rectrack.status_record SELECT rec_id, '-infinity', 4712, line, response, state_id, kind, 99, level, note, evidence, language FROM rectrack.status_record LIMIT 1"
found 'a batch that is gone' "batch [0-9]* \(position 4\): a batch before it is missing" 'DELETE FROM rectrack.batch WHERE position = 3'
found 'the newest batch, with its rows in place' 'access_grant has rows of 1 batches that are not in the ledger' \
    'DELETE FROM rectrack.batch WHERE position = (SELECT max(position) FROM rectrack.batch)'
found 'two batches that changed places' 'batch [0-9]* \(position 3\): it doesn.t follow the batch before it' \
    'UPDATE rectrack.batch SET position = 1000 + position WHERE position IN (3, 4); UPDATE rectrack.batch SET position = 1007 - (position - 1000) - 1000 WHERE position > 1000'
for column in "summary = 'x'" "kind = 'x'" "notice = 'x'" "file_name = 'x'" "file_sha256 = sha256('x')" "recorded_by = 'x'" "os_user = 'x'" \
    "tool_version = 'x'" "content = content || 'x'" "previous_sha256 = sha256('x')" "batch_sha256 = sha256('x')" \
    "recorded_at = recorded_at + interval '1 microsecond'"; do
    found "a batch with another ${column%% *}" 'batch [0-9]* \(position 3\)' "UPDATE rectrack.batch SET $column WHERE position = 3"
done
found 'a batch added with all hashes right' 'batch 4711: its content names something that is no table' \
    "INSERT INTO rectrack.batch SELECT position + 1, 4711, 'x', 'x', NULL, NULL, NULL, recorded_at + interval '1 s', 'x', 'x', 'x', E'nothing 1 x\\n', batch_sha256, sha256('x') FROM rectrack.batch ORDER BY position DESC LIMIT 1"
sql 'ALTER TABLE rectrack.response DISABLE TRIGGER never_changed'
check 'a trigger that was switched off' 4 "$(code rectrack verify)"
check '… is named with its table' 1 "$(said 'response is not protected')"
sql 'ALTER TABLE rectrack.response ENABLE TRIGGER never_changed'
check 'so is one that some sessions may switch off' 4 "$(code rectrack verify)"
sql 'DROP TRIGGER own_batch ON rectrack.paragraph'
for trigger in 'sealed ON document' 'once ON withdrawal'; do
    sql "ALTER TABLE rectrack.${trigger##* } DISABLE TRIGGER ${trigger%% *}"
    check "the trigger $trigger, switched off" '4 1' "$(code rectrack verify) $(said "rectrack: ${trigger##* } is not protected")"
done
rectrack init -q
check 'init puts both back' 0 "$(code rectrack verify)"

# ---- a ledger that was rewritten as a whole, and the head that was published ------------------------------------------

published=$(rectrack verify --head)
rectrack record Italy $symbol:'II.A.1(e)' implemented --as-of 2026-03-01 -q
check 'a published head is a part of the ledger' 0 "$(code rectrack verify --since "$published")"
check 'another one is not' 4 "$(code rectrack verify --since "3:$(printf %064d 1)")"
check '… which is told' 1 "$(said 'the batch at position 3 is another one than the head says')"
check 'one from the time to come is not' 4 "$(code rectrack verify --since "999:${published#*:}")"
check '… which is told' 1 "$(grep -c 'the ledger ends at position [0-9]*: it doesn.t have the batch "999:.*Its end was cut off, or it was restored' "$work/said")"
check 'what is no head' 2 "$(code rectrack verify --since 12)"
rectrack verify --ledger -o "$work/ledger"
cat >"$work/rewrite.py" <<'TEXT'
"""Whoever owns the server changes a note and makes all hashes right again; statements on stdout."""
import hashlib, json, sys
def netstring(v):
    return b"-," if v is None else str(len(v.encode())).encode() + b":" + v.encode() + b","
batch, table, rows, batches = int(sys.argv[2]), "status_record", [], []
for line in open(sys.argv[1]):
    item = json.loads(line)
    if item.get("table") == table and item["batch"] == batch:
        item["row"][9] = "forged" if item["row"][9] == "first" else item["row"][9]
        rows.append(b"".join(map(netstring, item["row"])))
    elif "table" not in item and "batch" in item:
        batches.append(item["batch"])
print("UPDATE rectrack.status_record SET note = 'forged' WHERE note = 'first';")
previous = None
for b in batches:
    if int(b[1]) == batch:
        digest = hashlib.sha256(b"".join(rows)).hexdigest()
        b[11] = "".join(f"{table} {len(rows)} {digest}\n" if l.startswith(table + " ") else l + "\n" for l in b[11].splitlines())
    if previous is not None:
        b[12] = previous
    previous = hashlib.sha256(b"".join(map(netstring, b))).hexdigest()
    print(f"UPDATE rectrack.batch SET content = '{b[11]}', previous_sha256 = '\\x{b[12]}', batch_sha256 = '\\x{previous}' WHERE position = {b[0]};")
TEXT
python3 "$work/rewrite.py" "$work/ledger" "$imported" >"$work/statements"
tamper "$work/statements"
check 'a ledger that was rewritten as a whole agrees with itself' 0 "$(code rectrack verify)"
check '… but not with the head that was published' 4 "$(code rectrack verify --since "$published")"
check '… which is told' 1 "$(said 'it was rewritten since')"
restore >/dev/null 2>&1
# A ledger that was cut at its end with all that is in it agrees with itself; so does one that was put back and has gone on differently.
rectrack undo --reason 'to have a batch that can be cut off' -q
published=$(rectrack verify --head)
{ echo 'DELETE FROM rectrack.batch_withdrawal WHERE batch_id = (SELECT batch_id FROM rectrack.batch ORDER BY position DESC LIMIT 1);'
  echo 'DELETE FROM rectrack.batch WHERE position = (SELECT max(position) FROM rectrack.batch);'; } >"$work/statements"
tamper "$work/statements"
check 'a ledger without its end agrees with itself' 0 "$(code rectrack verify)"
check '… but not with the head' '4 1' "$(code rectrack verify --since "$published") $(said "the ledger ends at position $((${published%%:*} - 1)): it doesn't have the batch \"$published\"")"
rectrack record Italy $symbol:'II.B.2(b)' implemented --as-of 2026-03-01 -q
check 'a ledger that went on differently agrees with itself' 0 "$(code rectrack verify)"
check '… but not with the head' '4 1' "$(code rectrack verify --since "$published") $(said "the batch at position ${published%%:*} is another one than the head says")"
check '… which names what happened' 1 "$(said 'restored from a backup that is older than the head and has gone on differently')"

# ---- a clock that was set back --------------------------------------------------------------------------------------

# The newest batch is given a moment of tomorrow, with its hash right: so it looks after the server's clock was set back.
rectrack verify --ledger -o "$work/ledger"
python3 - "$work/ledger" >"$work/statements" <<'TEXT'
import hashlib, json, sys
batch = [json.loads(line) for line in open(sys.argv[1]) if '"sha256"' in line][-1]["batch"]
batch[7] = str(int(batch[7]) + 86400 * 10**6)
data = b"".join(b"-," if v is None else str(len(v.encode())).encode() + b":" + v.encode() + b"," for v in batch)
print(f"UPDATE rectrack.batch SET recorded_at = recorded_at + interval '1 day', batch_sha256 = '\\x{hashlib.sha256(data).hexdigest()}' WHERE position = {batch[0]};")
TEXT
tamper "$work/statements"
check 'a ledger from before the clock was set back' 0 "$(code rectrack verify)"
check 'records go on' 0 "$(code rectrack record Chad $symbol:'II.A.1(a)' planned --as-of 2026-01-01)"
check '… in their order' 0 "$(code rectrack verify)"
check '… a microsecond after the one before' 1 \
    "$(sql "SELECT extract(microseconds FROM max(recorded_at) - min(recorded_at)) FROM (SELECT recorded_at FROM rectrack.batch ORDER BY position DESC LIMIT 2) b" | cut -d. -f1)"

# ---- writers do not wait for each other's long phase ------------------------------------------------------------------

mkfifo "$work/rows"
"$RECTRACK" import status "$work/rows" -q &
import=$!
exec 4>"$work/rows"
echo state,recommendation,level,as_of >&4
seq 1 20000 | awk -v s=$symbol '{ printf "DEU,%s:II.A.1(a),planned,%04d-%02d-%02d\n", s, 1900 + $1 / 336, $1 % 12 + 1, $1 % 28 + 1 }' | sort -u >&4
check 'a record while an import is under way' 0 "$(PGOPTIONS='-c lock_timeout=2s' code rectrack record Italy $symbol:'II.B.2(a)' planned --as-of 2026-01-01)"
check '… that still is' yes "$(kill -0 $import && echo yes)"
exec 4>&-
wait $import
check '… and then ends' 0 $?
check 'the later commit has the later place' 1 "$(rectrack list batches --format csv | tail -n 1 | grep -c ',status,')"
for i in 1 2 3 4 5 6 7 8; do
    "$RECTRACK" record Spain $symbol:'II.B.2(a)' planned --as-of 2026-01-0$i -q 2>"$work/said$i" &
done
wait
check 'eight at once are all there' 8 "$(rectrack list records --state Spain --format csv | grep -c ,ESP,)"
check 'the ledger is whole' 0 "$(code rectrack verify)"
finish
