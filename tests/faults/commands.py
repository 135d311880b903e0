"""The commands that are harmed: how each is begun, and what must hold of all that its runs have left."""
import hashlib, os, re, shutil

from stand import REPORT, SYMBOL, direct, everything, hold_lock, run, rectrack, sql, pairs, through, work

KILLS = ["KILL", "kill-backend", "kill-server"]
SIGNALS = ["INT", "TERM", "HUP", "PIPE"]
LINES = ["cut", "cut-after", "truncate", "delay", "INT-cut"]
ALL = LINES + SIGNALS + KILLS


class Command:
    """One command. Each run has a number, which its data carry, so that many runs are looked at together."""

    name = ""
    kinds = ALL
    group = 25  # how many runs until all is looked at
    databases = False  # each run has a database of its own
    partly = set()  # more exit codes that are documented for a lost connection
    stage = "message"  # or "statement": where there are hundreds of messages
    sampled = True  # a sample of its faults is a part of `check`

    def arguments(self, number):
        raise NotImplementedError

    def database(self, number):
        return "faults"

    def before(self, number):
        pass

    def meanwhile(self, number):
        """What comes between its look and its write; None: nothing."""
        return None

    def stored(self, outcomes):
        """For each number: True where what the command stores is there whole, False where nothing is, text: what is wrong."""
        return {}

    def again(self, outcome):
        """Runs the same without a fault, as the error says; gives what is wrong."""
        ran = run(*self.arguments(outcome.number), db=direct(self.database(outcome.number)))
        return "" if ran.returncode == 0 else f"the same again: {ran.returncode} {ran.stderr}"

    def after(self, outcomes):
        """Problems that concern files."""
        return []


def day(number):
    return f"{1900 + number // 336:04}-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}"


def records_of(state, expected, outcomes):
    found = pairs(f"SELECT n.as_of, count(*) FROM rectrack.status_record n JOIN rectrack.state s USING (state_id) WHERE s.iso3 = '{state}' GROUP BY n.as_of")
    told = {0: False, expected: True}
    return {one.number: told.get(int(found.get(day(one.number), 0)), "in part: " + found.get(day(one.number), "")) for one in outcomes}


class Record(Command):
    name = "record"

    def arguments(self, number):
        return ["record", "Italy", f"{SYMBOL}:II.A.1(a)", "planned", "--as-of", day(number), "-q"]

    def stored(self, outcomes):
        return records_of("ITA", 1, outcomes)


class Overtaken(Command):
    """A record that another one overtakes, which comes to the ledger's end first: it looks again, and waits for its turn."""

    name = "record that is overtaken"

    def arguments(self, number):
        return ["record", "Kenya", f"{SYMBOL}:II.A.1(a)", "planned", "--as-of", day(number), "-q"]

    def meanwhile(self, number):
        return lambda: run("record", "Ghana", f"{SYMBOL}:II.A.1(a)", "planned", "--as-of", day(number), "-q")

    def stored(self, outcomes):
        return records_of("KEN", 1, outcomes)


class ImportStatus(Command):
    name = "import status"

    def before(self, number):
        with open(f"{work}/status.csv", "w") as out:
            out.write("state,recommendation,level,as_of,note\n")
            for place in "abcdefghi":
                out.write(f"FRA,{SYMBOL}:II.A.1({place}),planned,{day(number)},{number}\n")

    def arguments(self, number):
        self.before(number)
        return ["import", "status", f"{work}/status.csv", "-q"]

    def stored(self, outcomes):
        return records_of("FRA", 9, outcomes)


