#!/bin/sh
# Runs tests with the program under valgrind: reads and writes outside of what was allocated, uses of what was never set,
# and memory that was lost. Each fails the command that is run (exit code 99, which no test expects), and what valgrind
# says of any process, one in the background too, fails one more test at the end.
#
#   valgrind.sh BUILD [KIND | SCRIPT]...      as tests/run has them; the transcripts where none is named
set -eu
source=$(cd "$(dirname "$0")/.." && pwd)
build=$(cd "$1" && pwd)
shift
program=$build/valgrind/rectrack
mkdir -p "$build/valgrind"
# The program gives up root's rights for the server's: its logs stand where it gets in then too, wherever the build is.
logs=$(mktemp -d /tmp/rectrack-valgrind.XXXXXX)
trap 'rm -rf "$logs"' EXIT
trap 'exit 130' INT TERM
chmod 1777 "$logs"
cat >"$program" <<TEXT
#!/bin/sh
exec "$(command -v valgrind)" -q --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite --vgdb=no \\
  --suppressions="$source/tests/valgrind.supp" --log-file="$logs/%p" "$build/rectrack" "\$@"
TEXT
chmod 755 "$program"

status=0
"$source/tests/run" --build "$build" --program "$program" --tool valgrind --seconds 3600 "${@:-transcripts}" || status=$?
findings=$(grep -l -r '^==' "$logs" || :) # what valgrind says of itself begins with "--"
if [ -n "$findings" ]; then
  echo "valgrind's findings:"
  head -n 30 $findings
  exit 1
fi
exit $status
