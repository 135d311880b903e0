#!/bin/sh
# Connections to a server with TLS and passwords: what libpq knows works, and a password shows nowhere.
. "$(dirname "$0")/tap.shlib"
. "$(dirname "$0")/server.shlib"
server_make
cat >"$server/data/pg_hba.conf" <<'TEXT'
local all owner trust
hostnossl all plain 127.0.0.1/32 scram-sha-256
hostssl all all 127.0.0.1/32 scram-sha-256
TEXT
server_start
secret="se cr'et%40"
server_sql postgres "CREATE ROLE anna LOGIN PASSWORD 'se cr''et%40'" && server_sql postgres 'CREATE DATABASE conference OWNER anna'
server_sql postgres "CREATE ROLE plain LOGIN PASSWORD 'plain'"
in_uri=se%20cr%27et%2540
uri="postgresql://anna:$in_uri@localhost:$port/conference"
bare="host=localhost port=$port dbname=conference user=anna"
export PGSSLROOTCERT="$work/root.crt" PGGSSENCMODE=disable

check 'a URI with a password' 0 "$(code rectrack init --db "$uri")"
check 'TLS that proves the server' 0 "$(code rectrack list scales --db "$uri?sslmode=verify-full")"
check 'channel binding' 0 "$(code rectrack list scales --db "$uri?sslmode=require&channel_binding=require")"
check 'no channel binding without TLS' 69 "$(code rectrack list scales --db "postgresql://plain:plain@localhost:$port/conference?sslmode=disable&channel_binding=require")"
check 'without TLS where the server wants it' 77 "$(code rectrack list scales --db "$uri?sslmode=disable")"
check '… is told as the server tells it' 1 "$(said 'no encryption')"
openssl req -new -x509 -days 2 -nodes -subj /CN=other -out "$work/other.crt" -keyout "$work/other.key" 2>/dev/null
check 'a server that is another' 69 "$(code rectrack list scales --db "$uri?sslmode=verify-full&sslrootcert=$work/other.crt")"
check '… is told' 1 "$(said 'certificate verify failed')"
check 'a password from the environment' 0 "$(PGPASSWORD=$secret code rectrack list scales --db "$bare")"
printf 'localhost:%s:conference:anna:%s\n' "$port" "$secret" >"$work/pass" && chmod 600 "$work/pass"
check 'a password from a file' 0 "$(PGPASSFILE=$work/pass code rectrack list scales --db "$bare")"
printf '[conf]\nhost=localhost\nport=%s\ndbname=conference\nuser=anna\npassword=%s\noptions=-c lock_timeout=7s\n' "$port" "$secret" >"$work/service"
check 'a service' 0 "$(PGSERVICEFILE=$work/service code rectrack list scales --db service=conf)"
check 'no password' 77 "$(code rectrack list scales --db "$bare")"
check '… is told what to do' 1 "$(said 'password file')"
check 'a wrong password' 77 "$(code rectrack list scales --db "postgresql://anna:$in_uri-not@localhost:$port/conference")"
check '… is not shown' 0 "$(said "$in_uri")"
check 'a connection string that cannot be read' 78 "$(code rectrack list scales --db "postgresql://anna:$in_uri@localhost:$port/conference?ssl")"
check '… is not shown' 0 "$(grep -c -F -e "$in_uri" -e "$secret" "$work/said")"
check 'an unknown setting' 78 "$(code rectrack list scales --db "$bare password=$in_uri colour=red")"
check '… shows no password' 0 "$(said "$in_uri")"
check 'a server that is not there' 69 "$(code rectrack list scales --db "postgresql://anna:$in_uri@localhost:1/conference")"
check '… shows no password' 0 "$(said "$in_uri")"
check 'which database' 0 "$(code rectrack db status --db "$uri")"
check '… is told without the password' '1 0' "$(grep -c conference "$work/out") $(grep -c -F "$in_uri" "$work/out")"

# ---- the list of processes ------------------------------------------------------------------------------------------

rectrack import document "$report" --symbol $symbol -q --db "$uri"
mkfifo "$work/rows"
"$RECTRACK" import status "$work/rows" -q --db "$uri" &
import=$!
exec 4>"$work/rows"
printf 'state,recommendation,level,as_of\nITA,II.A.1(a),planned,2026-01-01\n' >&4
for try in 1 2 3 4 5 6 7 8 9 10; do
    [ -z "$(server_sql conference "SELECT FROM pg_stat_activity WHERE application_name = 'rectrack' AND xact_start IS NOT NULL")" ] || break
    sleep 0.1
done
check 'the process shows its command' 1 "$(tr '\0' ' ' <"/proc/$import/cmdline" | grep -c 'import status')"
if [ -z "${RECTRACK_TEST_TOOL:-}" ]; then
    check '… without the password' 0 "$(grep -c -a -F "$in_uri" "/proc/$import/cmdline")"
else
    skip '… without the password' "$RECTRACK_TEST_TOOL keeps the arguments that it was given"
