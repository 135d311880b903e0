#!/bin/sh
# Export jobs: what stands in a set, that it can be made again from the database, and what is kept.
. "$(dirname "$0")/tap.shlib"
rectrack import document "$report" --symbol "$symbol" -q
rectrack import status "$RECTRACK_SOURCE/fixtures/demo/status.csv" --notice 'Illustrative data' -q
cd "$work" || exit 1
sets="$work/sets and more"
jobs=$work/jobs.ini
cat >"$jobs" <<END
[weekly]
directory = $sets
reports = progress, groups
formats = csv, json, xlsx
as_of = 2026-11-24
[weekly/french]
report = states
languages = fr, ar
file = {report}-{as_of}-{lang}
formats = csv
where = regional_group = "African States"
[weekly/shares]
report = crosstab
rows = regional_group
cols = level
measure = row-percent
formats = tsv
[weekly/records]
report = records
formats = csv
[weekly/sheet]
report = groups
formats = csv
for = excel
[weekly/new]
report = records
since = last
file = new
formats = csv
END
weekly=$sets/weekly
latest=$weekly/latest
run() { code rectrack export run --jobs "$jobs" "$@"; }
sets_there() { find "$weekly" -mindepth 1 -maxdepth 1 -name '2*' | wc -l; }
litter() { find "$weekly" \( -name '*.tmp' -o -name .new -o -name .old -o -name 'latest.new' \) | wc -l; }

check 'a run' 0 "$(run)"
check '… says one line' '1 weekly' "$(wc -l <"$work/said") $(sed -n 's/^rectrack: \([a-z]*\):.*/\1/p' "$work/said")"
check 'its files' 'SHA256SUMS datapackage.json french-2026-11-24-ar.csv french-2026-11-24-fr.csv groups.csv groups.json groups.xlsx manifest.json new.csv progress.csv progress.json progress.xlsx records.csv shares.tsv sheet.csv' \
    "$(ls "$latest" | LC_ALL=C sort | tr '\n' ' ' | sed 's/ $//')"
check 'sha256sum agrees' 0 "$(cd "$latest" && sha256sum --quiet -c SHA256SUMS >/dev/null 2>&1 && echo 0)"
check 'all but the manifest and itself are in SHA256SUMS' 13 "$(wc -l <"$latest/SHA256SUMS")"
rectrack report groups --as-of 2026-11-24 -o groups.csv
check 'a table is what report gives' same "$(cmp "$latest/groups.csv" groups.csv && echo same)"
rectrack report groups --as-of 2026-11-24 --for excel -o groups.csv
check '… for Excel too' same "$(cmp "$latest/sheet.csv" groups.csv && echo same)"
rectrack report states --as-of 2026-11-24 --where 'regional_group = "African States"' --lang fr -o states.csv
check '… in its language' same "$(cmp "$latest/french-2026-11-24-fr.csv" states.csv && echo same)"
check '190 records, as in the file that came in' 191 "$(wc -l <"$latest/records.csv")"
check 'the records can be imported, and are there already' 0 "$(code rectrack import status "$latest/records.csv")"
check '… all of them' 190 "$(records)"
check 'the folder is passed on as a link' "$(basename "$(readlink -f "$latest")")" "$(readlink "$latest")"

# The manifest and the data package, as another program reads them.
cat >read.py <<'END'
import csv, datetime, hashlib, json, os, sys
folder = sys.argv[1]
manifest = json.load(open(os.path.join(folder, 'manifest.json'), encoding='utf-8'))
package = json.load(open(os.path.join(folder, 'datapackage.json'), encoding='utf-8'))
wrong = []
for file in manifest['files']:
    content = open(os.path.join(folder, file['path']), 'rb').read()
    if len(content) != file['bytes'] or hashlib.sha256(content).hexdigest() != file['sha256']:
        wrong.append(file['path'])
    if file['format'] in ('csv', 'tsv') and len(list(csv.reader(content.decode().splitlines()))) != file['rows'] + 1:
        wrong.append(file['path'] + ' rows')
check = {'string': str, 'integer': int, 'number': float, 'date': datetime.date.fromisoformat}
names = set()
for resource in package['resources']:
    content = open(os.path.join(folder, resource['path']), 'rb').read()
    if resource['bytes'] != len(content) or resource['hash'] != 'sha256:' + hashlib.sha256(content).hexdigest():
        wrong.append(resource['path'] + ' in the package')
    names.add(resource['name'])
    if 'schema' not in resource:
        continue
    rows = list(csv.reader(content.decode().split('\n')[:-1], delimiter=resource['dialect']['delimiter']))
    fields = resource['schema']['fields']
    if rows[0] != [field['name'] for field in fields]:
        wrong.append(resource['path'] + ' fields')
    for row in rows[1:]:
        for value, field in zip(row, fields):
            if value != '':
                check[field['type']](value)
if len(names) != len(package['resources']):
    wrong.append('names of resources')
