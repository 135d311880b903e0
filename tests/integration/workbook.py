#!/usr/bin/python3
"""Fills in and looks at workbooks without an office suite, for the tests.

workbook.py set IN OUT [CELL=TEXT | CELL:=RAW]...   cells of the first sheet; RAW is the XML of the cell's inside, with
                                                    its type before a bar: "n|<v>46295</v>"
workbook.py swap IN OUT PART OLD NEW                a stretch of a part's XML
workbook.py get FILE SHEET CELL                     the text of an inline cell; SHEET counts from 1
workbook.py part FILE PART                          its XML
workbook.py rows FILE SHEET                         all rows of inline texts and numbers, as CSV
"""
import csv
import html
import re
import sys
import zipfile


def read(path):
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def write(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)


def sheet(number):
    return f"xl/worksheets/sheet{number}.xml"


def find_cell(xml, cell):
    return re.search(rf'<c r="{cell}"( s="\d+")?[^>]*?(?:/>|>(.*?)</c>)', xml, re.S)


def text_of(inside):
    found = re.search(r"<(t|v)[^>]*>(.*?)</\1>", inside or "", re.S)
    return html.unescape(found.group(2)) if found else ""


def set_cell(xml, cell, kind, inside):
    found = find_cell(xml, cell)
    style = found.group(1) or "" if found else ""
    made = f'<c r="{cell}"{style} t="{kind}">{inside}</c>'
    if found:
        return xml[: found.start()] + made + xml[found.end() :]
    row = re.sub(r"[A-Z]", "", cell)
    if re.search(rf'<row r="{row}"[^/>]*>', xml):  # behind the last cell of its row
        return re.sub(rf'(<row r="{row}"[^>]*>.*?)</row>', lambda m: m.group(1) + made + "</row>", xml, count=1, flags=re.S)
    return xml.replace("</sheetData>", f'<row r="{row}">{made}</row></sheetData>')


def main(action, *arguments):
    if action == "set":
        source, target, *cells = arguments
        parts = read(source)
        for change in cells:
            cell, value = change.split("=", 1)
            if cell.endswith(":"):
                kind, inside = value.split("|", 1)
            else:
                kind, inside = "inlineStr", f"<is><t>{html.escape(value)}</t></is>"
            parts[sheet(1)] = set_cell(parts[sheet(1)], cell.rstrip(":"), kind, inside)
        write(target, parts)
    elif action == "swap":
        source, target, part, old, new = arguments
        parts = read(source)
        if old not in parts[part]:
            sys.exit(f"no {old} in {part}")
        parts[part] = parts[part].replace(old, new)
        write(target, parts)
    elif action == "get":
        path, number, cell = arguments
        found = find_cell(read(path)[sheet(number)], cell)
        print(text_of(found.group(2)) if found else "")
    elif action == "part":
        print(read(arguments[0])[arguments[1]])
    elif action == "rows":
        path, number = arguments
        out = csv.writer(sys.stdout, lineterminator="\n")
        for row in re.findall(r"<row [^>]*?(?:/>|>(.*?)</row>)", read(path)[sheet(number)], re.S):
            cells = re.findall(r"<c [^>]*?(?:/>|>(.*?)</c>)", row, re.S)
            out.writerow([text_of(cell) for cell in cells])


main(*sys.argv[1:])