class ImportDocument(Command):
    name = "import document"
    sampled = False

    def __init__(self):
        self.text = open(REPORT).read()

    def arguments(self, number):
        with open(f"{work}/document.txt", "w") as out:
            out.write(self.text.replace(SYMBOL, f"FAULT/{number}"))
        return ["import", "document", f"{work}/document.txt", "--symbol", f"FAULT/{number}", "-q"]

    def stored(self, outcomes):
        found = pairs("""SELECT d.symbol, (SELECT count(*) FROM rectrack.paragraph p WHERE p.document_id = d.document_id) || '+' ||
                                (SELECT count(*) FROM rectrack.recommendation r WHERE r.document_id = d.document_id)
                         FROM rectrack.document d WHERE d.symbol LIKE 'FAULT/%'""")
        told = {"0+0": False, "40+16": True}  # paragraphs and recommendations of the report, counted by hand
        return {one.number: told.get(found.get(f"FAULT/{one.number}", "0+0"), "in part: " + found.get(f"FAULT/{one.number}", ""))
                for one in outcomes}


class Withdraw(Command):
    """Takes back a record that is there for it."""

    name = "withdraw"
    state, iso3 = "Spain", "ESP"
    kinds = ["cut", "cut-after", "truncate", "INT-cut", "KILL", "INT"]

    def __init__(self):
        self.ids = {}

    def arguments(self, number):
        if number not in self.ids:
            ran = run("record", self.state, f"{SYMBOL}:II.A.1(a)", "planned", "--as-of", day(number), "-q")
            assert ran.returncode == 0, ran.stderr
            # of its kind: what was cut before may only be stored now
            self.ids[number] = sql("SELECT batch_id || '.1' FROM rectrack.batch WHERE kind = 'record' ORDER BY position DESC LIMIT 1")
        return ["withdraw", self.ids[number], "--reason", "test", "-q"]

    def stored(self, outcomes):
        found = pairs(f"SELECT w.as_of, count(*) FROM rectrack.withdrawal w JOIN rectrack.state s USING (state_id) WHERE s.iso3 = '{self.iso3}' GROUP BY w.as_of")
        return {one.number: {"0": False, "1": True}.get(found.get(day(one.number), "0"), "twice") for one in outcomes}

    def again(self, outcome):
        ran = run(*self.arguments(outcome.number))
        return "" if ran.returncode in (0, 65) else f"the same again: {ran.returncode} {ran.stderr}"


class Amend(Withdraw):
    """Puts a record of another day in the place of one that is there for it."""

    name = "amend"
    state, iso3 = "Portugal", "PRT"

    def arguments(self, number):
        withdraw = super().arguments(number)
        return ["amend", withdraw[1], "--as-of", day(number + 5000), "--reason", "test", "-q"]

    def stored(self, outcomes):
        days = pairs(f"""SELECT n.as_of, (SELECT count(*) FROM rectrack.withdrawal w JOIN rectrack.status_record o USING (state_id, rec_id, kind, as_of, rev)
                                         WHERE w.batch_id = n.batch_id AND o.as_of <> n.as_of)
                        FROM rectrack.status_record n JOIN rectrack.state s USING (state_id) WHERE s.iso3 = '{self.iso3}'""")
        told = {None: False, "1": True}
        return {one.number: told.get(days.get(day(one.number + 5000)), "in part") for one in outcomes}


class Undo(Command):
    """Takes back a document, and waits for whoever is writing records to end: they could be on it."""

    name = "undo"
    kinds = ["cut", "cut-after", "truncate", "INT-cut", "KILL", "INT", "TERM", "kill-backend", "kill-server"]
    sampled = False
    SECONDS = 0.2

    def __init__(self):
        self.document, self.batches = ImportDocument(), {}

    def arguments(self, number):
        if number not in self.batches:
            # Names of its own: those of the class above are of documents that stay.
            ran = run(*[word.replace("FAULT/", "UNDO/") for word in self.document.arguments(number)])
            assert ran.returncode == 0, ran.stderr
            self.batches[number] = sql(f"SELECT batch_id FROM rectrack.document WHERE symbol = 'UNDO/{number}'")
        return ["undo", self.batches[number], "--reason", "test", "-q"]

    def before(self, number):
        self.arguments(number)
        hold_lock("rectrack.status_record", "ROW EXCLUSIVE", self.SECONDS)

    def stored(self, outcomes):
        found = pairs("SELECT withdrawn_batch_id, count(*) FROM rectrack.batch_withdrawal GROUP BY 1")
        return {one.number: {"0": False, "1": True}.get(found.get(self.batches[one.number], "0"), "twice") for one in outcomes}

    def again(self, outcome):
        ran = run(*self.arguments(outcome.number))
        return "" if ran.returncode in (0, 65) else f"the same again: {ran.returncode} {ran.stderr}"


