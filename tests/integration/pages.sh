#!/bin/sh
# Reports as pages for a browser: whole, harmless, the same each time, and each letter leads to the answer behind it.
. "$(dirname "$0")/tap.shlib"
rectrack import document "$report" --symbol "$symbol" -q
rectrack record Italy 'II.A.1(a)' implemented --as-of 2026-09-30 --received 2026-10-02 --channel note-verbale \
    --source 'NV 123/2026' --evidence 'https://example.org/law?a=1&b=2' --note '<script>alert("x")</script>' -q
rectrack record Italy 'II.A.1(a)' planned --as-of 2020-01-01 --note 'an older answer' -q
rectrack record Brazil 'II.B.2(g)' partially-implemented --as-of 2026-10-05 --evidence 'javascript:alert(1)' -q
cd "$work" || exit 1
as_of='--as-of 2026-11-24'
rectrack report matrix $as_of -o matrix.html
has() { grep -c -F -- "$1" matrix.html; }

check 'a page by its ending' '<!DOCTYPE html>' "$(head -n 1 matrix.html)"
check 'a letter leads to its answer' 1 "$(has '<a href="#a2" title="Implemented">I</a>')"
check '… the newest one, with its day' 1 "$(has '<time datetime=2026-09-30>30 September 2026</time>')"
check '… and not an older one' 0 "$(has 'an older answer')"
check '… its source, which stands before the letters too' 2 "$(has 'NV 123/2026')"
check '… its evidence as a link' 1 "$(has '<a rel=noreferrer href="https://example.org/law?a=1&amp;b=2">')"
check '… its note, which is only text' 1 "$(has '&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;')"
check '… and its record' "$(rectrack list records --state ITA --format csv | sed -n 's/,.*2026-09-30.*//p')" \
    "$(sed -n 's/^.*NV 123.*<td>\([0-9.]*\)$/\1/p' matrix.html)"
check 'evidence that is no address of the web is no link' 0 "$(has 'href="javascript')"
check 'the text of each recommendation' 16 "$(grep -c '^<tr id=r[0-9]*>' matrix.html)"
check '… with its document' 16 "$(has 'href="https://undocs.org/en/CTOC/COP/WG.7/2018/L.1/Add.1"')"
check 'a row for each Party' 143 "$(grep -c '^<tr id="s-' matrix.html)"
check 'a picture of the groups' 1 "$(has '<svg ')"
# No address but those that a reader may follow; nothing is fetched.
check 'nothing is loaded from elsewhere' 0 "$(grep -c -E '(src|srcset|action|data)=|@import|url\(' matrix.html)"

# The policy of the page names the digests of its style and its script, computed here by other programs.
digest() { # ELEMENT
    sed -n "/<$1>/,/<\/$1>/p" matrix.html | sed -e "1s/^.*<$1>//" -e "\$s/<\/$1>.*//" >"$1"
    size=$(($(wc -c <"$1") - 1)) # sed ends the last line
    printf "'sha256-%s'" "$(head -c "$size" "$1" | sha256sum | cut -c 1-64 | tr a-f A-F | basenc --base16 -d | base64)"
}
policy=$(grep -o "default-src 'none'.*base-uri" matrix.html)
check 'the policy allows the style' "style-src $(digest style)" "$(printf '%s' "$policy" | grep -o "style-src [^;]*")"
check '… and the script, and nothing else' "script-src $(digest script)" "$(printf '%s' "$policy" | grep -o "script-src [^;]*")"

rectrack report matrix $as_of -o again.html
check 'the same data give the same page' 0 "$(code cmp matrix.html again.html)"
# known-at: what was recorded later is not on an old page.
position=$(rectrack list records --state ITA --format csv | sed -n 's/\..*2026-09-30.*//p')
moment=$(rectrack show "$position" --format json | sed -n 's/.*"recorded_at": "\(.*\)".*/\1/p')
rectrack report matrix $as_of --known-at "$moment" -o old.html
rectrack withdraw "$(rectrack list records --state ITA --format csv | sed -n 's/,.*2026-09-30.*//p')" --reason 'not theirs' -q
rectrack report matrix $as_of -o after.html
check 'after a withdrawal the page shows the answer before' 1 "$(grep -c 'an older answer' after.html)"
rectrack report matrix $as_of --known-at "$moment" -o old_again.html
check '… but not a page of what was known before' 0 "$(code cmp old.html old_again.html)"

# All letters lead somewhere: a table filled to the last pair, with the letter that the CSV has.
rectrack list states --format csv | awk -F, 'NR > 1 { print $1 }' >states
rectrack report matrix $as_of --format csv | sed -n '1s/,/\n/gp' | grep : >references
{
    echo state,recommendation,level,as_of,channel,source
    while read -r reference; do
        awk -v r="$reference" 'BEGIN { split("implemented planned not-implemented", level, " ") }
            { print $1 "," r "," level[NR % 3 + 1] ",2026-10-10,questionnaire,Reply " NR }' states
    done <references
} >full.csv
rectrack import status full.csv -q
rectrack report matrix $as_of -o full.html
rectrack report matrix $as_of -o full.csv
check 'every pair has its answer' "$((143 * 16))" "$(grep -c '^<tr id=a[0-9]*>' full.html)"
check '… with the letter of the table' \
    "$(awk -F, 'NR > 1 && $1 != "total" { n = NF - 16; for (i = n; i < n + 16; i++) print $i }' full.csv | sort | uniq -c)" \
    "$(grep -o 'title="[^"]*">[A-Z]*</a>' full.html | sed 's/.*>\(.*\)<.*/\1/' | sort | uniq -c)"
check '… and no letter leads nowhere' 0 "$(grep -o '<td class="level s[0-9]*">[A-Z]' full.html | wc -l)"
check '… and a page that a mail can carry' 1 "$([ "$(wc -c <full.html)" -lt 1200000 ] && echo 1)"

# A later version of the document: answers given on the earlier one count for it, and say what they were given on.
sed 's|L\.1/Add\.1|L.2/Add.1|g' "$report" >final.txt
rectrack import document final.txt --symbol CTOC/COP/WG.7/2018/L.2/Add.1 --supersedes "$symbol" --yes -q >out
rectrack record Italy 'CTOC/COP/WG.7/2018/L.2/Add.1:II.A.1(b)' planned --as-of 2026-10-20 --source 'On the final text' -q
rectrack report matrix $as_of -o later.html
check 'answers follow to the later version' "$((143 * 16))" "$(grep -c '^<tr id=a[0-9]*>' later.html)"
check '… and name the earlier one' "$((143 * 16 - 1))" "$(grep -c "<br><small>$symbol:" later.html)"
check '… unless one was given on the later' 1 "$(grep -c '^<tr id=a[0-9]*><th scope=row><a href="#r[0-9]*">[^<]*</a><td>.*On the final text' later.html)"
check '… and no letter leads nowhere' 0 "$(grep -o '<td class="level s[0-9]*">[A-Z]' later.html | wc -l)"

# The shape of every kind of page, by another program.
rectrack report groups $as_of --lang ar -o groups.html
rectrack report trend $as_of --compare 2025-12-31 -o trend.html 2>/dev/null || rectrack report trend $as_of -o trend.html
rectrack list records -o list.html
rectrack list responses -o empty.html --state Fiji
rectrack show Italy -o show.html
check 'pages are well-formed, and their links lead somewhere' '' \
    "$(python3 "$RECTRACK_SOURCE/tests/integration/check_page.py" matrix.html full.html later.html groups.html trend.html list.html empty.html show.html)"
finish
