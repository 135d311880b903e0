"""Two commands at the same time: some by chance, some while the first is held back at each of its messages in turn."""
import os, time

from commands import ImportDocument, ImportStatus, day
from proxy import CLIENT, Fault
from stand import SYMBOL, direct, everything, harm, proxy, report, run, sql, start, through, work

PLACE = f"{SYMBOL}:II.A.1(a)"


def record(state, as_of, level="planned"):
    return ["record", state, PLACE, level, "--as-of", as_of, "-q"]


def recorded(as_of):
    """A new record that is there to be taken back; gives its id."""
    ran = run(*record("Chad", as_of))
    assert ran.returncode == 0, ran.stderr
    return sql("SELECT batch_id || '.1' FROM rectrack.batch ORDER BY position DESC LIMIT 1")


def count(statement):
    return int(sql(f"SELECT count(*) FROM {statement}"))


def verified(bad, db=None):
    ran = run("verify", "-q", db=db)
    if ran.returncode != 0:
        bad.append(ran.stderr)


# ---- by chance ----------------------------------------------------------------------------------------------------------


def at_once(name, one, other, codes, stored, db=None, times=3):
    """`codes`: the sorted pairs that may come of it."""
    bad = []
    for turn in range(times):
        commands = [start(arguments(turn), db or direct()) for arguments in (one, other)]
        said = [command.communicate(timeout=60)[1] for command in commands]
        ended = sorted(command.returncode for command in commands)
        if ended not in codes or not stored(turn):
            bad.append(f"{ended}: {said}")
    verified(bad, db)
    report(f"two at once: {name}", bad)


def by_chance():
    status, document = ImportStatus(), ImportDocument()
    later = lambda turn: f"2030-01-{turn + 1:02}"
    spain = lambda turn: count(f"rectrack.status_record n JOIN rectrack.state s USING (state_id) WHERE iso3 = 'ESP' AND as_of = '{later(turn)}'")
    same = lambda turn: record("Spain", later(turn))
    at_once("the same record", same, same, [[0, 0]], lambda turn: spain(turn) == 1)
    at_once("records that differ", same, lambda turn: record("Spain", later(turn), "implemented"), [[0, 0]], lambda turn: spain(turn) >= 2)
    imported = lambda turn: status.arguments(30000 + turn)
    at_once("the same import", imported, imported, [[0, 0]],
            lambda turn: count(f"rectrack.status_record WHERE as_of = '{day(30000 + turn)}'") == 9)
    read = lambda turn: document.arguments(30000 + turn)
    at_once("the same document", read, read, [[0, 0]], lambda turn: count(f"rectrack.document WHERE symbol = 'FAULT/{30000 + turn}'") == 1)
    sql("CREATE DATABASE fresh", "postgres")
    init = lambda turn: ["init", "-q"]
    at_once("init", init, init, [[0, 0]], lambda turn: sql("SELECT count(*) FROM rectrack.batch", "fresh") == "1", db=direct("fresh"), times=1)
    jobs = f"{work}/race.ini"
    with open(jobs, "w") as out:
        out.write(f"[weekly]\ndirectory = {work}/race\nreports = progress\nformats = csv\nkeep_last = 2\n")
    export = lambda turn: ["export", "run", "--jobs", jobs, "-q"]
    at_once("export run", export, export, [[0, 75], [0, 0]], lambda turn: os.path.exists(f"{work}/race/weekly/latest/manifest.json"))
    at_once("export run that waits", export, lambda turn: export(turn) + ["--wait", "30"], [[0, 75], [0, 0]],
            lambda turn: os.path.exists(f"{work}/race/weekly/latest/manifest.json"))


# ---- one held back --------------------------------------------------------------------------------------------------------


def hold(arguments, at):
    """Starts a command that is held back at a message; gives it when it is."""
    fault = proxy.fault = Fault("hold", CLIENT, at)
    process = start(arguments, through())
    while not fault.held.wait(0.05) and process.poll() is None:
        pass
    return process, fault


