#!/usr/bin/env python3
"""Fails when a catalogue and the program disagree: a message without translation, a translation nobody uses, other
placeholders than the message has, HTML in a translation, or one message used both with and without plural. Run by
ctest as `messages`."""
import re
import sys

from extract_messages import ROOT, collect, messages_of_calls, plural_count, read_po, tokens_of, CPP_CALLS, CPP_TOKEN, TS_CALLS, TS_TOKEN

PLACEHOLDER = re.compile(r'\{\{[^}]*\}\}|\{\w+\}')


def faults(messages, catalogue, plurals):
    """Sentences about what is wrong with one catalogue ({message: (plural, [translations])})."""
    out = []
    for one, (many, places) in messages.items():
        where = f'{one!r} ({places[0]})'
        if one not in catalogue:
            out.append(f'not in the catalogue: {where}; run tools/extract_messages.py')
            continue
        old_many, strings = catalogue[one]
        if old_many != many:
            out.append(f'other plural than in the program: {where}')
            continue
        if len(strings) != (plurals if many else 1):
            out.append(f'wrong number of plural forms: {where}')
        wanted = set(PLACEHOLDER.findall(many or one))
        for string in strings:
            if not string:
                out.append(f'no translation: {where}')
            elif set(PLACEHOLDER.findall(string)) != wanted:
                out.append(f'other placeholders: {where} -> {string!r}')
            elif re.search(r'</?[a-z][^>]*>', string):
                out.append(f'HTML in a translation: {where}')
    out += [f'nobody uses: {one!r}' for one in catalogue if one not in messages]
    return out


def self_test():
    """The check and the collector must be able to fail."""
    source = 'tr("a" /* x */ "b"); // tr("no")\ntrn("{n} c", "{n} cs", n); throw Error(ErrorKind::Invalid, "d {x}");'
    found = list(messages_of_calls(tokens_of(source, CPP_TOKEN), CPP_CALLS))
    assert found == [('ab', None), ('{n} c', '{n} cs'), ('d {x}', None)], found
    source = """<p title={tr('a {x}', { x })}>{tr("b's")}</p> <!-- tr('no') --> `${x}` {trn('{n} c', '{n} cs', n)}"""
    found = list(messages_of_calls(tokens_of(source, TS_TOKEN), TS_CALLS))
    assert found == [('a {x}', None), ("b's", None), ('{n} c', '{n} cs')], found
    messages = {'a {x}': (None, ['f']), 'b': (None, ['f']), 'c': ('cs', ['f'])}
    assert not faults(messages, {'a {x}': (None, ['A {x}']), 'b': (None, ['B']), 'c': ('cs', ['C'])}, 1)
    for broken in ({'a {x}': (None, ['A {y}'])}, {'b': (None, [''])}, {'c': (None, ['C'])}, {'b': (None, ['<b>B</b>'])}):
        whole = {'a {x}': (None, ['A {x}']), 'b': (None, ['B']), 'c': ('cs', ['C'])} | broken
        assert len(faults(messages, whole, 1)) == 1, broken
    assert len(faults(messages, {}, 1)) == 3
    assert len(faults({}, {'z': (None, ['Z'])}, 1)) == 1


def main():
    self_test()
    messages = collect()
    bad = 0
    for path in sorted((ROOT / 'locale').glob('*/simpul.po')):
        if path.parent.name == 'en':
            continue
        head, catalogue = read_po(path)
        for fault in faults(messages, catalogue, plural_count(head)):
            print(f'{path.relative_to(ROOT)}: {fault}')
            bad += 1
    print(f'messages: {len(messages)}, faults: {bad}')
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
