"""Where faults are tried: a running server, the proxy in front of it, and rectrack."""
import os, re, shlex, subprocess, sys, threading, time

from proxy import Proxy

folder, port, data = sys.argv[1:4]
rectrack, source = os.environ["RECTRACK"], os.environ["RECTRACK_SOURCE"]
everything = bool(os.environ.get("FAULTS_ALL"))
work = os.getcwd()
SYMBOL = "CTOC/COP/WG.7/2018/L.1/Add.1"
REPORT = f"{source}/fixtures/documents/ctoc-cop-wg7-2018-l1-add1.txt"
proxy = Proxy(f"{work}/proxy", f"{folder}/.s.PGSQL.{port}")


def direct(database="faults"):
    return f"host={folder} port={port} dbname={database} user=owner"


def through(database="faults"):
    return f"host={work}/proxy port=5432 dbname={database} user=owner"


def run(*arguments, db=None):
    """rectrack without a fault."""
    return subprocess.run([rectrack, *arguments, "--db", db or direct()], capture_output=True, text=True, timeout=120)


def start(arguments, db):
    return subprocess.Popen([rectrack, *arguments, "--db", db], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                            stderr=subprocess.PIPE, text=True)


# What a server says that is coming back, or that has just noticed that a process of its was killed.
COMES_BACK = re.compile("starting up|not yet accepting connections|in recovery mode|shutting down|terminated abnormally|crash of another server process")


def ask(statement, database):
    return subprocess.run(["psql", "-X", "-q", "-A", "-t", "-h", folder, "-p", port, "-U", "owner", "-d", database, "-c", statement],
                          capture_output=True, text=True, timeout=60)


def sql(statement, database="faults"):
    """The answer; "" where the statement fails, but not because the server isn't back yet."""
    for _ in range(200):
        ran = ask(statement, database)
        if ran.returncode == 0 or not COMES_BACK.search(ran.stderr):
            break
        time.sleep(0.05)
    return ran.stdout.strip()


def pairs(statement, database="faults"):
    """The rows of two columns as a dictionary of text."""
    return dict(line.split("|") for line in sql(statement, database).splitlines())


def hold_lock(table, mode, seconds, database="faults"):
    """Another session has the table locked, from now and for so long."""
    session = subprocess.Popen(["psql", "-X", "-q", "-A", "-t", "-h", folder, "-p", port, "-U", "owner", "-d", database],
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    session.stdin.write(f"BEGIN;\nLOCK TABLE {table} IN {mode} MODE;\nSELECT 'locked';\nSELECT pg_sleep({seconds});\n")
    session.stdin.close()  # its end ends the transaction
    session.stdin = None
    session.stdout.readline()
    threading.Thread(target=session.communicate, daemon=True).start()


# ---- the server -------------------------------------------------------------------------------------------------------


def note_postmaster():
    proxy.postmaster = int(open(f"{data}/postmaster.pid").readline())


def is_gone(process):
    try:
        return open(f"/proc/{process}/stat").read().split()[2] == "Z"
    except (FileNotFoundError, ProcessLookupError):  # gone before the file was opened, or before it was read
        return True


def wait_for_server():
    """Until it answers; one that was killed is started again."""
    for _ in range(400):
        if is_gone(proxy.postmaster):
            # Refused as long as a process of the killed server is still on its way out.
            if subprocess.run(shlex.split(os.environ["FAULTS_START"]), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60).returncode == 0:
                note_postmaster()
        if ask("SELECT 1", "postgres").stdout.strip() == "1":
            return
        time.sleep(0.02)
    raise SystemExit("the server doesn't come back")


def sessions_left():
    """Sessions of rectrack that are still there although no rectrack is, after a moment for ending."""
    for _ in range(100):
        left = sql("SELECT string_agg(coalesce(query, state, 'starting'), '; ') FROM pg_stat_activity WHERE application_name IN ('rectrack', 'pg_dump', 'pg_restore')", "postgres")
        if not left:
            return ""
        time.sleep(0.05)
    return left


# ---- a run with a fault -----------------------------------------------------------------------------------------------


class Outcome:
    """What came of one run."""

    def __init__(self, number, fault, code, said):
        self.number, self.fault, self.code, self.said = number, fault, code, said

    def __str__(self):
        return f"{self.fault.kind} at message {self.fault.at} of the {self.fault.side}"


def harm(number, fault, arguments, db):
    """Runs a command with a fault."""
    proxy.fault = fault
    process = start(arguments, db)
    fault.client = process.pid
    try:
        _, said = process.communicate(timeout=60)
        return Outcome(number, fault, process.returncode, said)
    except subprocess.TimeoutExpired:
        process.kill()
        return Outcome(number, fault, "hangs", process.communicate()[1])


# ---- telling ------------------------------------------------------------------------------------------------------------

numbers = {"tests": 0, "failed": 0, "injected": 0, "survived": 0, "lost": 0}


def report(name, bad):
    numbers["tests"] += 1
    numbers["failed"] += bool(bad)
    print(f"{'not ok' if bad else 'ok'} {numbers['tests']} - {name}", flush=True)
    for line in bad[:30]:
        print("# " + line.strip().replace("\n", "\n# "))
    if len(bad) > 30:
        print(f"# … and {len(bad) - 30} more")
    sys.stdout.flush()


def finish():
    print(f"# faults injected: {numbers['injected']}, survived: {numbers['survived']}, lost: {numbers['lost']}")
    print(f"1..{numbers['tests']}", flush=True)
    sys.exit(numbers["failed"] != 0)
