#!/bin/sh
# What the pages and the help name is there: files and folders, commands and options; and the manual page is good roff.
. "$(dirname "$0")/tap.shlib"
cd "$RECTRACK_SOURCE" || exit 1

# ---- paths between backticks: those below the folders of the sources, but for placeholders (X, FORMAT, VERB) and patterns
for page in README.md CONTRIBUTING.md SECURITY.md; do
    missing=
    for path in $(grep -o '`[a-z.]*/[A-Za-z0-9_./-]*`' "$page" | tr -d '`' | grep -E '^(cmd|core|reports|sql|po|fixtures|tests)/' |
        grep -v -E '[/_.](X|MODULE|VERB|FORMAT|LANGUAGE|NAME)\b|corpus/X|_$'); do
        [ -e "$path" ] || missing="$missing $path"
    done
    check "$page names only what is there" '' "$missing"
done
check 'the list of paths is not empty' yes "$([ "$(grep -c '`core/' CONTRIBUTING.md)" -gt 3 ] && echo yes)"

# ---- commands and options of lines and of code between backticks that begin with "rectrack"
rectrack help --man >"$work/man"
options_of() { rectrack help "$1" | sed -n -E 's/^  (-[a-z], |    )(--[a-z-]+).*/\2/p'; }
for verb in $(rectrack help | sed -n -E 's/^  ([a-z]+) .*/\1/p'); do
    options_of "$verb" >"$work/options.$verb"
done
verbs=$(cd "$work" && ls options.* | sed 's/options\.//')
unknown=
{
    grep -h -o -E '`rectrack [^`]*`' README.md CONTRIBUTING.md SECURITY.md | tr -d '`'
    sed -n -E 's/^    (\$ )?(rectrack [a-z].*)/\2/p' README.md | sed 's/ #.*//'
    for verb in $verbs; do rectrack help "$verb" | sed -n '/^Examples:/,/^Exit codes:/s/^  \(rectrack\)/\1/p'; done
} | sed 's/ -- .*//' >"$work/commands"
while read -r _ verb rest; do
    [ -e "$work/options.$verb" ] || [ "$verb" = '…' ] || unknown="$unknown $verb"
    for option in $(echo "$rest" | grep -o -E -- ' --[a-z][a-z-]*'); do
        grep -q -x -e "$option" "$work/options.$verb" 2>/dev/null || unknown="$unknown $verb:$option"
    done
done <"$work/commands"
check 'the pages and examples give no command or option that there is not' '' "$unknown"
check '… of many that were looked at' yes "$([ "$(wc -l <"$work/commands")" -gt 80 ] && echo yes)"

# ---- help and manual page
for verb in $verbs; do
    [ "$(rectrack "$verb" --help)" = "$(rectrack help "$verb")" ] || unknown="$unknown $verb"
done
check 'VERB --help is what help VERB is' '' "$unknown"
# But for the forms of a command, which stand on one line each.
check 'no line of the help is wider than 80 columns' '' \
    "$(for verb in $verbs; do rectrack help "$verb" | grep -v -e '^  rectrack' -e '^Usage' -e '^       rectrack' -e '^Role' | awk -v verb="$verb" 'length($0) > 80 { print verb ": " $0 }'; done)"
check 'every command has its place in the manual page' '' \
    "$(for verb in $verbs; do grep -q "^\.SS $verb" "$work/man" || echo "$verb"; done)"
if command -v groff >/dev/null 2>&1; then
    check 'the manual page has no warning' '' "$(groff -man -Tutf8 -ww -K utf8 "$work/man" 2>&1 >/dev/null)"
elif command -v man >/dev/null 2>&1; then
    check 'the manual page has no warning' '' "$(MANWIDTH=80 man --warnings=w -E UTF-8 -l "$work/man" 2>&1 >/dev/null)"
else
    skip 'the manual page has no warning' 'no groff and no man here'
fi
finish
