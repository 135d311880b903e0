#!/bin/sh
# What a scheduler is given: units that systemd accepts, a line that cron's shell runs.
. "$(dirname "$0")/tap.shlib"
cd "$work" || exit 1
mkdir "it's 100% odd"
jobs="$work/it's 100% odd/jobs.ini"
cat >"$jobs" <<END
[weekly]
directory = $work/sets
reports = groups
on = Mon *-*-* 06:00
[other]
directory = $work/sets
reports = groups
END
schedule() { rectrack export schedule --jobs "$jobs" "$@"; }
unit() { sed -n "/^# .*\\.$1\$/,/^# .*\\.timer\$/p" | sed '1d; /^# .*\.timer$/d'; }
# skip N NAME...: tests that can't be done here.
skip() {
    for name in "$@"; do
        number=$((number + 1))
        echo "ok $number - $name # SKIP no systemd here"
    done
}

check 'a time is needed' 2 "$(code schedule other)"
check '… and none that isn’t one' 2 "$(code schedule other --on 'Mun 06:00')"
check 'a password is refused' 2 "$(code schedule weekly --db 'host=h password=secret')"
check '… and not repeated' 0 "$(said secret)"
check 'PG… variables are not there later' 2 "$(PGHOST=h code schedule weekly)"
schedule weekly --run-as daemon --db 'host=h dbname=100%' >both
check 'the timer has the job file’s time' 1 "$(grep -c '^OnCalendar=Mon \*-\*-\* 06:00$' both)"
check '… or the one given' 1 "$(schedule weekly --on 'Tue 07:00' | grep -c '^OnCalendar=Tue 07:00$')"
if command -v systemd-analyze >/dev/null 2>&1; then
    unit service <both >rectrack-export-weekly.service
    schedule weekly --user >mine && unit service <mine >mine.service
    sed -n '/^# .*\.timer$/,$p' both >rectrack-export-weekly.timer
    check 'systemd accepts the units' '' "$(systemd-analyze verify --man=no ./rectrack-export-weekly.service ./rectrack-export-weekly.timer 2>&1)"
    check '… and those of a user' '' "$(systemd-analyze verify --man=no ./mine.service 2>&1)"
    check 'and finds little exposed' OK "$(systemd-analyze security --no-pager --offline=true ./rectrack-export-weekly.service 2>/dev/null | sed -n 's/.*exposure level.*: [0-9.]* \([A-Z]*\).*/\1/p')"
    for on in 'Mon *-*-* 06:00' 'Mon..Fri,Sun 07:30:05' '*-*-1,15 06:00 Europe/Vienna' '*-1/3-1 06:00' weekly 2027-01-01 '*:0/15' \
        'Mun 06:00' 25:00 '*-13-1' '*-*-* 6' 'Mon 06:00 x'; do
        systemd-analyze calendar "$on" >/dev/null 2>&1 && expected=0 || expected=2
        check "the time \"$on\" is judged as systemd does" $expected "$(code schedule weekly --on "$on")"
    done
else
    skip 'systemd accepts the units' '… and those of a user' 'and finds little exposed'
fi
if [ ! -e /run/systemd/system ]; then
    check 'units are installed' 0 "$(XDG_CONFIG_HOME="$work/config" code schedule weekly --install --user)"
    check '… where systemd reads them' 'rectrack-export-weekly.service rectrack-export-weekly.timer' \
        "$(ls "$work/config/systemd/user" | tr '\n' ' ' | sed 's/ $//')"
    check '… and it is said what is to be done' 1 "$(said 'systemctl --user enable --now rectrack-export-weekly.timer')"
fi

# cron: five fields, then a command for sh, in which % is written \%.
line=$(schedule weekly --cron)
check 'a line for cron' '0 6 * * 1' "$(echo "$line" | cut -d' ' -f1-5)"
set -f
command=$(printf '%s\n' "$line" | cut -d' ' -f6- | sed 's/\\%/%/g')
set +f
check 'its command runs' 0 "$(code sh -c "$command")"
check '… quietly' 0 "$(wc -c <"$work/said")"
check '… and makes a set' 1 "$(ls -d "$work"/sets/weekly/2*Z | wc -l)"
check 'cron can’t say everything' 2 "$(code schedule weekly --cron --on 'Mon *-*-1 06:00')"
check 'a line is only printed' 2 "$(code schedule weekly --cron --install)"
finish
