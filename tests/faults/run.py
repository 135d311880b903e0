"""Harms commands at the messages between them and the server, in both directions, and looks at what is left. Prints TAP.

After each fault: the ledger verifies, no batch is there in part, none that was acknowledged is lost, nothing is said to
be not stored that is, an output is whole or not there, no session is left, the exit code is a documented one, and the
same command again succeeds. Runs are looked at in groups: nothing of the ledger can be changed afterwards, so what one
run has spoilt is found all the same.

run.py SERVER-FOLDER PORT DATA-FOLDER [COMMAND]…: a running server; what restarts it is in FAULTS_START. With FAULTS_ALL
every message, else a sample. Of a row of messages of one type (the rows of an answer, of a COPY) first, middle and last."""
import os, signal, sys, time

sys.path.insert(0, os.path.dirname(__file__))
import calls
import races
from commands import COMMANDS
from proxy import CLIENT, SERVER, Fault
from stand import (REPORT, SYMBOL, direct, everything, finish, harm, note_postmaster, numbers, report, run, sessions_left, sql,
                   through, wait_for_server, work)

# What a command may end with, besides 0: its death, interrupted, lost connection.
ENDS = {"KILL": {-signal.SIGKILL}, "INT": {130}, "TERM": {130}, "HUP": {130}, "INT-cut": {130, 69}, "delay": set(), "dribble": set(), "PIPE": set()}
LOST = {69}
# The line breaks at each message of both sides; kills come at each message of the client and where each answer ends; the other
# signals, which have one handler, where each statement ends.
BREAKS = {"cut", "cut-after", "truncate", "INT-cut"}
KILLS = {"KILL", "INT", "kill-backend", "kill-server"}
# Where a statement ends: the client's Sync, Query, CopyDone, CopyFail and start-up; the server's ReadyForQuery and CopyInResponse.
STATEMENT_ENDS = {CLIENT: {"start", "S", "Q", "c", "f", "X"}, SERVER: {"Z", "G", "R"}}


