"""Harms commands at every message that they send to the server, and looks at what is left. Prints TAP.

After each fault: the ledger verifies, no batch is there in part, none that was acknowledged is lost, nothing is said to
be not stored that is, an output is whole or not there, and the exit code is a documented one.

run.py SERVER-FOLDER PORT DATA-FOLDER: a running server; what restarts it is in FAULTS_START."""
import os, shlex, signal, subprocess, sys, time

sys.path.insert(0, os.path.dirname(__file__))
from proxy import Fault, Proxy

folder, port, data = sys.argv[1:4]
rectrack, source = os.environ["RECTRACK"], os.environ["RECTRACK_SOURCE"]
start_server = shlex.split(os.environ["FAULTS_START"])
everything = bool(os.environ.get("FAULTS_ALL"))
work = os.getcwd()
SYMBOL = "CTOC/COP/WG.7/2018/L.1/Add.1"
DIRECT = f"host={folder} port={port} dbname=faults user=owner"
THROUGH = f"host={work}/proxy port=5432 dbname=faults user=owner"
KINDS = ["cut", "cut-after", "truncate", "delay", "KILL", "INT", "TERM", "HUP", "kill-server-process", "kill-server"]
# What a command may end with, besides 0: lost connection, server that stops, interrupted, or its death.
ENDS = {"KILL": {-signal.SIGKILL}, "INT": {130}, "TERM": {130}, "HUP": {130}, "delay": set()}
LOST = {69}
injected = survived = lost = number = failed = 0
proxy = Proxy(f"{work}/proxy", f"{folder}/.s.PGSQL.{port}")


def direct(*arguments, db=DIRECT):
    return subprocess.run([rectrack, *arguments, "--db", db], capture_output=True, text=True, timeout=60)


def sql(statement, database="postgres"):
    ran = subprocess.run(["psql", "-X", "-q", "-A", "-t", "-h", folder, "-p", port, "-U", "owner", "-d", database, "-c", statement],
                         capture_output=True, text=True, timeout=60)
    return ran.stdout.strip()


def wait_for_server():
    for _ in range(200):
        if sql("SELECT 1") == "1":
            return
        if not os.path.exists(f"/proc/{proxy.postmaster}") or open(f"/proc/{proxy.postmaster}/stat").read().split()[2] == "Z":
            # Refused as long as a process of the killed server is still on its way out.
            if subprocess.run(start_server, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60).returncode == 0:
                note_postmaster()
        time.sleep(0.05)
    raise SystemExit("the server doesn't come back")


def note_postmaster():
    proxy.postmaster = int(open(f"{data}/postmaster.pid").readline())


def harm(kind, at, arguments, db):
    """Runs a command with a fault. Gives the fault, exit code and what it said."""
    fault = proxy.fault = Fault(kind, at)
    process = subprocess.Popen([rectrack, *arguments, "--db", db], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE, text=True)
    fault.client = process.pid
    try:
        _, said = process.communicate(timeout=30)
    except subprocess.TimeoutExpired:
        process.kill()
        return fault, "hangs", process.communicate()[1]
    return fault, process.returncode, said


class Command:
    """A command with a way to make it new each time, and to tell whether what it stores is there."""

    def __init__(self, name, arguments, stored, kinds=KINDS, files=(), fresh=None):
        self.name, self.arguments, self.stored, self.kinds, self.files, self.fresh = name, arguments, stored, kinds, files, fresh


def problems(command, run, kind, fault, code, said, db):
    wait_for_server()
    found = []
    stored = command.stored(run)
    if code != 0 and code not in ENDS.get(kind, LOST) and not (kind in ("INT", "TERM", "HUP") and code in LOST):
        found.append(f"exit code {code}")
    if code == 0 and stored is False:
        found.append("LOST: acknowledged, and not there")
    if code != 0 and stored and "Nothing was stored" in said:
        found.append("said not to be stored, and is there")
    for file in command.files:
        if code == 0 and not os.path.exists(file):
            found.append("LOST: the file")
        if os.path.exists(file) and not open(file).read().endswith("\n"):
            found.append("a file in part")
    leftovers = [name for name in os.listdir(f"{work}/out") if f"{work}/out/{name}" not in command.files]
    if leftovers:
        found.append(f"left over: {leftovers}")
    verified = direct("verify", "-q", db=DIRECT if db == THROUGH else db.replace(f"{work}/proxy port=5432", f"{folder} port={port}"))
    # A database whose `init` was cut off has no ledger yet.
    if verified.returncode != 0 and not (command.fresh and verified.returncode == 78):
        found.append("ledger: " + verified.stderr)
    return found


