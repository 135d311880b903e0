#!/bin/sh
# What `make install` brings, and that the installed program needs nothing of the source tree.
. "$(dirname "$0")/tap.shlib"
prefix=$(sed -n 's/^prefix = //p' "$RECTRACK_BUILD/Makefile")
check 'make install' 0 "$(code make -s -C "$RECTRACK_BUILD" install DESTDIR="$work/there")"
installed=$work/there$prefix
for file in bin/rectrack share/man/man1/rectrack.1 share/bash-completion/completions/rectrack \
    share/zsh/site-functions/_rectrack share/fish/vendor_completions.d/rectrack.fish; do
    check "$file is there" yes "$([ -s "$installed/$file" ] && echo yes)"
done
check 'the manual page names every command' "$(rectrack help | sed -n 's/^  \([a-z]*\) .*/\1/p' | tr '\n' ' ')" \
    "$(sed -n 's/^\.SS \([a-z]*\).*/\1/p' "$installed/share/man/man1/rectrack.1" | tr '\n' ' ')"
cd / || exit 1
check 'the installed program makes a database of its own' 0 "$(code "$installed/bin/rectrack" init)"
check '… with all States' 198 "$("$installed/bin/rectrack" list states --format jsonl | wc -l)"
check 'make uninstall' 0 "$(code make -s -C "$RECTRACK_BUILD" uninstall DESTDIR="$work/there")"
check '… leaves nothing' 0 "$(find "$work/there" -type f | wc -l)"
finish
