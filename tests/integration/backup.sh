#!/bin/sh
# Backups: written whole, restored whole or not at all, and never without a right ledger; the move to a server.
. "$(dirname "$0")/tap.shlib"
rectrack import document "$report" --symbol "$symbol" -q
rectrack import status "$RECTRACK_SOURCE/fixtures/demo/status.csv" -q
cd "$work" || exit 1
# at FOLDER COMMAND...: with the embedded database in another folder.
at() { data=$1 && shift && RECTRACK_DATA="$work/$data" "$@"; }
trap 'for data in database second; do RECTRACK_DATA="$work/$data" "$RECTRACK" db stop -q >/dev/null 2>&1; done; rm -rf "$work"' EXIT
head=$(rectrack verify --head)
tables() { rectrack report matrix --as-of 2026-11-24 -f csv; rectrack list status -f csv; rectrack list recommendations -f csv; }
tables >before

check 'a backup' 0 "$(code rectrack db backup first.dump)"
check '… tells the head of its ledger' 1 "$(said "$head")"
check '… is for its owner alone' 600 "$(stat -c %a first.dump)"
check '… and stands alone' first.dump "$(find . -maxdepth 1 -name '*.dump' -o -maxdepth 1 -name '.*.tmp' | sed 's|^\./||')"
check 'a backup needs a file' 2 "$(code rectrack db backup)"
check '… not stdout' 2 "$(code rectrack db backup -)"
check 'on a full device there is none' '74 no' "$( (ulimit -f 64 && code "$RECTRACK" db backup full.dump)) $([ -e full.dump ] && echo yes || echo no)"
check '… nor in a folder that isn’t there' 73 "$(code rectrack db backup missing/x.dump)"

# Into another database, as a scratch database would be restored.
check 'restored into an empty database' 0 "$(at second code rectrack db restore first.dump)"
check '… with the same head' "$head" "$(at second rectrack verify --head)"
check '… and the same tables' same "$(at second tables >after && cmp before after && echo same)"
check '… whose ledger is intact' 0 "$(at second code rectrack verify)"
check '… and which goes on' 0 "$(at second code rectrack record Italy 'II.A.1(a)' planned --as-of 2026-11-01)"
check '… and which nobody can change' 1 "$(at second rectrack db psql -- -c 'DELETE FROM rectrack.status_record' 2>&1 | grep -c 'never changed')"
check 'not over records' 2 "$(at second code rectrack db restore first.dump)"
check '… unless they are to be replaced' 0 "$(at second code rectrack db restore first.dump --replace)"
check '… and then whole' "$head" "$(at second rectrack verify --head)"
check '… with nothing left of those' 1 "$(at second rectrack db psql -- -XAtc "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'rectrack%'")"

# Files that aren't whole.
size=$(wc -c <first.dump)
head -c $((size / 2)) first.dump >half.dump
head -c 100 /dev/urandom >noise.dump
check 'half a backup' yes "$(case $(at second code rectrack db restore half.dump --replace) in 1 | 65) echo yes ;; esac)"
check '… the records stand as they were' "$head" "$(at second rectrack verify --head)"
check 'what isn’t one' 65 "$(at second code rectrack db restore noise.dump --replace)"
check 'no file' 66 "$(at second code rectrack db restore none.dump --replace)"
at second rectrack db psql -- -Xq -c 'CREATE DATABASE third' >/dev/null
url=$(at second rectrack db url)
third="postgresql:///third?${url#*\?}"
check 'half a backup into an empty database' yes "$(case $(code rectrack db restore half.dump --db "$third") in 1 | 65) echo yes ;; esac)"
check '… which stays empty' 78 "$(code rectrack list status --db "$third")"

# A ledger that isn't right is restored nowhere.
rectrack db psql -- -Xq -c 'ALTER TABLE rectrack.status_record DISABLE TRIGGER never_changed; UPDATE rectrack.status_record SET level = level + 1 WHERE line = 2;
    ALTER TABLE rectrack.status_record ENABLE ALWAYS TRIGGER never_changed' >/dev/null
rectrack db backup changed.dump -q
check 'a backup of changed records' 4 "$(at second code rectrack db restore changed.dump --replace)"
check '… the records stand as they were' "$head" "$(at second rectrack verify --head)"
rectrack db restore first.dump --replace -q
check 'the original is mended from the backup' 0 "$(code rectrack verify)"

