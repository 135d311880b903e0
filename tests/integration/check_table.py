"""Checks tables in JSON against the shipped schema, and what a schema cannot say: rows have exactly the columns.

usage: check_table.py SCHEMA TABLE.json...; prints what is wrong, exits with 1 then.
"""
import json
import sys

import jsonschema


def unique(pairs):
    """A JSON object whose names are all different (RFC 8259 leaves the others to chance)."""
    names = [name for name, _ in pairs]
    if len(names) != len(set(names)):
        raise ValueError("a name twice among %s" % names)
    return dict(pairs)


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file, object_pairs_hook=unique)


schema = load(sys.argv[1])
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
bad = False
for path in sys.argv[2:]:
    try:
        table = load(path)
        wrong = ["%s: %s" % ("/".join(map(str, e.path)), e.message) for e in validator.iter_errors(table)]
        names = [column["name"] for column in table["columns"]]
        if len(names) != len(set(names)):
            wrong.append("a column twice")
        for row in table["rows"] + ([table["total"]] if "total" in table else []):
            if list(row) != names:
                wrong.append("a row with other members than the columns: %s" % list(row))
    except (ValueError, KeyError) as error:
        wrong = [str(error)]
    for line in wrong[:5]:
        print("%s: %s" % (path, line))
    bad = bad or bool(wrong)
sys.exit(1 if bad else 0)