class Report(Command):
    """Writes a file, which is whole or not there."""

    name = "report"
    kinds = ["cut", "truncate", "delay", "KILL", "INT", "TERM", "HUP", "PIPE", "kill-backend"]
    file = f"{work}/out/states.csv"

    def before(self, number):
        clear_folder(f"{work}/out")

    def arguments(self, number):
        return ["report", "states", "--format", "csv", "-o", self.file]

    def whole(self):
        return "\ntotal," in open(self.file).read()

    def after(self, outcomes):
        one = outcomes[-1]
        bad = []
        if one.code == 0 and not os.path.exists(self.file):
            bad.append("LOST: the file")
        if os.path.exists(self.file) and not self.whole():
            bad.append("a file in part")
        # What is killed outright can't tidy up; but it leaves nothing that looks like the file.
        left = [name for name in os.listdir(f"{work}/out") if f"{work}/out/{name}" != self.file]
        if left and one.fault.kind != "KILL":
            bad.append(f"left over: {left}")
        return bad


class Verify(Command):
    name = "verify"
    sampled = False
    kinds = ["cut", "truncate", "delay", "KILL", "INT", "kill-backend"]

    def arguments(self, number):
        return ["verify", "-q"]


def clear_folder(path):
    shutil.rmtree(path, ignore_errors=True)
    os.makedirs(path)


class ExportRun(Command):
    """Publishes a set of files: the old one or the new one stands, whole."""

    name = "export run"
    partly = {3}  # the set is published, the rest failed
    sets = f"{work}/sets"

    def __init__(self):
        with open(f"{work}/jobs.ini", "w") as out:
            out.write(f"[weekly]\ndirectory = {self.sets}\nreports = progress, matrix\nformats = csv, json\nkeep_last = 3\n")
        self.known = set()

    def arguments(self, number):
        self.known = set(self.names())
        return ["export", "run", "--jobs", f"{work}/jobs.ini", "-q"]

    def names(self):
        folder = f"{self.sets}/weekly"
        return [name for name in os.listdir(folder) if re.fullmatch(r"[0-9T-]+Z(-\d+)?", name)] if os.path.isdir(folder) else []

    def broken(self, name):
        """What is wrong with a set, as another program sees it."""
        folder = f"{self.sets}/weekly/{name}"
        try:
            lines = [line.split("  ", 1) for line in open(f"{folder}/SHA256SUMS").read().splitlines()]
            wrong = [file for digest, file in lines if hashlib.sha256(open(f"{folder}/{file}", "rb").read()).hexdigest() != digest]
            there = set(os.listdir(folder)) - {"SHA256SUMS", "manifest.json"}
            missing = {"progress.csv", "progress.json", "matrix.csv", "matrix.json"} - there
            return f"{name}: {wrong} {missing}" if wrong or missing else ""
        except OSError as error:
            return f"{name}: {error}"

    def after(self, outcomes):
        one, folder = outcomes[-1], f"{self.sets}/weekly"
        bad = [problem for name in self.names() if (problem := self.broken(name))]
        if one.code in (0, 3) and not set(self.names()) - self.known:
            bad.append("LOST: no new set")
        if os.path.lexists(f"{folder}/latest") and not os.path.exists(f"{folder}/latest/manifest.json"):
            bad.append("latest leads nowhere")
        left = [name for name in (".new", ".old", "latest.new") if os.path.lexists(f"{folder}/{name}")]
        if left and one.fault.kind != "KILL":
            bad.append(f"left over: {left}")
        return bad

    def stored(self, outcomes):
        return {}


