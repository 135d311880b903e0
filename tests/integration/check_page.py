"""Looks at pages of HTML: elements nested and closed, ids unique, links inside the page that lead somewhere.

usage: check_page.py PAGE.html...; prints what is wrong, exits with 1 then.
"""
import sys
from html.parser import HTMLParser

VOID = {"br", "input", "meta", "wbr"}
# Elements whose end may be left out (HTML standard, "Optional tags"), and what ends them when it begins.
ENDED_BY = {
    "li": {"li"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "p": {"p", "dl", "ul", "table", "div", "h2", "section", "figure", "form"},
    "option": {"option"},
    "td": {"td", "th", "tr", "tbody", "tfoot"},
    "th": {"td", "th", "tr", "tbody", "tfoot"},
    "tr": {"tr", "tbody", "tfoot"},
    "thead": {"tbody", "tfoot"},
    "tbody": {"tbody", "tfoot"},
    "tfoot": {"tbody"},
}
# Where each of these may stand.
PARENTS = {
    "tr": {"thead", "tbody", "tfoot"},
    "td": {"tr"},
    "th": {"tr"},
    "thead": {"table"},
    "tbody": {"table"},
    "tfoot": {"table"},
    "caption": {"table"},
    "li": {"ul"},
    "dt": {"dl", "div"},
    "dd": {"dl", "div"},
    "option": {"select"},
    "rect": {"svg"},
    "text": {"svg", "g"},
}


class Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.stack, self.ids, self.links, self.wrong = [], set(), set(), []

    def complain(self, what):
        self.wrong.append("line %d: %s" % (self.getpos()[0], what))

    def handle_starttag(self, tag, attributes):
        while self.stack and tag in ENDED_BY.get(self.stack[-1], ()):
            self.stack.pop()
        parent = self.stack[-1] if self.stack else None
        if tag in PARENTS and parent not in PARENTS[tag]:
            self.complain("<%s> inside <%s>" % (tag, parent))
        for name, value in attributes:
            if name == "id":
                if value in self.ids:
                    self.complain('id "%s" twice' % value)
                self.ids.add(value)
            if name == "href" and value.startswith("#"):
                self.links.add(value[1:])
            if name.startswith("on") or name == "style":
                self.complain('attribute "%s", which the policy forbids' % name)
        if tag not in VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.stack.pop()

    def handle_endtag(self, tag):
        while self.stack and self.stack[-1] != tag and self.stack[-1] in ENDED_BY:
            self.stack.pop()
        if self.stack and self.stack[-1] == tag:
            self.stack.pop()
        else:
            self.complain("</%s> ends nothing; open: %s" % (tag, " ".join(self.stack)))


bad = False
for path in sys.argv[1:]:
    page = Page()
    with open(path, encoding="utf-8", newline="") as file:
        page.feed(file.read())
    page.close()
    page.wrong += ["%s is not closed" % tag for tag in page.stack]
    page.wrong += ['"#%s" leads nowhere' % link for link in sorted(page.links - page.ids)]
    for line in page.wrong:
        print("%s: %s" % (path, line))
    bad = bad or bool(page.wrong)
sys.exit(1 if bad else 0)
