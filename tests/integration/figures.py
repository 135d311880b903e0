#!/usr/bin/env python3
"""Tables computed without rectrack, for figures.sh: a conference is made up, and each of its tables is counted here from the
same files that rectrack imports.

  figures.py generate FOLDER REGISTER DOCUMENTS ITEMS RECORDS   writes document-N.txt, parties.csv, recommendations.csv, status.csv
  figures.py TABLE FOLDER REGISTER AS_OF [ARGUMENT...]          prints the table as CSV
  figures.py normal ROWS                                        reads a table of rectrack with that many dimensions as rows, and
                                                                prints it in the same form: without heads and labels, sorted
  figures.py pick COLUMN...                                     reads a list of rectrack and prints those columns, sorted
"""
import csv, datetime, random, sys
from collections import defaultdict

DAY = datetime.timedelta(days=1)
BODIES = ['Working Group on the Smuggling of Migrants', 'Working Group on Trafficking in Persons']
MEETINGS = ['2016-03-09', '2018-07-05', '2018-09-21', '2021-06-30', '2024-11-07', '2026-12-01']
LEVELS = ['implemented', 'partially-implemented', 'in-progress', 'planned', 'not-implemented', 'not-applicable']
WEIGHTS = {'implemented': 100, 'partially-implemented': 50, 'in-progress': 25, 'planned': 10, 'not-implemented': 0}
CLOSING = {'implemented', 'not-applicable'}
CHANNELS = ['note-verbale', 'questionnaire', 'statement', 'letter', 'review', 'other']
THEMES = ['CL1', 'CL2', 'CL3', 'CL4']
WITHDRAWN = 12  # so many lines of status.csv are withdrawn, evenly spread
NONE = 'no-response'


def date(text):
    return datetime.date.fromisoformat(text)


def read(path):
    with open(path, encoding='utf-8', newline='') as file:
        return list(csv.DictReader(file))


def write(path, names, rows):
    with open(path, 'w', encoding='utf-8', newline='') as file:
        out = csv.DictWriter(file, names, lineterminator='\n')
        out.writeheader()
        out.writerows(rows)


# ---- making it up ----------------------------------------------------------------------------------------------------

def write_document(path, number, held, items):
    day = date(held)
    lines = ['Conference of the Parties to the United Nations Convention against Transnational Organized Crime', '',
             'Distr.: General', f'{day.day} {day:%B} {day.year}', '', 'Original: English', '', BODIES[number % 2], '',
             f'Vienna, {day.day - 1}–{day.day} {day:%B} {day.year}', '', 'Report', '', 'II. Recommendations', '',
             'A. General', '', '1. The Working Group adopted the following recommendations. States Parties should:', '']
    for item in range(items):
        lines += [f'({letters(item)}) Do the thing that is number {item} of meeting {number};', '']
    with open(path, 'w', encoding='utf-8') as file:
        file.write('\n'.join(lines))


def letters(number):
    one = chr(ord('a') + number % 26)
    return one if number < 26 else one * 2 if number < 52 else None


