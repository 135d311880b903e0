#!/bin/sh
# Four analysers over the sources; ends with 1 when one of them finds something.
#
#   analyze.sh BUILD SOURCE      BUILD: a configured build, for its flags and generated files
#
# What is left out, and why:
#   clang-analyzer-security.insecureAPI.DeprecatedOrUnsafeBufferHandling  asks for C11's Annex K, which glibc doesn't have
#   clang-analyzer-valist.Uninitialized   clang 14 takes va_start for a call that may fail; gcc's analyser checks the same
#   bugprone-easily-swappable-parameters  a matter of taste; names tell parameters apart
#   bugprone-narrowing-conversions        gcc's -Wconversion is stricter, and an error
#   bugprone-branch-clone                 branches that do the same for different reasons
#   bugprone-implicit-widening-of-multiplication-result   constants such as 64 * 1024, which the compiler works out
#   bugprone-sizeof-expression            sizeof of a pointer is meant where an array of pointers is sorted
#   cert-err34-c                          two hexadecimal digits of a colour can't overflow
#   bugprone-assignment-in-if-condition   the loops that read until NULL
#   cert-err33-c                          wants each snprintf looked at; those into fixed buffers that may cut are meant to
#   misc-no-recursion                     the parser of conditions and trees are bounded (DEPTH_MAX)
#   performance-no-int-to-ptr             (void *)(uintptr_t) takes a const away where an interface forgot it
#   deadcode.DeadStores (scan-build)      a variable that only its cleanup reads looks unread
set -u
build=$1 source=$2
cd "$source" || exit 2
checks='-*,clang-analyzer-*,bugprone-*,cert-*,misc-*,performance-*,portability-*'
checks="$checks,-clang-analyzer-security.insecureAPI.DeprecatedOrUnsafeBufferHandling,-clang-analyzer-valist.Uninitialized"
checks="$checks,-bugprone-easily-swappable-parameters,-bugprone-narrowing-conversions,-bugprone-assignment-in-if-condition"
checks="$checks,-bugprone-branch-clone,-bugprone-implicit-widening-of-multiplication-result,-bugprone-sizeof-expression,-cert-err34-c"
checks="$checks,-cert-err33-c,-misc-no-recursion,-performance-no-int-to-ptr"
failed=0
for tool in cppcheck clang-tidy scan-build gcc; do
    command -v $tool >/dev/null || { echo "analyze.sh: $tool is missing. Install it with: apt-get install cppcheck clang-tidy clang-tools gcc" >&2 && exit 2; }
done
log=$(mktemp) || exit 2
trap 'rm -f "$log"' EXIT

# verdict NAME: what stands in the log as a finding.
verdict() {
    if grep -q -E '(warning|error|style|performance|portability):' "$log"; then
        failed=1
        echo "$1 finds:"
        grep -E '(warning|error|style|performance|portability):' "$log" | sort -u
    else
        echo "$1: nothing"
    fi
}

sources=$(ls core/*/*.c reports/*/*.c cmd/*.c)
flags=$(sed -n 's/^\(LIBPQ\|NETTLE\|LIBJANSSON\|LIBZIP\|EXPAT\)_CFLAGS = //p' "$build/Makefile" | tr '\n' ' ')

cppcheck -q --enable=warning,performance,portability --std=c11 --inline-suppr -D_GNU_SOURCE '-DPACKAGE_VERSION=""' \
    -I. -I"$build" --suppress=missingIncludeSystem --template='{file}:{line}: {severity}: {id}: {message}' core reports cmd >"$log" 2>&1
verdict cppcheck
clang-tidy -quiet -checks="$checks" $sources -- -std=gnu11 -D_GNU_SOURCE -I. -I"$build" $flags >"$log" 2>/dev/null
verdict clang-tidy
mkdir -p "$build/analysis" && cd "$build/analysis" || exit 2
[ -e config.status ] || "$source/configure" -q --disable-tests CFLAGS='-O1' >/dev/null || exit 2
make -s clean >/dev/null 2>&1
scan-build -o "$build/analysis/reports" -disable-checker deadcode.DeadStores make -s rectrack >"$log" 2>&1
verdict scan-build
make -s clean >/dev/null 2>&1
make -s rectrack CC=gcc CFLAGS='-O2 -fanalyzer' >"$log" 2>&1
verdict 'gcc -fanalyzer'
exit $failed
