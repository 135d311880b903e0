#!/bin/sh
# Pages in a real browser: tests/browser/pages.js clicks, filters, sorts and prints them, in all six languages, and axe-core
# looks for what shuts readers out. Heavy: Chromium, and two packages of npm that "quickstart check --all" has fetched.
modules=$RECTRACK_BUILD/browser
if [ -z "${RECTRACK_TEST_ALL:-}" ]; then
    echo '1..1'
    echo 'ok 1 - pages in a browser # SKIP only with --all'
    exit 0
fi
. "$(dirname "$0")/tap.shlib"
if ! command -v chromium >/dev/null || ! command -v node >/dev/null || [ ! -d "$modules/node_modules/axe-core" ]; then
    echo '1..1'
    echo 'ok 1 - pages in a browser # SKIP chromium, node or their packages are missing: "./quickstart check --all" gets them'
    exit 0
fi
rectrack import document "$report" --symbol "$symbol" -q
rectrack import status "$RECTRACK_SOURCE/fixtures/demo/status.csv" -q
rectrack record Italy 'II.A.1(a)' implemented --as-of 2026-09-30 --received 2026-10-02 --channel note-verbale --source 'NV 123/2026' \
    --evidence 'https://example.org/law' --note 'Adoptée en première lecture' --language fr -q
mkdir "$work/pages" "$work/shots"
for language in en ar es fr ru zh; do
    rectrack report matrix --as-of 2026-11-24 --lang $language -o "$work/pages/matrix-$language.html"
    rectrack report trend --as-of 2026-11-24 --lang $language -o "$work/pages/trend-$language.html"
done
HOME=$work timeout 500 node "$RECTRACK_SOURCE/tests/browser/pages.js" "$modules" "$work/shots" "$work"/pages/*.html
code=$?
rm -rf "$modules/shots" && cp -r "$work/shots" "$modules/shots" # to be looked at
exit $code
