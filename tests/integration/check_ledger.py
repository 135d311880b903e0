"""Checks a ledger that "rectrack verify --ledger" wrote, by what core/ledger/batch.h and core/ledger/ledger_export.h say alone."""
import hashlib, json, sys


def netstring(value):
    if value is None:
        return b"-,"
    data = value.encode()
    return str(len(data)).encode() + b":" + data + b","


rows, batches, faults = {}, [], []
for line in open(sys.argv[1], encoding="utf-8"):
    item = json.loads(line)
    if "row" in item:
        rows.setdefault((item["batch"], item["table"], item["numbered"]), []).append(b"".join(map(netstring, item["row"])))
    elif "batch" in item:
        batches.append(item)
previous = "0" * 64
for place, item in enumerate(batches, 1):
    columns = item["batch"]
    lines = []
    for key in sorted(key for key in rows if key[0] == int(columns[1])):
        content = rows.pop(key)
        digest = hashlib.sha256(b"".join(content if key[2] else sorted(content))).hexdigest()
        lines.append(f"{key[1]} {len(content)} {digest}\n")
    own = hashlib.sha256(b"".join(map(netstring, columns))).hexdigest()
    if ("".join(lines), str(place), previous, own) != (columns[11], columns[0], columns[12], item["sha256"]):
        faults.append(columns[1])
    previous = item["sha256"]
faults += [str(key[0]) for key in rows]
print(f"{len(batches)}:{previous}" if not faults else "wrong: batch " + ", ".join(faults))
