#!/bin/sh
# Where data goes: full devices, missing folders, files that appear whole; and databases that aren't there.
. "$(dirname "$0")/tap.shlib"
rectrack import document "$report" --symbol "$symbol" -q
cd "$work" || exit 1
full() {
    rectrack "$@" >/dev/full 2>"$work/said"
    echo $?
}
for command in help 'help record' version 'help --man' 'completion bash' 'list states' 'list batches' 'show Italy' 'report groups' \
    'report matrix' 'db status' 'db url' 'verify' 'verify --head' "import document $report --symbol $symbol --dry-run" 'demo --output-dir demo'; do
    # shellcheck disable=SC2086
    check "a full device: $command" 74 "$(full $command)"
done
# Those of tests that run beside this one end soon, and take their folders away.
demonstrations=$(ls -d /tmp/rectrack-demo.* 2>/dev/null)
left() { for folder in $demonstrations; do [ ! -e "$folder" ] || echo "$folder"; done; }
for _ in $(seq 60); do [ -n "$(left)" ] && sleep 1 || break; done
check 'nothing of the demonstration is left' '' "$(left)"
check 'a folder that is not there' 73 "$(code rectrack list states -o missing/states.csv)"
check 'a file by its ending' 0 "$(code rectrack list scales -o scales.json)"
check '… is JSON' '{' "$(head -c 1 scales.json)"
check '… and stands alone' scales.json "$(ls | grep -v -e database -e demo -e said -e out)"
check 'an unknown format' 2 "$(code rectrack list states -f cvs)"
check '… with the nearest' 1 "$(said 'Did you mean "csv"?')"
# What is wrong with a command is told before a server is asked.
nowhere='host=127.0.0.1 port=1 connect_timeout=2'
for command in 'list states -f cvs' 'list states -f svg' 'report matrix -f svg' 'report silent -o silent.svg' 'report crosstab --rows state --cols year -f svg' \
    'report groups --layout long -f svg' 'report groups --measure states -f svg'; do
    # shellcheck disable=SC2086
    check "refused as it stands: $command" 2 "$(code rectrack $command --db "$nowhere")"
done
check '… with what has a picture' 1 "$(said 'there is no picture of this table. Pictures show')"
check 'a picture' 0 "$(code rectrack report groups -f svg)"
check 'an unreachable server' 69 "$(code rectrack list states --db 'host=127.0.0.1 port=1 connect_timeout=2')"
check '… with a remedy' 1 "$(said 'Check that the server runs')"
check 'a faulty connection string' 78 "$(code rectrack list states --db 'host=a password=se cret x')"
check '… is not repeated' 0 "$(said cret)"
url=$(rectrack db url)
other="${url%%/rectrack\?*}/template1?${url#*\?}"
check 'a database that is not ours is not touched' 78 "$(code rectrack list states --db "$other")"
check '… but told how' 1 "$(said 'Run "rectrack init"')"
check 'an unknown command' 2 "$(code rectrack reprot groups)"
check '… with the nearest' 1 "$(said 'Did you mean "report"?')"
check 'no command' 2 "$(code rectrack)"
finish
