#!/bin/sh
# Runs the transcripts and a few integration scripts with the program under valgrind: memory errors and definite leaks
# give a command the exit code 99, which no test expects.
#
#   valgrind.sh BUILD
set -eu
source=$(cd "$(dirname "$0")/.." && pwd)
build=$(cd "$1" && pwd)
mkdir -p "$build/valgrind"
cat >"$build/valgrind/rectrack" <<TEXT
#!/bin/sh
exec valgrind -q --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite --child-silent-after-fork=yes --suppressions="$source/tests/valgrind.supp" "$build/rectrack" "\$@"
TEXT
chmod 755 "$build/valgrind/rectrack"
exec "$source/tests/run" --build "$build/valgrind" transcripts
