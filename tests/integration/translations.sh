#!/bin/sh
# The catalogues in po/ are whole: nothing untranslated, nothing fuzzy, every placeholder there, nothing left over.
. "$(dirname "$0")/tap.shlib"
messages=$work/messages.pot
check 'the messages are found' 0 "$(code sh -c '"$RECTRACK_SOURCE/po/update" --print >"$1"' sh "$messages")"
# A few of each source: translate, N_, translate_in, the register.
for message in 'No response' 'November' '%d %B %Y' 'African States' 'Sub-Saharan Africa' 'Overtaken by events'; do
    check "… among them \"$message\"" 1 "$(msggrep --no-wrap -K -F -e "$message" "$messages" | grep -c -F -x "msgid \"$message\"" | sed 's/^[2-9]$/1/')"
done
check 'the catalogues' 'ar.po es.po fr.po ru.po zh.po' "$(cd "$RECTRACK_SOURCE/po" && echo *.po)"
for catalogue in "$RECTRACK_SOURCE"/po/*.po; do
    name=${catalogue##*/}
    check "$name: well-formed, with all placeholders" 0 "$(code msgfmt --check-format --check-domain -o /dev/null "$catalogue")"
    check "$name: no message is missing" 0 "$(code msgcmp "$catalogue" "$messages")"
    check "$name: nothing is fuzzy or obsolete" '' "$(msgattrib --only-fuzzy "$catalogue"; msgattrib --only-obsolete "$catalogue")"
    # They would be shown escaped, as all of them are that come from outside.
    check "$name: no control characters of direction" 0 "$(grep -c -P '\x{061c}|[\x{200e}\x{200f}\x{202a}-\x{202e}\x{2066}-\x{2069}]' "$catalogue")"
    check "$name: nothing is left over" '' "$(msgcomm --unique --omit-header "$catalogue" "$messages" 2>/dev/null)"
done
finish
