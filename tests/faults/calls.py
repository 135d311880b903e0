"""Harm at each call of the system by which a command touches its output: the disk is full, the device fails, the command
is killed. It is done by strace, which counts the calls of a run without harm first; without strace there is nothing here."""
import os, re, shutil, signal, subprocess

from commands import Backup, ExportRun, Report
from proxy import Fault
from stand import Outcome, direct, numbers, rectrack, report, run, work

ERRORS = {"openat": "ENOSPC", "write": "ENOSPC", "pwrite64": "ENOSPC", "fsync": "EIO", "close": "EIO", "mkdir": "ENOSPC", "symlink": "ENOSPC",
          "rename": "EACCES", "renameat2": "EACCES", "ftruncate": "EIO"}
KILLED_ONLY = ["unlink", "unlinkat", "rmdir", "flock"]  # tidying up, and the lock that says "busy"
# Cannot create, cannot write, cannot read what was written, partly done (the set is published), failed (what another program
# couldn't do).
ENDS = {73, 74, 66, 3, 1}


class Workbook(Report):
    """In a format that a library writes."""

    name = "report in xlsx"
    file = f"{work}/out/states.xlsx"

    def arguments(self, number):
        return ["report", "states", "-o", self.file]

    def whole(self):
        return subprocess.run(["python3", "-c", "import sys, zipfile; sys.exit(zipfile.ZipFile(sys.argv[1]).testzip() is not None)", self.file]).returncode == 0


def strace(options, arguments):
    ran = subprocess.run(["strace", "-qq", "-e", "signal=none", *options, rectrack, *arguments, "--db", direct()], stdin=subprocess.DEVNULL,
                         stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, timeout=120)
    return ran.returncode, ran.stderr


def calls_on_output(arguments):
    """What a run calls, in order: the name, and which of that name it is; of those that touch its output."""
    names = [*ERRORS, *KILLED_ONLY]
    log = f"{work}/calls"
    strace(["-y", "-s", "200", "-o", log, "-e", "trace=" + ",".join(names)], arguments)
    counts, found = {}, []
    for line in open(log, errors="replace"):
        match = re.match(r"(\w+)\((.*)", line)
        if not match:
            continue
        name = match[1]
        counts[name] = counts.get(name, 0) + 1
        touches = f"{work}/out" in line or f"{work}/sets" in line
        if touches and not (name == "openat" and "O_CREAT" not in line):
            found.append((name, counts[name]))
    return found


def torture(command):
    bad, number = [], 0

    def once(kind, options):
        nonlocal number
        number += 1
        command.before(number)
        code, said = strace(options, command.arguments(number))
        one = Outcome(number, Fault(kind), code, said)
        one.problems = command.after([one])
        if code not in ({0, -signal.SIGKILL, 137} if kind == "KILL" else ENDS | {0}):
            one.problems.append(f"exit code {code}")
        if kind != "KILL" and code != 0 and "rectrack: " not in said:
            one.problems.append("it doesn't say what went wrong")
        return one

    for _ in range(4):  # as many sets as are kept: from then on all runs call the same
        command.before(0)
        run(*command.arguments(0))
    command.before(0)
    calls = calls_on_output(command.arguments(0))
    for name, at in calls:
        for kind in [ERRORS[name], "KILL"] if name in ERRORS else ["KILL"]:
            harm = f"signal=KILL:when={at}" if kind == "KILL" else f"error={kind}:when={at}"
            one = once(kind, ["-o", "/dev/null", "-e", f"trace={name}", "-e", f"inject={name}:{harm}"])
            numbers["injected"] += 1
            numbers["survived"] += not one.problems
            numbers["lost"] += any("LOST" in problem for problem in one.problems)
            bad += [f"{kind} at {name} {at}: {problem} ({one.said.strip()})" for problem in one.problems]
    ran = run("verify", "-q")
    if ran.returncode != 0:
        bad.append(ran.stderr)
    if not calls:
        bad.append("no call was seen")
    report(f"{command.name}: {len(calls)} calls of the system on its output, {number} faults", bad)


# ---- the making of the embedded database ----------------------------------------------------------------------------------


def servers(folder):
    """How many there are of a data folder."""
    found = 0
    for process in os.listdir("/proc"):
        try:
            words = open(f"/proc/{process}/cmdline", "rb").read().split(b"\0") if process.isdigit() else []
            found += words[0:1] != [] and words[0].endswith(b"/postgres") and f"{folder}/data".encode() in words
        except OSError:
            pass
    return found


def embedded():
    """Killed at each call that touches the data folder or another process, the next command makes it whole."""
    names = "openat,mkdir,rename,renameat2,unlink,unlinkat,rmdir,symlink,chown,fchmod,chmod,fsync,flock,clone,clone3,vfork,wait4,kill,connect"
    bad, number, calls = [], 0, []
    base = dict(os.environ)

    def init(options):
        nonlocal number
        number += 1
        folder = base["RECTRACK_DATA"] = f"{work}/embedded{number}"
        subprocess.run(["strace", "-qq", "-e", "signal=none", *options, rectrack, "init", "-q"], env=base, stdin=subprocess.DEVNULL,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120)
        return folder

    def finish(folder):
        subprocess.run([rectrack, "db", "stop", "-q"], env=base, timeout=60)
        left = servers(folder)
        shutil.rmtree(folder, ignore_errors=True)
        return left

    log = f"{work}/calls"
    finish(init(["-y", "-s", "200", "-o", log, "-e", f"trace={names}"]))
    counts = {}
    for line in open(log, errors="replace"):
        name = line.split("(")[0]
        counts[name] = counts.get(name, 0) + 1
        if f"{work}/embedded1" in line or name in ("clone", "clone3", "vfork", "wait4", "kill"):
            calls.append((name, counts[name]))
    for name, at in calls:
        folder = init(["-o", "/dev/null", "-e", f"trace={name}", "-e", f"inject={name}:signal=KILL:when={at}"])
        problems = []
        for arguments in (["init", "-q"], ["verify", "-q"]):
            ran = subprocess.run([rectrack, *arguments], env=base, capture_output=True, text=True, timeout=120)
            if ran.returncode != 0:
                problems.append(f"{arguments}: {ran.returncode} {ran.stderr}")
        if servers(folder) != 1:
            problems.append(f"{servers(folder)} servers")
        left = [name for name in os.listdir(folder) if ".new" in name]
        if left or finish(folder):
            problems.append(f"left over: {left}")
        numbers["injected"] += 1
        numbers["survived"] += not problems
        bad += [f"killed at {name} {at}: {problem}" for problem in problems]
    report(f"the making of the embedded database, killed at {len(calls)} calls", bad)


def run_all():
    works = shutil.which("strace") and subprocess.run(["strace", "-qq", "-o", "/dev/null", "true"], stderr=subprocess.DEVNULL).returncode == 0
    if not works:
        numbers["tests"] += 1
        print(f"ok {numbers['tests']} - calls of the system # SKIP strace isn't there, or may not trace")
        return
    for kind in (Report, Workbook, ExportRun, Backup):
        torture(kind())
    embedded()