def generate(folder, register, documents, items, records):
    choose = random.Random(4).choice
    chance = random.Random(5).random
    states = [row['iso3'] for row in read(f'{register}/states.csv')]
    recommendations = []
    for number in range(documents):
        write_document(f'{folder}/document-{number}.txt', number, MEETINGS[number], min(items, 52))
        for item in range(items):
            # Documents have letters for 52 items; further ones are numbered paragraphs that the recommendations' file adds.
            place = f'II.A.1({letters(item)})' if letters(item) else f'III.{item}'
            recommendations.append({
                'document': f'TEST/WG.{number}/1', 'reference': place,
                'text': f'Do the thing that is number {item} of meeting {number}',
                'addressees': '*' if chance() < 0.9 else ' '.join(sorted({choose(states) for _ in range(5)})),
                'themes': ' '.join(theme for theme in THEMES if chance() < 0.3),
                'due_on': choose(['', '', '2019-12-31', '2022-06-30', '2027-01-01'])})
    write(f'{folder}/recommendations.csv', list(recommendations[0]), recommendations)
    parties = [row for row in read(f'{register}/treaty_participation.csv') if row['instrument'] == 'UNTOC-SOM']
    for row in parties:
        row['withdrawn_on'] = choose(['2019-05-01', '2023-02-28']) if chance() < 0.05 else ''
        if chance() < 0.1:
            row['deposited_on'] = choose(['2018-06-06', '2020-12-02', '2022-01-31'])
    write(f'{folder}/parties.csv', list(parties[0]), parties)
    first, last = date('2016-01-01').toordinal(), date('2026-11-01').toordinal()
    answering = states[::2] + states[1::4]
    rows = []
    for _ in range(records):
        item = choose(recommendations)
        rows.append({'state': choose(answering), 'recommendation': f"{item['document']}:{item['reference']}", 'level': choose(LEVELS),
                     'as_of': datetime.date.fromordinal(first + int(chance() * (last - first))).isoformat(),
                     'kind': 'assessed' if chance() < 0.1 else 'reported', 'channel': choose(CHANNELS)})
    # Several answers for one day, of which the one furthest down counts.
    rows += [dict(row, level=choose(LEVELS)) for row in rows[: records // 20]]
    write(f'{folder}/status.csv', list(rows[0]), rows)


# ---- what counts -----------------------------------------------------------------------------------------------------

class Conference:
    def __init__(self, folder, register):
        self.states = {row['iso3']: row for row in read(f'{register}/states.csv')}
        instruments = {row['code']: row for row in read(f'{register}/instruments.csv')}
        in_force = date(instruments['UNTOC-SOM']['in_force_on'])
        self.bound = {}
        for row in read(f'{folder}/parties.csv'):
            deposit = date(row['deposited_on']) + 30 * DAY if row['deposited_on'] else None
            self.bound[row['iso3']] = (max(in_force, deposit) if deposit else in_force,
                                       date(row['withdrawn_on']) if row['withdrawn_on'] else datetime.date.max)
        self.recommendations = {}
        for row in read(f'{folder}/recommendations.csv'):
            number = int(row['document'].split('.')[1].split('/')[0])
            row['adopted'], row['body'] = date(MEETINGS[number]), BODIES[number % 2]
            row['due'] = date(row['due_on']) if row['due_on'] else None
            self.recommendations[f"{row['document']}:{row['reference']}"] = row
        self.records, self.channels = defaultdict(list), defaultdict(set)
        status = read(f'{folder}/status.csv')
        for line, row in enumerate(status, start=2):
            self.channels[row['state']].add(row['channel'])
            if line % (len(status) // WITHDRAWN):
                self.records[row['state'], row['recommendation']].append(
                    (date(row['as_of']), line, row['kind'], row['level'], row['channel']))

    def is_party(self, state, item, day):
        if item['body'] == BODIES[1]:  # of whose Protocol the register knows no Party
            return self.states[state]['un_member'] == 'true'
        since, until = self.bound.get(state, (datetime.date.max, datetime.date.max))
        return since <= day < until

    def pairs(self, day, kinds=('reported',)):
        for reference, item in self.recommendations.items():
            if item['adopted'] > day:
                continue
            for state in self.states if item['addressees'] == '*' else item['addressees'].split():
                if self.is_party(state, item, day):
                    known = [record for record in self.records.get((state, reference), ())
                             if record[0] <= day and record[2] in kinds]
                    yield state, reference, item, max(known, default=None)


# ---- tables ----------------------------------------------------------------------------------------------------------

def tenths(part, whole):
    tenth = (2000 * part + whole) // (2 * whole) if whole else None
    return '' if tenth is None else f'{tenth // 10}.{tenth % 10}'


def full_years(since, day):
    return day.year - since.year - ((day.month, day.day) < (since.month, since.day))


DIMENSIONS = {
    'state': lambda c, state, ref, item, rec, day: [state],
    'regional_group': lambda c, state, ref, item, rec, day: [c.states[state]['regional_group'] or 'none'],
    'ldc': lambda c, state, ref, item, rec, day: ['yes' if c.states[state]['ldc'] == 'true' else 'no'],
    'recommendation': lambda c, state, ref, item, rec, day: [ref],
    'document': lambda c, state, ref, item, rec, day: [item['document']],
    'body': lambda c, state, ref, item, rec, day: [item['body']],
    'session': lambda c, state, ref, item, rec, day: [str(item['adopted'].year)],
    'theme': lambda c, state, ref, item, rec, day: item['themes'].split() or ['none'],
    'adopted': lambda c, state, ref, item, rec, day: [str(item['adopted'].year)],
    'age': lambda c, state, ref, item, rec, day: [str(full_years(item['adopted'], day))],
    'due': lambda c, state, ref, item, rec, day: [item['due_on'] or 'none'],
    'level': lambda c, state, ref, item, rec, day: [rec[3] if rec else NONE],
    'closed': lambda c, state, ref, item, rec, day: ['yes' if rec and rec[3] in CLOSING else 'no'],
    'answered': lambda c, state, ref, item, rec, day: ['yes' if rec else 'no'],
    'kind': lambda c, state, ref, item, rec, day: [rec[2] if rec else 'none'],
    'channel': lambda c, state, ref, item, rec, day: [rec[4] if rec else 'none'],
    'year': lambda c, state, ref, item, rec, day: [str(rec[0].year) if rec else 'none'],
    'quarter': lambda c, state, ref, item, rec, day: [f'{rec[0].year}-Q{(rec[0].month + 2) // 3}' if rec else 'none'],
    'year_end': lambda c, state, ref, item, rec, day: [day.isoformat()],
}


def members(conference, names, pair, day):
    """The members of one or two dimensions that a pair belongs to."""
    lists = [DIMENSIONS[name](conference, *pair, day) for name in names]
    return [(one,) for one in lists[0]] if len(lists) == 1 else [(one, two) for one in lists[0] for two in lists[1]]


def count(conference, rows, columns, days, kinds=('reported',), counted='count', where=lambda *pair: True):
    """What each cell holds: pairs, States or recommendations; None stands for all rows or all columns."""
    cells = defaultdict(set)
    for day in days:
        for pair in conference.pairs(day, kinds):
            if not where(*pair, day):
                continue
            thing = pair[0] if counted == 'states' else pair[1] if counted == 'recommendations' else pair
            if counted == 'score':
                weight = WEIGHTS.get(pair[3][3]) if pair[3] else None
                thing = None if weight is None else (pair[0], pair[1], weight)
            elif counted == 'count':
                thing = (pair[0], pair[1])
            answered = pair[3] is not None
            places = members(conference, rows, pair, day), members(conference, columns, pair, day)
            for row in places[0] + [None]:
                for column in places[1] + [None]:
                    cells[row, column] |= {thing} - {None}
                if answered:
                    cells[row, 'answered'].add(thing)
    return cells


def mean(things):
    """Two decimals, rounded half up."""
    weight = (2 * sum(thing[2] for thing in things) + len(things)) // (2 * len(things)) if things else None
    return '' if weight is None else f'{weight // 100}.{weight % 100:02d}'


def table(conference, rows, columns, days, measure='count', rate=False, labels=None, before=None, **choice):
    """Lines as rectrack writes them, without labels: row, a figure a column, total; the rows sorted."""
    counted = next((name for name in measure.split(',') if name in ('states', 'recommendations', 'score')), 'count')
    cells = count(conference, rows, columns, days, counted=counted, **choice)
    then = count(conference, rows, columns, [before], counted=counted, **choice) if before else None
    names = {column for row, column in list(cells) + list(then or ()) if isinstance(column, tuple)}
    if columns == ['level']:
        names |= {(level,) for level in LEVELS + [NONE]}
    places = {row for row, column in list(cells) + list(then or ()) if isinstance(row, tuple)}
    adds_up = 'year_end' not in rows

    def figures(row, column):
        out = []
        for name in measure.split(','):
            part, whole = cells[row, column], {'row-percent': cells[row, None], 'col-percent': cells[None, column],
                                               'total-percent': cells[None, None]}.get(name)
            if whole is not None and column is None and name == 'row-percent' and ',' in measure:
                continue
            out.append(mean(part) if name == 'score' else tenths(len(part), len(whole)) if whole is not None else str(len(part)))
            if then is not None:
                out.append(str(len(part) - len(then[row, column])))
        return out

    lines = []
    for row in sorted(places) + ([None] if adds_up else []):
        line = ['/'.join(row or ('total',))]
        for column in sorted(names):
            line += figures(row, column)
        line += figures(row, None)
        if measure in ('row-percent', 'score'):
            line.append(str(len(cells[row, None])))
        if rate:
            line.append(tenths(len(cells[row, 'answered']), len(cells[row, None])))
        lines.append(line)
    return lines


def year_ends(first, day):
    return [datetime.date(year, 12, 31) for year in range(first, day.year) if datetime.date(year, 12, 31) < day] + [day]


def silent(conference, day):
    asked = defaultdict(list)
    for state, reference, item, record in conference.pairs(day):
        asked[state].append(record)
    quiet = sorted(state for state, records in asked.items() if not any(records))
    return [[state, str(len(asked[state]))] for state in quiet] + [['total', str(sum(len(asked[state]) for state in quiet))]]


def changes(conference, since, day):
    def levels(on):
        return {(state, reference): record for state, reference, item, record in conference.pairs(on)}
    before, after = levels(since), levels(day)
    name = lambda level, key: 'not-asked' if key not in level else level[key][3] if level[key] else NONE
    lines = []
    for key in sorted(set(before) | set(after)):
        one, other = name(before, key), name(after, key)
        if one != other and not {one, other} <= {NONE, 'not-asked'}:
            lines.append([*key, one, other])
    return lines


def matrix(conference, day):
    letters_of = dict(zip(LEVELS, 'IPULNX'))
    shown = {reference for state, reference, item, record in conference.pairs(day)}
    cells = defaultdict(dict)
    for state, reference, item, record in conference.pairs(day):
        cells[state][reference] = record
    lines, answers, newest = [], defaultdict(int), datetime.date.min
    for state in sorted(cells):
        records = [record for record in cells[state].values() if record]
        for reference, record in cells[state].items():
            answers[reference] += record is not None
        newest = max([newest] + [record[0] for record in records])
        # Days received and sources aren't said, so that replies differ in their channel alone.
        newest_of = max(record[0] for record in records).isoformat() if records else ''
        lines.append([state, newest_of, str(len(conference.channels[state]))] + [('' if reference not in cells[state] else letters_of[cells[state][reference][3]]
                                 if cells[state][reference] else '-') for reference in sorted(shown)]
                     + [str(len(records))])
    total = [str(answers[reference]) for reference in sorted(shown)]
    return lines + [['total', newest.isoformat(), str(sum(int(line[2]) for line in lines))] + total + [str(sum(answers.values()))]]


def normal(dimensions):
    """Figures of rectrack in the order of this program: columns by code, rows sorted, the total last."""
    rows = list(csv.reader(sys.stdin))
    head = rows[0]
    kept = [place for place, name in enumerate(head) if not name.endswith('_label') and name != 'source']
    last = head.index('total')
    def code(place):
        for suffix in (':change', ':row-percent', ':col-percent', ':total-percent'):
            if head[place].endswith(suffix):
                return head[place][:-len(suffix)]
        return head[place]
    first = [place for place in kept[dimensions:] if head[place] in ('newest', 'replies')]
    cells = sorted((place for place in kept[dimensions + len(first):] if place < last), key=lambda place: (code(place), place))
    order = first + cells + [place for place in kept[dimensions:] if place >= last]
    name = lambda row: '/'.join(row[place] for place in kept[:dimensions]).rstrip('/')
    lines = sorted(rows[1:], key=lambda row: (row[0] == 'total', tuple(row[place] for place in kept[:dimensions])))
    csv.writer(sys.stdout, lineterminator='\n').writerows([name(row)] + [row[place] for place in order] for row in lines)


def pick(names):
    lines = sorted([row[name] for name in names] for row in csv.DictReader(sys.stdin))
    csv.writer(sys.stdout, lineterminator='\n').writerows(lines)


def main():
    if sys.argv[1] == 'normal':
        normal(int(sys.argv[2]))
        return
    if sys.argv[1] == 'pick':
        pick(sys.argv[2:])
        return
    if sys.argv[1] == 'generate':
        generate(*sys.argv[2:4], *(int(number) for number in sys.argv[4:7]))
        return
    name, conference, day = sys.argv[1], Conference(sys.argv[2], sys.argv[3]), date(sys.argv[4])
    more = sys.argv[5:]
    overdue = lambda state, ref, item, rec, on: item['due'] is not None and item['due'] < on and not (rec and rec[3] in CLOSING)
    lines = {
        'progress': lambda: table(conference, ['recommendation'], ['level'], [day]),
        'states': lambda: table(conference, ['state'], ['level'], [day]),
        'groups': lambda: table(conference, ['regional_group'], ['level'], [day]),
        'compare': lambda: table(conference, ['regional_group'], ['level'], [day], before=date(more[0])),
        'sessions': lambda: table(conference, ['body', 'session'], ['level'], [day], 'count,row-percent', rate=True),
        'themes': lambda: table(conference, ['theme', 'recommendation'], ['level'], [day], 'states', rate=True),
        'ageing': lambda: table(conference, ['adopted', 'age'], ['level'], [day]),
        'overdue': lambda: table(conference, ['due', 'recommendation'], ['level'], [day], where=overdue),
        'trend': lambda: table(conference, ['year_end'], ['level'], year_ends(2016, day)),
        'silent': lambda: silent(conference, day),
        'changes': lambda: changes(conference, date(more[0]), day),
        'matrix': lambda: matrix(conference, day),
        'crosstab': lambda: table(conference, more[0].split(','), more[1].split(','), [day], more[2], kinds=more[3].split(',')),
        'filtered': lambda: table(conference, ['channel'], ['year'], [day], kinds=('reported', 'assessed'), where=lambda s, r, i, rec, on:
                                  conference.states[s]['ldc'] == 'true' and rec is not None
                                  and not rec[3] == 'planned' and date('2019-03-01') <= rec[0] <= date('2022-10-31')),
    }[name]()
    csv.writer(sys.stdout, lineterminator='\n').writerows(lines)


if __name__ == '__main__':
    main()
