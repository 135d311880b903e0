#!/bin/sh
# Prints how many lines and branches of core and reports the tests ran, file by file, the worst first, and fails where
# one of the sums stands below its limit.  Called by `make coverage` in a build with --enable-coverage, after the tests.
#
#   coverage.sh SOURCE LINES BRANCHES      LINES and BRANCHES: the least percentage of each
#
# A branch is one way out of one condition, as gcov counts them in a build without optimization: `if (a && b)` has four.
# Nothing is taken out of the count: what only a failing allocation, write or server reaches is in it.
set -eu
source=$1 lines=$2 branches=$3

if ! command -v lcov >/dev/null 2>&1; then
  echo 'coverage.sh: lcov is missing. Install it with: apt-get install lcov' >&2
  exit 1
fi

lcov() { command lcov --quiet --rc lcov_branch_coverage=1 --base-directory "$source" "$@"; }
lcov --capture --initial --directory . --output-file coverage-all.info
lcov --capture --directory . --output-file coverage-run.info
lcov --add-tracefile coverage-all.info --add-tracefile coverage-run.info --output-file coverage-all.info
lcov --extract coverage-all.info "*/core/*" "*/reports/*" --output-file coverage.info
rm -f coverage-all.info coverage-run.info

awk -F: -v source="$source/" '
  /^SF:/ { name = substr($0, 4); if (index(name, source) == 1) name = substr(name, length(source) + 1) }
  /^LF:/ { lines = $2 }
  /^LH:/ { lines_hit = $2 }
  /^BRF:/ { branches = $2 }
  /^BRH:/ { branches_hit = $2 }
  /^end_of_record/ {
    print lines_hit, lines, branches_hit, branches, name
    lines = lines_hit = branches = branches_hit = 0
  }' coverage.info |
  awk -v least_lines="$lines" -v least_branches="$branches" '
  function share(hit, found) { return found ? 100 * hit / found : 100 }
  function row(hit, found) { return sprintf("%6.1f %% %5d of %5d", share(hit, found), hit, found) }
  {
    printf "%5d  %s  %s  %s\n", $4 - $3, row($1, $2), row($3, $4), $5 | "sort -rn"
    lines_hit += $1; lines += $2; branches_hit += $3; branches += $4
  }
  BEGIN { print "missed  lines                     branches"; fflush() }
  END {
    close("sort -rn")
    printf "%s lines and %s branches of core and reports (at least %s %% and %s %%)\n",
      row(lines_hit, lines), row(branches_hit, branches), least_lines, least_branches
    exit share(lines_hit, lines) < least_lines || share(branches_hit, branches) < least_branches
  }'