class Init(Command):
    """Makes the schema in a database of its own."""

    name = "init"
    kinds = ["cut", "cut-after", "truncate", "INT-cut", "INT"] + KILLS
    databases = True
    stage = "statement"

    def database(self, number):
        return f"init{number}"

    def before(self, number):
        sql(f"CREATE DATABASE init{number}", "postgres")

    def arguments(self, number):
        return ["init", "-q"]

    def stored(self, outcomes):
        found = {}
        for one in outcomes:
            name = self.database(one.number)
            found[one.number] = sql("SELECT to_regclass('rectrack.migration') IS NOT NULL", name) == "t"
            if not found[one.number] and sql("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'rectrack%'", name) != "0":
                found[one.number] = "a schema in part"
        return found


class Restore(Command):
    """Replaces the records of a database of its own by a backup: those from before or those of the backup are there."""

    name = "db restore --replace"
    kinds = ["cut", "cut-after", "truncate", "INT"] + KILLS
    databases = True
    sampled = False
    stage = "statement"
    group = 5
    partly = {1}  # pg_restore tells of a lost connection by ending with 1

    def __init__(self):
        self.heads = {}

    def prepare(self):
        """A backup of one record, and a database with two to be replaced."""
        sql("CREATE DATABASE before", "postgres")
        run("init", "-q", db=direct("before"))
        run("import", "document", REPORT, "--symbol", SYMBOL, "-q", db=direct("before"))
        run("record", "Italy", f"{SYMBOL}:II.A.1(a)", "planned", "--as-of", "2026-01-01", "-q", db=direct("before"))
        ran = run("db", "backup", f"{work}/backup", db=direct("before"))
        assert ran.returncode == 0, ran.stderr
        self.restored = run("verify", "--head", db=direct("before")).stdout
        run("record", "Italy", f"{SYMBOL}:II.A.1(a)", "implemented", "--as-of", "2026-01-01", "-q", db=direct("before"))
        self.kept = run("verify", "--head", db=direct("before")).stdout

    def database(self, number):
        return f"restore{number}"

    def before(self, number):
        if not self.heads:
            self.prepare()
            self.heads = {self.kept: False, self.restored: True}
        sql(f"CREATE DATABASE restore{number} TEMPLATE before STRATEGY file_copy", "postgres")

    def arguments(self, number):
        return ["db", "restore", "--replace", f"{work}/backup", "-q"]

    def stored(self, outcomes):
        found = {}
        for one in outcomes:
            db = direct(self.database(one.number))
            # The next command puts right what a killed one has left.
            for arguments in (("init", "-q"), ("db", "restore", "--finish", "-q")):
                ran = run(*arguments, db=db)
                if ran.returncode != 0:
                    found[one.number] = f"{arguments}: {ran.returncode} {ran.stderr}"
            if sql("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'rectrack%'", self.database(one.number)) != "1":
                found[one.number] = "a schema is left over"
            found.setdefault(one.number, self.heads.get(run("verify", "--head", db=db).stdout, "neither the old ledger nor the backup's"))
        return found


class Backup(Command):
    """Writes a backup, which is whole or not there."""

    name = "db backup"
    sampled = False
    kinds = ["cut", "truncate", "KILL", "INT", "kill-backend"]
    stage = "statement"
    partly = {1}  # so does pg_dump
    file = f"{work}/out/backup"

    def before(self, number):
        clear_folder(f"{work}/out")

    def arguments(self, number):
        return ["db", "backup", self.file, "-q"]

    def after(self, outcomes):
        one = outcomes[-1]
        bad = []
        if one.code == 0 and not os.path.exists(self.file):
            bad.append("LOST: the file")
        left = [name for name in os.listdir(f"{work}/out") if name != "backup"]
        if left and one.fault.kind != "KILL":
            bad.append(f"left over: {left}")
        return bad


COMMANDS = [Record, Overtaken, ImportStatus, ImportDocument, Withdraw, Amend, Undo, Report, Verify, ExportRun, Init, Restore, Backup]