fi
check '… and the session its program' 1 "$(server_sql conference "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'rectrack'")"
exec 4>&-
wait $import
check '… which ends well' 0 $?
rectrack list scales --db="$uri" -o /dev/null
check 'with --db= too' 0 $?
mkdir "$work/bin" && printf '#!/bin/sh\nprintf "%%s|" "$@"\necho "$PGPASSWORD"\n' >"$work/bin/psql" && chmod 755 "$work/bin/psql"
check 'psql gets the password by its environment alone' "$secret|0" \
    "$(PATH=$work/bin:$PATH rectrack db psql --db "$uri" >"$work/out" && sed 's/.*|//' "$work/out")|$(sed 's/|[^|]*$//' "$work/out" | grep -c -F -e "$in_uri" -e "$secret")"
check 'the passphrase of a key is not handed on' 0 "$(PATH=$work/bin:$PATH rectrack db psql --db "$uri?sslpassword=hush" | grep -c hush)"
check 'the log of the server shows no password' 0 "$(grep -v 'CREATE ROLE' "$server/log" | grep -c -F -e "$in_uri" -e "$secret")"

# What other programs are started with, in their arguments and what they see, is noted by stand-ins.
for program in pg_dump pg_restore; do
    printf '#!/bin/sh\n{ printf "%%s|" "$0" "$@"; echo "$PGPASSWORD"; } >>"%s"\nexec "%s" "$@"\n' "$work/started" "$pg_bin/$program" >"$work/bin/$program"
    chmod 755 "$work/bin/$program"
done
for program in "$pg_bin"/*; do [ -e "$work/bin/${program##*/}" ] || ln -s "$program" "$work/bin/"; done
: >"$work/everything"
hear() { # CODE COMMAND...: all that it says and writes is kept
    expected=$1 && shift
    check "$*" "$expected" "$(RECTRACK_PG_BINDIR=$work/bin code "$@" --db "$uri")"
    cat "$work/out" "$work/said" >>"$work/everything"
}
printf '[weekly]\ndirectory = %s/sets\nreports = groups\nformats = csv\n' "$work" >"$work/jobs.ini"
hear 2 rectrack db url
hear 0 rectrack db status
hear 0 rectrack db backup "$work/backup.dump"
hear 4 rectrack doctor # the roles are missing
hear 0 rectrack export run weekly --jobs "$work/jobs.ini"
hear 0 rectrack export history
hear 0 rectrack list batches
hear 65 rectrack record Italy 'II.A.1(zz)' planned
hear 0 rectrack db restore "$work/backup.dump" --replace
check 'pg_dump and pg_restore get the password by their environment alone' "$secret 0" \
    "$(sed 's/.*|//' "$work/started" | grep . | sort -u) $(sed 's/|[^|]*$//' "$work/started" | grep -c -F -e "$in_uri" -e "$secret")"
check 'nothing that was said, logged or published shows it' 0 \
    "$( { cat "$work/everything" "$work/jobs.ini" && cat "$work"/sets/weekly/latest/* && grep -v 'CREATE ROLE' "$server/log"; } | grep -c -a -F -e "$in_uri" -e "$secret")"

# ---- time-outs ------------------------------------------------------------------------------------------------------

lock() { server_sql conference "SELECT pg_advisory_lock(7233204, 1); SELECT pg_sleep(${RECTRACK_TEST_TOOL:+1}1.5)" >/dev/null & sleep 0.3; }
lock
check 'a lock that does not come' 75 "$(PGOPTIONS='-c lock_timeout=200' code rectrack record Italy 'II.A.1(b)' planned --as-of 2026-01-01 --db "$uri")"
check '… is told, with who holds it' 1 "$(grep -c 'the lock of the ledger is held by "owner" (process [0-9]*, psql); nothing was stored. Try again, or ask' "$work/said")"
printf 'state,recommendation,level,as_of\nITA,II.A.1(c),planned,2026-01-01\n' >"$work/one.csv"
check '… for a file too' 75 "$(PGOPTIONS='-c lock_timeout=200' code rectrack import status "$work/one.csv" --db "$uri")"
check '… likewise' 1 "$(said 'the lock of the ledger is held by "owner"')"
wait
lock
check 'a lock that comes in time' 0 "$(code rectrack record Italy 'II.A.1(b)' planned --as-of 2026-01-01 --db "$uri")"
wait
check 'a statement that takes too long' 1 "$(code rectrack verify --db "$uri?options=-c%20statement_timeout%3D1")"
check '… is told how to give it longer' 1 "$(said 'PGOPTIONS')"
"$RECTRACK" import status "$work/rows" -q --db "$uri?options=-c%20idle_in_transaction_session_timeout%3D300" 2>"$work/said" &
import=$!
exec 4>"$work/rows"
printf 'state,recommendation,level,as_of\nITA,II.A.1(d),planned,2026-01-01\n' >&4
tries=0
while ! grep -q 'idle-in-transaction' "$server/log" && [ $((tries += 1)) -le 100 ]; do
    sleep 0.3
done
exec 4>&-
wait $import
check 'rows that do not come' 69 $?
check '… are told of, with the time-out' '1 1' "$(said 'idle_in_transaction_session_timeout=4h') $(said 'Nothing was stored')"
check 'the ledger is whole' 0 "$(code rectrack verify --db "$uri")"
finish
