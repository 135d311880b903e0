#!/usr/bin/python3
"""Has LibreOffice do what people do with workbooks, for the tests. It runs without a window and with a profile of its own.

office.py fill PROFILE IN OUT [CELL=CONTENT]...  types into cells of the first sheet, as a person would, and saves as .xlsx;
                                                 tells of each cell whether it is locked
office.py formula PROFILE IN FORMULA             the value of a formula that is typed beside the table
"""
import os
import subprocess
import sys
import time

import uno
from com.sun.star.beans import PropertyValue


def properties(**values):
    made = []
    for name, value in values.items():
        made.append(PropertyValue())
        made[-1].Name, made[-1].Value = name, value
    return tuple(made)


class Office:
    def __init__(self, profile):
        pipe = f"rectrack-test-{os.getpid()}"
        self.process = subprocess.Popen(
            ["soffice", f"-env:UserInstallation=file://{os.path.abspath(profile)}", "--headless", "--invisible", "--norestore",
             f"--accept=pipe,name={pipe};urp"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        for attempt in range(300):
            try:
                context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
                break
            except Exception:
                if attempt == 299:
                    self.process.kill()
                    raise
                time.sleep(0.2)
        self.desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)

    def open(self, path):
        return self.desktop.loadComponentFromURL(f"file://{os.path.abspath(path)}", "_blank", 0, properties(Hidden=True))

    def close(self):
        try:
            self.desktop.terminate()
        except Exception:
            pass
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()


def main(action, profile, source, *arguments):
    office = Office(profile)
    try:
        document = office.open(source)
        sheet = document.Sheets.getByIndex(0)
        if action == "formula":
            cell = sheet.getCellRangeByName("Z200")
            cell.setFormula(arguments[0])
            print(cell.getString())
        else:
            target, *cells = arguments
            for change in cells:
                place, content = change.split("=", 1)
                cell = sheet.getCellRangeByName(place)
                print(place, "locked" if sheet.isProtected() and cell.CellProtection.IsLocked else "open")
                cell.setFormula(content)
            document.storeToURL(f"file://{os.path.abspath(target)}", properties(FilterName="Calc MS Excel 2007 XML"))
        document.close(True)
    finally:
        office.close()


main(*sys.argv[1:])
