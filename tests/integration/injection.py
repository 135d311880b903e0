"""Feeds what could be taken for SQL, formats, terminal controls or formulas through every argument of every verb and
every column of every import. It must come out as data, be shown escaped, and do nothing else. Prints TAP."""
import csv, json, os, re, subprocess, sys

rectrack, source, work = os.environ["RECTRACK"], os.environ["RECTRACK_SOURCE"], sys.argv[1]
everything = bool(os.environ.get("RECTRACK_TEST_ALL"))
SYMBOL = "CTOC/COP/WG.7/2018/L.1/Add.1"
NASTY = [
    "x'; DROP TABLE rectrack.batch CASCADE; --\"$1 %s%n%x \x1b[31m\x07\x7f\u202e\u2066\u200f\u0085 \nrectrack: forged\t\\N \\. {0} ${HOME} `id` <script>",
    b"\xff\xfe'%n\xc3",
]
if everything:
    NASTY += ["'", '"', "\\", "%n%n%n%n%s", "=1+1", "-1", "--", "\u202eabc", "$(id)", "../../../etc/passwd", "a" * 70000, "\\x00", "{}", "[1", "' OR 1=1 --", ""]
DOCUMENTED = {0, 1, 2, 3, 4, 65, 66, 69, 73, 74, 75, 77, 78}
RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffd]")
SQL = re.compile(rb"SQLSTATE|syntax error|invalid byte sequence|fault of rectrack|invalid input syntax")
number, failed, runs = 0, 0, 0


def check(name, good, more=""):
    global number, failed
    number += 1
    failed += not good
    print(f"{'ok' if good else 'not ok'} {number} - {name}")
    if not good:
        print("\n".join("# " + line for line in str(more).splitlines()[:20]))


def run(*arguments):
    global runs
    runs += 1
    return subprocess.run([rectrack, *arguments], stdin=subprocess.DEVNULL, capture_output=True, timeout=60, cwd=work)


def faults(arguments):
    """What is wrong with how a command went; None for nothing."""
    ran = run(*arguments)
    if ran.returncode not in DOCUMENTED:
        return f"exit {ran.returncode}: {arguments!r}: {ran.stderr!r}"
    if SQL.search(ran.stderr):
        return f"raw server error: {arguments!r}: {ran.stderr!r}"
    said = ran.stderr.decode("utf-8", "replace")
    if RAW.search(said):
        return f"shown raw: {arguments!r}: {ran.stderr!r}"
    if re.search("^(rectrack: )?forged", said, re.M):
        return f"forged line: {arguments!r}: {ran.stderr!r}"
    return None


def every(name, commands):
    wrong = [fault for fault in map(faults, commands) if fault]
    check(name, not wrong, "\n".join(wrong))


# ---- every argument of every verb ----------------------------------------------------------------------------------

PLAIN = {  # operands with which a verb gets as far as its options
    "init": [], "import": ["status", "rows.csv"], "record": ["Italy", "II.A.1(a)", "planned"], "amend": ["2.1"],
    "withdraw": ["2.1"], "undo": ["2"], "list": ["records"], "show": ["Italy"], "history": ["Italy", "II.A.1(a)"],
    "report": ["crosstab"], "diff": [], "export": ["list"], "verify": [], "access": ["grant", "anna", "reader"],
    "db": ["status"], "doctor": [], "demo": [], "help": ["list"], "version": [], "completion": ["bash"],
}
open(os.path.join(work, "rows.csv"), "w").write("state,recommendation,level,as_of\nITA,II.A.1(a),planned,2026-01-01\n")
overview = run("help").stdout.decode()
verbs = re.findall(r"^  ([a-z]+)  ", overview, re.M)
for verb in verbs:
    page = run("help", verb).stdout.decode()
    options = [o for o in re.findall(r"^ +(?:-., )?(--[a-z-]+) [A-Z]", page, re.M) if o not in ("--db", "--output")]
    plain = PLAIN.get(verb, [])
    commands = []
    for nasty in NASTY:
        for at in range(len(plain) + 1):
            commands.append([verb, *plain[:at], nasty, *plain[at + 1:]])
        for option in options:
            reason = ["--reason", "test"] if "--reason" in options and option != "--reason" else []
            if verb != "demo":
                commands.append([verb, *plain, *reason, option, nasty])
        commands.append([verb, nasty, "--", nasty])
        commands.append(["--db", nasty, verb, *plain])
    commands = [c for c in commands if c[:1] != ["demo"]]
    every(f"{verb}: {len(options)} options and {len(plain)} operands", commands)