types = {field['name']: field['type'] for r in package['resources'] if r['path'] == 'records.csv' for field in r['schema']['fields']}
shares = {field['type'] for r in package['resources'] if r['path'] == 'shares.tsv' for field in r['schema']['fields']}
print(*wrong, len(manifest['files']), manifest['known_at']['position'], types['as_of'], sorted(shares))
END
if command -v python3 >/dev/null 2>&1; then
    check 'manifest and data package hold, as Python reads them' "12 3 date ['integer', 'number', 'string']" "$(python3 read.py "$latest")"
else
    number=$((number + 1))
    echo "ok $number - manifest and data package # SKIP no python3"
fi

check 'notices stand in manifest and data package' '1 1' \
    "$(grep -c '"Illustrative data"' "$latest/manifest.json") $(grep -c '"description": "Illustrative data."' "$latest/datapackage.json")"

# Made again, byte by byte, although more is known by now.
first=$(readlink -f "$latest")
rectrack record Italy 'II.A.1(a)' implemented --as-of 2026-11-20 -q
rectrack undo --reason 'a test' 3 -q
rectrack record Brazil 'II.A.1(b)' planned --as-of 2026-11-20 -q
known_at=$(sed -n 's/.*"at": "\(.*\)",/\1/p' "$first/manifest.json")
sleep 1 # sets are named by the second, and two of one name are told
check 'a run by the manifest’s known_at' 0 "$(run --known-at "$known_at" --directory again)"
check '… into a folder whose whole path is noted' 1 "$(rectrack export history -f csv | grep -c ",$work/again,")"
again=$(readlink -f "$work/again/weekly/latest")
for file in $(sed -n 's/^[0-9a-f]*  //p' "$first/SHA256SUMS" | grep -v datapackage); do
    cmp "$first/$file" "$again/$file"
done >differences 2>&1
check '… gives the same bytes' '' "$(cat differences)"
check 'known_at needs a folder of its own' 2 "$(run --known-at "$known_at")"
check 'verify --reproduce' 0 "$(code rectrack export verify "$first" --reproduce)"

check 'the next run' 0 "$(run)"
check '… has the records added since, and no others' 'state,recommendation,level,as_of BRA,CTOC/COP/WG.7/2018/L.1/Add.1:II.A.1(b),planned,2026-11-20 ITA,CTOC/COP/WG.7/2018/L.1/Add.1:II.A.1(a),implemented,2026-11-20' \
    "$(cut -d, -f1-4 "$latest/new.csv" | tr '\n' ' ' | sed 's/ $//')"
check '… names the set before' 1 "$(grep -c "\"set\": \"$(basename "$first")\"" "$latest/manifest.json")"
check '… and its manifest' 1 "$(grep -c "\"manifest_sha256\": \"$(sha256sum <"$first/manifest.json" | cut -d' ' -f1)\"" "$latest/manifest.json")"
check '… and leaves the first' 2 "$(sets_there)"
check 'both stand' 0 "$(code rectrack export verify "$weekly")"

# Nothing new.
sed -i 's/^as_of/if_changed = yes\nas_of/' "$jobs"
check 'a run after which only the new records are none' 0 "$(run)"
check '… is a set' 3 "$(sets_there)"
check 'then nothing has changed' 0 "$(run)"
check '… which is said' 1 "$(said 'nothing has changed since')"
check '… and makes no set' '3 0' "$(sets_there) $(litter)"
rectrack record Italy 'II.A.1(c)' planned --as-of 2026-11-20 -q
run -q >/dev/null
check 'until something has' 4 "$(sets_there)"
check 'history' 'published unchanged published published published published' \
    "$(rectrack export history weekly -f csv | tail -n +2 | cut -d, -f5 | tr '\n' ' ' | sed 's/ $//')"
check '… is never changed' 1 "$(rectrack db psql -- -c 'DELETE FROM rectrack.export_run_end' 2>&1 | grep -c 'never changed or deleted')"
check 'runs don’t move the ledger' 0 "$(code rectrack verify)"

# What a set is worth.
cp -r "$first" "$work/copy"
printf x >>"$work/copy/groups.csv"
rm "$work/copy/progress.json"
touch "$work/copy/stranger"
check 'a changed, a missing and a strange file' 4 "$(code rectrack export verify "$work/copy")"
check '… are named' '1 1 1' "$(said 'groups.csv: has other bytes') $(said 'progress.json: is missing') $(said 'stranger: is not of this set')"
cp -r "$first" "$work/edited"
sed -i 's/"schema_version": [0-9]*/"schema_version": 1/' "$work/edited/manifest.json"
check 'a manifest that was edited looks well by itself' 0 "$(code rectrack export verify "$work/edited")"
check '… but not to the database' '4 1' "$(code rectrack export verify "$work/edited" --reproduce) $(said 'not the one that was published')"
# Whoever may read may note a run; the server notes who and when.
owner="host=$RECTRACK_DATA/run dbname=rectrack user=rectrack"
psql -X -q -d "$owner" -c 'CREATE ROLE mallory LOGIN; GRANT rectrack_reader TO mallory'
claim="WITH run AS (INSERT INTO rectrack.export_run (job, directory, host, os_user, tool_version) VALUES ('weekly', 'd', 'h', 'u', '0') RETURNING run_id)
       SELECT run_id FROM run"
