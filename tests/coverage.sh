#!/bin/sh
# Prints how many lines of core and reports the tests ran, file by file, and fails below a percentage.
# Called by `make coverage` in a build with --enable-coverage, after the tests.
#
#   coverage.sh SOURCE PERCENT
set -eu
source=$1
percent=$2

if ! command -v lcov >/dev/null 2>&1; then
  echo 'coverage.sh: lcov is missing. Install it with: apt-get install lcov' >&2
  exit 1
fi

lcov --quiet --capture --initial --directory . --output-file coverage-all.info
lcov --quiet --capture --directory . --output-file coverage-run.info
lcov --quiet --add-tracefile coverage-all.info --add-tracefile coverage-run.info --output-file coverage-all.info
lcov --quiet --extract coverage-all.info "*/core/*" "*/reports/*" --output-file coverage.info
rm -f coverage-all.info coverage-run.info

awk -F: -v source="$source/" -v percent="$percent" '
  function share(hit, found) { return found ? 100 * hit / found : 100 }
  /^SF:/ { name = substr($0, 4); if (index(name, source) == 1) name = substr(name, length(source) + 1) }
  /^LF:/ { found = $2 }
  /^LH:/ { hit = $2 }
  /^end_of_record/ {
    printf "%6.1f %%  %5d of %5d  %s\n", share(hit, found), hit, found, name
    hits += hit
    lines += found
  }
  END {
    printf "%6.1f %%  %5d of %5d  lines of core and reports\n", share(hits, lines), hits, lines
    if (share(hits, lines) < percent) {
      printf "coverage.sh: below %s %%\n", percent
      exit 1
    }
  }' coverage.info