def places(messages, kind):
    if everything:
        return range(1, messages + 1)
    costly = kind in ("kill-server", "kill-server-process")
    return sorted({messages - 1} if costly else {messages // 2, messages - 1})


def torture(command):
    global injected, survived, lost, number, failed
    run = 0

    def once(kind, at):
        nonlocal run
        run += 1
        for file in command.files:
            if os.path.exists(file):
                os.unlink(file)
        db = command.fresh(run) if command.fresh else THROUGH
        return (db, *harm(kind, at, command.arguments(run), db))

    db, fault, code, said = once("none", 0)
    messages, bad = fault.count, []
    if code != 0:
        bad.append(f"without a fault: exit code {code}: {said}")
    for kind in command.kinds:
        for at in places(messages, kind):
            if kind == "kill-server-process" and at == 1:
                continue  # there is none yet
            db, fault, code, said = once(kind, at)
            found = problems(command, run, kind, fault, code, said, db)
            injected += fault.done
            survived += fault.done and not found
            lost += any(problem.startswith("LOST") for problem in found)
            bad += [f"{kind} at message {at} of {messages}: {problem} ({said.strip()})" for problem in found]
    for file in command.files:
        if os.path.exists(file):
            os.unlink(file)
    report(f"{command.name}: {messages} messages", bad)


def report(name, bad):
    global number, failed
    number += 1
    failed += bool(bad)
    print(f"{'not ok' if bad else 'ok'} {number} - {name}", flush=True)
    for line in bad[:30]:
        print("# " + line.replace("\n", "\n# "))


def two_at_once(name, one, other, codes, stored, db=DIRECT, times=3):
    """Two commands at the same time. `codes`: the sorted pairs that may come of it."""
    bad = []
    for turn in range(times):
        commands = [subprocess.Popen([rectrack, *arguments(turn), "--db", db], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                     stderr=subprocess.PIPE, text=True) for arguments in (one, other)]
        said = [command.communicate(timeout=60)[1] for command in commands]
        ended = sorted(command.returncode for command in commands)
        if ended not in codes or not stored(turn):
            bad.append(f"{ended}: {said}")
    verified = direct("verify", "-q", db=db)
    if verified.returncode != 0:
        bad.append(verified.stderr)
    report(f"two at once: {name}", bad)


def day(run):
    return f"{2000 + run // 336:04}-{run // 28 % 12 + 1:02}-{run % 28 + 1:02}"


def is_recorded(state, expected=1):
    def stored(run):
        statement = f"""SELECT count(*) FROM rectrack.status_record n JOIN rectrack.state s USING (state_id)
                        WHERE s.iso3 = '{state}' AND n.as_of = '{day(run)}'"""
        return int(sql(statement, "faults")) == expected
    return stored


def status_file(run):
    path = f"{work}/status.csv"
    with open(path, "w") as out:
        out.write("state,recommendation,level,as_of,note\n")
        for place in "abcdefghi":
            out.write(f"FRA,{SYMBOL}:II.A.1({place}),planned,{day(run)},{run}\n")
    return path


def document_file(run):
    path = f"{work}/document.txt"
    text = open(f"{source}/fixtures/documents/ctoc-cop-wg7-2018-l1-add1.txt").read()
    with open(path, "w") as out:
        out.write(text.replace("CTOC/COP/WG.7/2018/L.1/Add.1", f"FAULT/{run}"))
    return path


def has_document(run):
    return sql(f"SELECT count(*) FROM rectrack.document WHERE symbol = 'FAULT/{run}'", "faults") == "1"


def fresh_database(run):
    sql(f"CREATE DATABASE fresh{run}")
    if run > 1:
        sql(f"DROP DATABASE IF EXISTS fresh{run - 1} WITH (FORCE)")
    return f"host={work}/proxy port=5432 dbname=fresh{run} user=owner"


def is_made(run):
    return sql("SELECT to_regclass('rectrack.migration') IS NOT NULL", f"fresh{run}") == "t"


note_postmaster()
os.makedirs(f"{work}/out", exist_ok=True)
sql("CREATE DATABASE faults")
assert direct("init", "-q").returncode == 0
assert direct("import", "document", f"{source}/fixtures/documents/ctoc-cop-wg7-2018-l1-add1.txt", "--symbol", SYMBOL, "-q").returncode == 0

torture(Command("record", lambda run: ["record", "Italy", f"{SYMBOL}:II.A.1(a)", "planned", "--as-of", day(run), "-q"], is_recorded("ITA")))
torture(Command("import status", lambda run: ["import", "status", status_file(run), "-q"], is_recorded("FRA", 9)))
torture(Command("import document", lambda run: ["import", "document", document_file(run), "--symbol", f"FAULT/{run}", "-q"], has_document,
                kinds=["cut", "cut-after", "KILL", "INT"]))
torture(Command("report", lambda run: ["report", "states", "--format", "csv", "-o", f"{work}/out/states.csv"], lambda run: None,
                kinds=["cut", "truncate", "KILL", "TERM", "delay"], files=[f"{work}/out/states.csv"]))
torture(Command("verify", lambda run: ["verify", "-q"], lambda run: None, kinds=["cut", "truncate", "INT"]))
torture(Command("init", lambda run: ["init", "-q"], is_made, kinds=["cut", "cut-after", "KILL", "INT"], fresh=fresh_database))

# ---- two of each at once --------------------------------------------------------------------------------------------

day_of = lambda turn: f"2030-01-{turn + 1:02}"
count = lambda where: int(sql(f"SELECT count(*) FROM rectrack.status_record n JOIN rectrack.state s USING (state_id) WHERE {where}", "faults"))
newest = lambda: sql("SELECT batch_id || '.1' FROM rectrack.batch WHERE kind = 'record' ORDER BY position DESC LIMIT 1", "faults")
recorded = lambda turn: ["record", "Spain", f"{SYMBOL}:II.A.1(a)", "planned", "--as-of", day_of(turn), "-q"]
two_at_once("the same record", recorded, recorded, [[0, 0]], lambda turn: count(f"iso3 = 'ESP' AND as_of = '{day_of(turn)}'") == 1)
other = lambda turn: [*recorded(turn)[:3], "implemented", *recorded(turn)[4:]]
two_at_once("records that differ", recorded, other, [[0, 0]], lambda turn: count(f"iso3 = 'ESP' AND as_of = '{day_of(turn)}'") >= 2)
imported = lambda turn: ["import", "status", status_file(9000 + turn), "-q"]
two_at_once("the same import", imported, imported, [[0, 0]], lambda turn: count(f"iso3 = 'FRA' AND as_of = '{day(9000 + turn)}'") == 9)
document = lambda turn: ["import", "document", document_file(9000 + turn), "--symbol", f"FAULT/{9000 + turn}", "-q"]
two_at_once("the same document", document, document, [[0, 0]], lambda turn: has_document(9000 + turn))
last = newest()
withdrawal = lambda turn: ["withdraw", last, "--reason", "test", "-q"]
two_at_once("the same withdrawal", withdrawal, withdrawal, [[0, 0], [0, 65], [65, 65]], lambda turn: True)
undo = lambda turn: ["undo", last.split(".")[0], "--reason", "test", "-q"]
two_at_once("the same undo", undo, undo, [[0, 0], [0, 65], [65, 65]], lambda turn: True)
fresh_database(9999)
init = lambda turn: ["init", "-q"]
two_at_once("init", init, init, [[0, 0]], lambda turn: is_made(9999), db=f"host={folder} port={port} dbname=fresh9999 user=owner", times=1)

print(f"# faults injected: {injected}, survived: {survived}, lost: {lost}")
print(f"1..{number}")
sys.exit(failed != 0)