def places(types, side, kind, stage):
    """The numbers of the messages that are harmed."""
    chosen = []
    start = 0
    for end in range(1, len(types) + 1):
        if end < len(types) and types[end] == types[start]:
            continue
        length = end - start
        chosen += sorted({start, start + length // 2, end - 1} if length > 3 else set(range(start, end)))
        start = end
    every = kind in BREAKS or kind in KILLS and side == CLIENT
    if stage == "statement" or not every:
        chosen = [at for at in chosen if types[at] in STATEMENT_ENDS[side]]
    return [at + 1 for at in chosen]


def sample(chosen, kind):
    """The last but one is where a change is committed."""
    if everything or len(chosen) < 3:
        return chosen
    return sorted({chosen[len(chosen) // 2], chosen[-2]} if kind in ("cut", "KILL", "INT") else {chosen[-2]})


def faults(command, types):
    yield Fault("dribble")
    for side in (CLIENT, SERVER):
        for kind in command.kinds:
            if side == SERVER and (kind == "cut-after" or kind not in BREAKS | KILLS):
                continue
            if side == SERVER and not everything and kind not in ("cut", "truncate", "INT-cut", "kill-backend"):
                continue
            for at in sample(places(types[side], side, kind, command.stage), kind):
                yield Fault(kind, side, at)


def own_problems(command, one):
    """What one run shows by itself."""
    found = []
    allowed = ENDS.get(one.fault.kind, LOST) | command.partly | {0}
    if one.fault.kind in ("INT", "TERM", "HUP"):
        allowed |= LOST
    if one.code not in allowed:
        found.append(f"exit code {one.code}")
    if one.code not in (0, -signal.SIGKILL) and "rectrack: " not in one.said:
        found.append("it doesn't say what went wrong")
    return found


def stored_problems(command, outcomes):
    """What stands in the database after some runs."""
    found = {}
    for number, there in command.stored(outcomes).items():
        one = next(one for one in outcomes if one.number == number)
        if isinstance(there, str):
            found[number] = "LOST: " + there if one.code == 0 else there
        elif one.code == 0 and not there:
            found[number] = "LOST: acknowledged, and not there"
        elif one.code != 0 and there and "Nothing was stored" in one.said:
            found[number] = "said not to be stored, and is there"
    return found


def ledger_problems(command, outcomes):
    found = []
    databases = {command.database(one.number) for one in outcomes}
    for name in sorted(databases):
        verified = run("verify", "-q", db=direct(name))
        # A database whose `init` was cut off has no ledger yet.
        if verified.returncode != 0 and not (command.databases and verified.returncode == 78):
            found.append(f"{name}: {verified.stderr}")
    left = sessions_left()
    return found + ([f"sessions left: {left}"] if left else [])


def again_problems(command, outcomes):
    """"Run the same command again": for some of those that failed."""
    failed = [one for one in outcomes if one.code != 0]
    chosen = failed[:: 8 if everything else 4]
    found = [(one, problem) for one in chosen if (problem := command.again(one))]
    there = command.stored(chosen) if chosen else {}
    return found + [(one, f"after the same again: {there[one.number]}") for one in chosen if there.get(one.number, True) is not True]


def look(command, outcomes, bad):
    """Looks at what a group of runs has left."""
    wait_for_server()
    stored = stored_problems(command, outcomes)
    for one in outcomes:
        one.problems += [stored[one.number]] if one.number in stored else []
    group = ledger_problems(command, outcomes)
    for one, problem in again_problems(command, outcomes):
        one.problems.append(problem)
    for one in outcomes:
        numbers["injected"] += one.fault.done
        numbers["survived"] += one.fault.done and not one.problems and not group
        numbers["lost"] += any("LOST" in problem for problem in one.problems)
        bad += [f"{one}: {problem} ({one.said.strip()})" for problem in one.problems]
    bad += [f"after {outcomes[0]} to {outcomes[-1]}: {problem}" for problem in group]
    if command.databases:
        for one in outcomes:
            sql(f"DROP DATABASE {command.database(one.number)} WITH (FORCE)", "postgres")


told = time.monotonic()


def tell_progress(command, done, wanted):
    """Once a minute, for whoever waits."""
    global told
    if time.monotonic() - told < 60:
        return
    told = time.monotonic()
    print(f"# {command.name}: {done} of {wanted} faults", file=sys.stderr, flush=True)


def torture(command):
    bad, outcomes, number = [], [], 0

    def once(fault):
        nonlocal number
        number += 1
        command.before(number)
        arguments = command.arguments(number)
        fault.meanwhile = command.meanwhile(number)
        one = harm(number, fault, arguments, through(command.database(number)))
        if fault.kind in ("kill-server", "kill-backend"):
            wait_for_server()
        one.problems = own_problems(command, one) + command.after([one])
        outcomes.append(one)
        return one

    counted = once(Fault())
    types = counted.fault.types
    if counted.code != 0:
        bad.append(f"without a fault: exit code {counted.code}: {counted.said}")
    wanted = list(faults(command, types))
    for fault in wanted:
        once(fault)
        tell_progress(command, number - 1, len(wanted))
        if len(outcomes) >= command.group:
            look(command, outcomes, bad)
            outcomes.clear()
    if outcomes:
        look(command, outcomes, bad)
    report(f"{command.name}: {len(types[CLIENT])} messages, {len(types[SERVER])} answers, {len(wanted)} faults", bad)


note_postmaster()
os.makedirs(f"{work}/out", exist_ok=True)
sql("CREATE DATABASE faults", "postgres")
assert run("init", "-q").returncode == 0
assert run("import", "document", REPORT, "--symbol", SYMBOL, "-q").returncode == 0
wanted = sys.argv[4:]
for kind in COMMANDS:
    if kind.name in wanted or not wanted and (everything or kind.sampled):
        torture(kind())
if not wanted or "races" in wanted:
    races.run_all()
if "calls" in wanted or not wanted and everything:
    calls.run_all()
finish()