def waits(process):
    """Whether a command comes to wait for a lock of another one, rather than to its end."""
    for _ in range(600):
        if process.poll() is not None:
            return False
        if sql("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'rectrack' AND wait_event_type = 'Lock'", "postgres") != "0":
            return True
        time.sleep(0.02)
    raise SystemExit("a command neither ends nor waits for a lock")


def places(messages):
    """The messages at which the first is held: all, or each fourth and the last ones."""
    return range(1, messages + 1) if everything else sorted({*range(1, messages + 1, 6), messages - 1})


def held(name, make, codes, one_left):
    """`make(n)`: the arguments of both commands, for new data. What they leave is counted by `one_left(n)`."""
    bad, number = [], 0
    messages = len(harm(0, Fault(), make(number)[0], through()).fault.types[CLIENT])
    for at in places(messages):
        number += 1
        first_arguments, second_arguments = make(number)
        first, fault = hold(first_arguments, at)
        second = start(second_arguments, direct())
        waits(second)
        fault.release.set()
        said = [command.communicate(timeout=60)[1] for command in (first, second)]
        ended = sorted(command.returncode for command in (first, second))
        if ended not in codes or not one_left(number):
            bad.append(f"held at message {at} of {messages}: {ended}, {said}")
    verified(bad)
    report(f"one held back, the other not: {name}, {number} places", bad)


def held_back():
    ids = {}

    def withdrawals(number):
        ids[number] = recorded(day(number))
        return [["withdraw", ids[number], "--reason", "test", "-q"]] * 2

    def undos(number):
        ids[number] = recorded(day(number + 1000))
        return [["undo", ids[number].split(".")[0], "--reason", "test", "-q"]] * 2

    def amendments(number):
        ids[number] = recorded(day(number + 2000))
        return [["amend", ids[number], "--as-of", day(number + 3000 + 1000 * other), "--reason", "test", "-q"] for other in range(2)]

    told = [[0, 65]]  # one wins, the other is told
    withdrawn = lambda number: count(f"rectrack.withdrawal w JOIN rectrack.status_record n USING (state_id, rec_id, kind, as_of, rev) WHERE n.batch_id || '.' || n.line = '{ids[number]}'") == 1
    held("the same withdrawal", withdrawals, told, withdrawn)
    held("the same undo", undos, told, lambda number: count(f"rectrack.batch_withdrawal WHERE withdrawn_batch_id || '.1' = '{ids[number]}'") == 1)
    held("amendments that lead elsewhere", amendments, told, withdrawn)
    held("the same record", lambda number: [record("Peru", day(number))] * 2, [[0, 0]],
         lambda number: count(f"rectrack.status_record n JOIN rectrack.state s USING (state_id) WHERE iso3 = 'PER' AND as_of = '{day(number)}'") == 1)


def waiting():
    """A writer waits for another one's commit and for nothing else: not as long as rows stream in."""
    bad, waited, status = [], [], ImportStatus()
    counted = harm(0, Fault(), status.arguments(20000), through())
    types = counted.fault.types[CLIENT]
    last_rows = max(at for at, kind in enumerate(types, 1) if kind in "dc")
    for at in range(1, len(types) + 1):
        if not everything and at < last_rows - 6 and at % 8:
            continue
        first, fault = hold(status.arguments(20000 + at), at)
        second = start(record("Togo", day(at)), direct())
        if waits(second):
            waited.append(at)
        fault.release.set()
        ended = [command.wait(60) for command in (first, second)]
        if ended != [0, 0]:
            bad.append(f"held at message {at}: {ended} {first.stderr.read()} {second.stderr.read()}")
        first.stderr.close()
        second.stderr.close()
    if not waited or min(waited) <= last_rows:
        bad.append(f"waited at {waited}, the last rows are sent at {last_rows} of {len(types)}")
    report(f"a second writer waits for the commit of an import alone: {len(waited)} of {len(types)} messages, all behind the rows", bad)


def run_all():
    by_chance()
    held_back()
    waiting()