# ---- every column of every import ----------------------------------------------------------------------------------

TEXT = "x'; DROP TABLE rectrack.batch; --\"%s%n \x1b[31m\u202eabc\u2066 =1+1 <script>alert(1)</script>\t\\N|a|\nb"
register = os.path.join(source, "fixtures", "register")
IMPORTS = {
    "states": "states.csv", "names": "state_names.csv", "parties": "treaty_participation.csv",
    "instruments": "instruments.csv", "scale": "scales.csv", "themes": "themes.csv",
}


def written(header, row):
    path = os.path.join(work, "import.csv")
    with open(path, "w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows([header, row])
    return path


rows = {kind: list(csv.reader(open(os.path.join(register, name), encoding="utf-8", newline="")))[:2] for kind, name in IMPORTS.items()}
rows["status"] = ["state,recommendation,level,as_of,kind,received_on,channel,source,note,evidence,language".split(","),
                  ["ITA", SYMBOL + ":II.A.1(b)", "planned", "2026-01-02", "reported", "2026-01-03", "letter", "S", "N", "E", "en"]]
rows["recommendations"] = ["document,reference,text,instrument,addressees,articles,themes,due_on,scale".split(","),
                           [SYMBOL, "II.A.1(c)", "T", "UNTOC-SOM", "*", "6", "CL1", "2027-01-01", "implementation"]]
for kind, (header, row) in rows.items():
    commands = []
    for column in range(len(header)):
        for nasty in [TEXT] + (["'", "%n", "=1+1", "\\.", "-"] if everything else []):
            changed = row[:column] + [nasty] + row[column + 1:]
            path = os.path.join(work, f"{kind}-{column}-{len(commands)}.csv")
            os.replace(written(header, changed), path)
            commands.append(["import", kind, path])
    every(f"import {kind}: {len(header)} columns", commands)

document = open(os.path.join(source, "fixtures", "documents", "ctoc-cop-wg7-2018-l1-add1.txt"), encoding="utf-8").read()
with open(os.path.join(work, "nasty.txt"), "w", encoding="utf-8") as out:
    out.write(document.replace("States Parties should", "States Parties' should \x1b[31m\u202e%n").replace("Italy", "It'aly"))
every("import document", [["import", "document", "nasty.txt", "--symbol", "NASTY/1"], ["import", "document", "nasty.txt", "--symbol", "NASTY/2", "--dry-run"]])

# ---- it is there as data -------------------------------------------------------------------------------------------

records = [json.loads(line) for line in run("list", "records", "--format", "jsonl").stdout.splitlines()]
for field in ("note", "source", "evidence"):
    check(f"the {field} is what was given", any(r.get(field) == TEXT for r in records), [r.get(field) for r in records])
back = list(csv.DictReader(run("list", "records", "--format", "csv").stdout.decode().splitlines(keepends=True)))
check("CSV gives it back exactly", any(r["note"] == TEXT for r in back), back)
for name in ("records", "states", "recommendations", "responses", "batches", "themes", "scales", "documents", "instruments"):
    shown = run("list", name, "--format", "table").stdout.decode()
    check(f"a table of {name} is harmless on a terminal", not RAW.search(shown), RAW.findall(shown))
for name in ("Italy", SYMBOL + ":II.A.1(c)", "NASTY/1"):
    shown = run("show", name, "--format", "table").stdout.decode()
    check(f"so is show {name}", not RAW.search(shown), RAW.findall(shown))
shown = run("report", "matrix", "--format", "html", "--title", TEXT).stdout.decode()
check("a page holds no script of others", "<script>alert" not in shown and "=1+1" in shown, shown[:400])
shown = run("list", "records", "--format", "markdown").stdout.decode()
check("Markdown holds no HTML of others", "<script>" not in shown, shown[:400])
sheet = run("list", "records", "--format", "csv", "--for", "excel").stdout.decode("utf-8-sig")
check("no cell for a spreadsheet begins a formula", not (cells := [c for r in csv.reader(sheet.splitlines(keepends=True)) for c in r if c[:1] and c[:1] in "=+@-\t\r"]), cells)
ran = run("verify")
check("the ledger is whole", ran.returncode == 0, ran.stderr)
print(f"# {runs} commands")
print(f"1..{number}")
sys.exit(failed != 0)