as_mallory() { psql -X -q -A -t -v VERBOSITY=sqlstate -d "$owner" -c 'SET SESSION AUTHORIZATION mallory' "$@" 2>&1; }
claimed=$(as_mallory -c "$claim")
as_mallory -c "INSERT INTO rectrack.export_run_end (run_id, outcome, exit_code, set_name, manifest_sha256)
               VALUES ($claimed, 'published', 0, '$(basename "$(readlink -f "$first")")', '\\x$(sha256sum <"$work/edited/manifest.json" | cut -d' ' -f1)')"
check 'an edited manifest that somebody says was published' 4 "$(code rectrack export verify "$work/edited" --reproduce)"
check '… is told, with who says what' 1 "$(grep -c "two runs say that they published .*: run $claimed, by mallory, at .*; run [0-9]*, by [^m]" "$work/said")"
check '… with the set itself too' '4 1' "$(code rectrack export verify "$first" --reproduce) $(said 'two runs say that they published')"
for refused in "INSERT INTO rectrack.export_run (job, directory, host, os_user, tool_version, started_by) VALUES ('weekly', 'd', 'h', 'u', '0', 'rectrack')" \
    "INSERT INTO rectrack.export_run (job, directory, host, os_user, tool_version, started_at) VALUES ('weekly', 'd', 'h', 'u', '0', now())" \
    "INSERT INTO rectrack.export_run_end (run_id, outcome, exit_code, ended_at) VALUES ($claimed, 'published', 0, now())" \
    "INSERT INTO rectrack.export_run_end (run_id, outcome, exit_code) SELECT max(run_id), 'failed', 1 FROM rectrack.export_run WHERE started_by <> 'mallory'" \
    "UPDATE rectrack.export_run SET started_by = 'rectrack'"; do
    check "nobody may: ${refused%% (*}" 'ERROR:  42501' "$(as_mallory -c "$refused")"
done
check 'a run ends once' 'ERROR:  23505' "$(as_mallory -c "INSERT INTO rectrack.export_run_end (run_id, outcome, exit_code) VALUES ($claimed, 'failed', 1)")"
check 'a folder without a set' 66 "$(code rectrack export verify "$work")"
sed -i 's|"path": "groups.csv"|"path": "../groups.csv"|' "$work/copy/manifest.json"
check 'a manifest that leads out of its folder' 65 "$(code rectrack export verify "$work/copy")"

# Retention: sets of other days, of which the newest is broken.
for day in 2025-12-31 2026-01-01 2026-10-05 2026-10-06 2026-10-07; do
    cp -r "$first" "$weekly/${day}T060000Z"
done
cp -r "$first" "$weekly/2099-01-01T000000Z" && rm "$weekly/2099-01-01T000000Z/groups.csv"
printf '%s\n' 'keep_last = 1' 'keep_daily = 3' 'keep_yearly = 2' >keep
sed -i '/^if_changed/r keep' "$jobs"
# By hand: today's newest (last, daily, yearly 2026); 7 and 6 October (daily); 31 December 2025 (yearly). The broken one stays.
check 'prune --dry-run' '2025-12-31 2026-10-06 2026-10-07 2099-01-01' \
    "$(rectrack export prune --jobs "$jobs" --dry-run -f csv | grep ',keep,' | cut -c1-10 | grep -v "$(date -u +%F)" | LC_ALL=C sort | tr '\n' ' ' | sed 's/ $//')"
check '… removes nothing' 10 "$(sets_there)"
check 'prune' 0 "$(code rectrack export prune --jobs "$jobs")"
check '… keeps five' '5 0' "$(sets_there) $(litter)"
check '… among them the newest good one, where latest leads' 0 "$(code rectrack export verify "$latest")"

# Hooks.
cat >"$work/hook" <<'END'
#!/bin/sh
printf '%s %s %s %s\n' "$1" "$RECTRACK_JOB" "$RECTRACK_RC" "$(basename "$RECTRACK_DIR")" >>"$(dirname "$0")/hooks"
END
chmod 755 "$work/hook"
cat >hooks.ini <<END
[daily]
directory = $sets
reports = groups
on_start = $work/hook start
on_success = '$work/hook' "it's done"
on_failure = sh -c '"$work/hook" failed \$RECTRACK_RC'
hook_timeout = 1 second
END
check 'a run with hooks' 0 "$(code rectrack export run --jobs hooks.ini)"
check '… which are told' "start daily 0 daily;it's done daily 0 $(readlink "$sets/daily/latest")" "$(paste -sd ';' hooks)"
rm hooks
check 'a run that fails' 69 "$(code rectrack export run --jobs hooks.ini --db 'host=127.0.0.1 port=1')"
check '… too' 'start daily 0 daily;failed daily 69 daily' "$(paste -sd ';' hooks)"
sed -i 's/^on_success.*/on_success = sleep 60/' hooks.ini
before=$(date +%s)
check 'a hook that takes too long' 3 "$(code rectrack export run --jobs hooks.ini)"
check '… is ended' "1 yes" "$(said 'took longer than 1 second') $([ $(($(date +%s) - before)) -lt 20 ] && echo yes)"
finish
