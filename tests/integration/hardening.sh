#!/bin/sh
# The program is protected against memory errors as far as compiler and linker can, and the same sources give the same
# program in every folder. What is looked for: OpenSSF's "Compiler Options Hardening Guide for C and C++".
. "$(dirname "$0")/tap.shlib"

configured() { grep -q "^HARDENING_CFLAGS = .*$1" "$RECTRACK_BUILD/Makefile" && echo yes || echo no; }

if [ "$(configured FORTIFY_SOURCE)" = yes ]; then
    segments=$(readelf -lW "$RECTRACK")
    dynamic=$(readelf -dW "$RECTRACK")
    symbols=$(readelf -sW "$RECTRACK")
    has() { printf '%s\n' "$1" | grep -c -m 1 -E "$2"; }

    check 'position-independent' 1 "$(has "$dynamic" 'FLAGS_1.*PIE')"
    check 'bound when it starts' 1 "$(has "$dynamic" 'FLAGS_1.*NOW')"
    check 'relocations are read-only' 1 "$(has "$segments" GNU_RELRO)"
    check 'the stack is not executable' 1 "$(has "$segments" 'GNU_STACK.* RW ')"
    check 'nothing is writable and executable' 0 "$(has "$segments" 'LOAD.* RWE ')"
    check 'guards on the stack' 1 "$(has "$symbols" __stack_chk_fail)"
    check 'checked memory and string functions' 1 "$(has "$symbols" '__memcpy_chk')"
    check 'no path to libraries is built in' 0 "$(has "$dynamic" 'RPATH|RUNPATH')"
    # Debian's own start-up file isn't marked, so the program as a whole can't be; every object of ours is.
    if [ "$(configured cf-protection)" = yes ] && [ "$(uname -m)" = x86_64 ]; then
        check 'branches and returns are protected in every object' 0 \
            "$(readelf -nW "$RECTRACK_BUILD"/librectrack_core.a "$RECTRACK_BUILD"/librectrack_reports.a |
                awk '/^File:/ { if (open) bad++; open = 1 } /IBT, SHSTK/ { open = 0 } END { print bad + open + 0 }')"
    fi
fi

# Each more would make every command start later (core/base/library.h); libcrypto and libgnutls come with libpq (configure.ac).
check 'only what every command needs is loaded with it' 'libc libnettle libpq libunistring' \
    "$(readelf -dW "$RECTRACK" | sed -n 's/.*NEEDED.*\[\(.*\)\.so.*/\1/p' | grep -v -e 'lib.*san' -e libcrypto -e libgnutls -e libm | sort | tr '\n' ' ' | sed 's/ $//')"

if grep -q -e --coverage "$RECTRACK_BUILD/Makefile"; then
    number=$((number + 1))
    echo "ok $number - no path of the build is in the program # SKIP a build that counts lines knows where its counts go"
else
    check 'no path of the build is in the program' 0 "$(grep -c -a -F -- "$RECTRACK_BUILD" "$RECTRACK")"
fi

# build FOLDER: the program built in a copy of the sources.
build() {
    mkdir -p "$1/build" && tar -C "$RECTRACK_SOURCE" --exclude='test_*' --exclude='*.o' --exclude=.deps --exclude=.dirstamp \
        -cf - cmd core fixtures po reports sql tests Makefile.am autogen.sh configure.ac |
        tar -C "$1" -xf - && cd "$1" && ./autogen.sh && cd build && ../configure -q --disable-tests && make -s rectrack
}
if [ -n "${RECTRACK_TEST_ALL:-}" ]; then
    (build "$work/one") >"$work/log" 2>&1 && (build "$work/another/folder") >>"$work/log" 2>&1 || tail "$work/log"
    check 'two builds in two folders give the same program' 0 \
        "$(cmp "$work/one/build/rectrack" "$work/another/folder/build/rectrack" >&2; echo $?)"
fi
finish