# A restore that was killed: before the backup was in, …
aside() { rectrack db psql -- -Xq -c 'ALTER SCHEMA rectrack RENAME TO rectrack_before_restore'; }
head=$(rectrack verify --head)
aside
rectrack db status >/dev/null
check 'the next command finds the records from before in their place again' "$head" "$(rectrack verify --head)"
at second rectrack db psql -- -Xq -c 'CREATE DATABASE fourth' >/dev/null
fourth="postgresql:///fourth?${url#*\?}"
rectrack db restore first.dump --db "$fourth" -q
RECTRACK_DB=$fourth aside
check 'on a server doctor tells of them' 4 "$(code rectrack doctor --db "$fourth")"
check '… and what to do' 1 "$(cat "$work/out" "$work/said" | grep -c 'kept aside.*rectrack init')"
check '… which brings them back' 0 "$(code rectrack init --db "$fourth")"
check '… and says so' 1 "$(said 'brought back the records')"
check '… whole' "$head" "$(rectrack verify --head --db "$fourth")"
RECTRACK_DB=$fourth aside
check 'so does the next restore' 0 "$(code rectrack db restore first.dump --replace --db "$fourth")"
RECTRACK_DB=$fourth aside
check '… and one that only finishes' '0 1' "$(code rectrack db restore --finish --db "$fourth") $(said 'stand again')"
check 'nothing to finish' '0 1' "$(code rectrack db restore --finish --db "$fourth") $(said 'nothing to do')"
# … and behind that.
rectrack record Italy "$symbol:II.A.1(b)" planned --as-of 2026-04-01 -q --db "$fourth"
RECTRACK_DB=$fourth aside
/usr/lib/postgresql/*/bin/pg_restore --no-owner --single-transaction --dbname "$fourth" first.dump
check 'doctor tells of a restore that was not finished' 4 "$(code rectrack doctor --db "$fourth")"
check '… and what to do' 1 "$(cat "$work/out" "$work/said" | grep -c 'beside those of the backup.*rectrack db restore --finish')"
check 'another restore waits for that' '78 1' "$(code rectrack db restore first.dump --replace --db "$fourth") $(said 'an earlier restore was cut short')"
check 'it is finished' 0 "$(code rectrack db restore --finish --db "$fourth")"
check '… with the records of the backup' "$head" "$(rectrack verify --head --db "$fourth")"
check '… and no others' 0 "$(psql -XqAt -d "$fourth" -c "SELECT count(*) FROM pg_namespace WHERE nspname = 'rectrack_before_restore'")"
check '… with a file it is a mistake' 2 "$(code rectrack db restore --finish first.dump --db "$fourth")"

# While the backup is looked at.
mkdir slow && printf '#!/bin/sh\ntouch "%s/begun"\nexec sleep 60\n' "$work" >slow/pg_restore && chmod 755 slow/pg_restore
RECTRACK_PG_BINDIR=$work/slow "$RECTRACK" db restore --replace first.dump --db "$fourth" >/dev/null 2>said &
victim=$!
for _ in $(seq 100); do [ -e begun ] && break || sleep 0.1; done
kill -INT $victim
wait $victim
check 'Ctrl-C says nothing against the backup' '130 0' "$? $(said 'not a backup')"

# The move to a server, here another database of the second one, reached with a password.
at second rectrack db psql -- -Xq -c "CREATE ROLE office LOGIN SUPERUSER PASSWORD 'very-secret'" -c 'CREATE DATABASE office OWNER office' >/dev/null
hba="$work/second/data/pg_hba.conf"
{ echo 'local office office scram-sha-256' && cat "$hba"; } >hba && cat hba >"$hba"
at second rectrack db psql -- -Xq -c 'SELECT pg_reload_conf()' >/dev/null
office="postgresql:///office?${url#*\?}"
office="${office%&user=*}&user=office"
check 'the wrong password' 77 "$(PGPASSWORD=x code rectrack db move --to "$office")"
mkdir bin
for program in pg_dump pg_restore; do
    cat >bin/$program <<END
#!/bin/sh
echo "$program \$*" >>"$work/seen"
exec /usr/lib/postgresql/$(ls /usr/lib/postgresql | sort -n | tail -n 1)/bin/$program "\$@"
END
    chmod 755 bin/$program
done
check 'the embedded database is moved' 0 "$(RECTRACK_PG_BINDIR=$work/bin code rectrack db move --to "$office&password=very-secret")"
check '… and it is told how to use it' 1 "$(said 'export RECTRACK_DB=')"
check '… by programs on whose command lines no password is' '2 0' "$(wc -l <seen) $(grep -c very-secret seen)"
check '… nor in what is said' 0 "$(said very-secret)"
export PGPASSWORD=very-secret
check '… with the same head' "$head" "$(rectrack verify --head --db "$office")"
check '… and the same tables' same "$(RECTRACK_DB=$office tables >after && cmp before after && echo same)"
check 'not a second time' 2 "$(code rectrack db move --to "$office")"
check 'a server’s database is not moved' 2 "$(code rectrack db move --to "$office" --db "$office")"
check 'but backed up' 0 "$(code rectrack db backup office.dump --db "$office")"
check '… with the same tables in it' same "$(for file in first office; do /usr/lib/postgresql/*/bin/pg_restore --list $file.dump | grep -c 'TABLE DATA'; done | uniq | wc -l | sed 's/^1$/same/')"
finish
