#!/usr/bin/env python3
"""Collects every message of the program and brings the catalogues locale/<lang>/simpul.po up to date.

Messages are English sentences. They stand in
  C++         tr("..."), trn("one", "many", ...), msgid("..."), Error(ErrorKind::X, "..."), FieldError{field, "..."},
              refuse("...") (a helper that throws)
  templates   [[...]]
  TypeScript  tr('...'), trn('one', 'many', ...), msgid('...'), in .ts and .svelte files
A new message enters each catalogue without translation, one that nobody uses leaves it; entries are sorted by message.
`--pot` writes the template for translators to standard output instead. tools/check_messages.py judges the result.
"""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

CPP_TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/'                                     # comments
    r'|(?:u8)?R"(?P<mark>[^(\s]*)\((?P<raw>.*?)\)(?P=mark)"'  # raw strings
    r'|"(?P<string>(?:[^"\\\n]|\\.)*)"'
    r"|'(?:[^'\\\n]|\\[^\n']{1,9}|\\')'"                    # characters; not the ' of 1'000
    r'|(?P<name>[A-Za-z_]\w*)'
    r'|(?P<mark1>\S)', re.S)
TS_TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/|<!--.*?-->'
    r'|(?P<quote>[\'"])(?P<string>(?:\\.|(?!(?P=quote))[^\n])*)(?P=quote)'
    r'|`(?:\\.|[^`])*`'                                       # templates are no messages; what stands in them is not read
    r'|(?P<name>[A-Za-z_$][\w$]*)'
    r'|(?P<mark1>\S)', re.S)
# The calls that hold messages: which of their arguments, and whether those are the two forms of one message.
CPP_CALLS = {'tr': ([0], False), 'msgid': ([0], False), 'trn': ([0, 1], True), 'Error': ([1], False),
             'FieldError': ([1], False), 'refuse': ([0], False), 'fault': ([1], False)}
TS_CALLS = {'tr': ([0], False), 'msgid': ([0], False), 'trn': ([0, 1], True)}
HIDDEN = re.compile(r'`[^`\n]*\$\{[^`\n}]*\btrn?\(')
TEMPLATE = re.compile(r'\[\[(.*?)\]\]', re.S)
ESCAPES = {'n': '\n', 't': '\t', 'r': '\r', '0': '\0'}


def unescape(text):
    text = re.sub(r'\\u\{?([0-9a-fA-F]{4,6})\}?', lambda m: chr(int(m.group(1), 16)), text)
    return re.sub(r'\\(.)', lambda m: ESCAPES.get(m.group(1), m.group(1)), text, flags=re.S)


def tokens_of(text, pattern):
    """Pairs (kind, value): 'string', 'name' or 'mark'; comments left out, adjacent C++ literals joined."""
    out = []
    for match in pattern.finditer(text):
        group = match.groupdict()
        if group.get('raw') is not None:
            kind, value = 'string', group['raw']
        elif group.get('string') is not None:
            kind, value = 'string', unescape(group['string'])
        elif group['name']:
            kind, value = 'name', group['name']
        elif group['mark1']:
            kind, value = 'mark', group['mark1']
        else:
            continue
        if kind == 'string' and pattern is CPP_TOKEN and out and out[-1][0] == 'string':
            out[-1] = ('string', out[-1][1] + value)
        else:
            out.append((kind, value))
    return out


def messages_of_calls(tokens, calls):
    """Yields (one, many or None) for each message in the arguments of `calls`."""
    for at in range(len(tokens) - 1):
        kind, name = tokens[at]
        if kind != 'name' or name not in calls or tokens[at + 1] not in (('mark', '('), ('mark', '{')):
            continue
        if at and tokens[at - 1][1] in ('class', 'struct', 'explicit'):
            continue
        wanted, plural = calls[name]
        depth, argument, found = 0, 0, {}
        for kind, value in tokens[at + 1:]:
            if kind == 'mark' and value in '({[':
                depth += 1
            elif kind == 'mark' and value in ')}]':
                depth -= 1
                if depth == 0:
                    break
            elif kind == 'mark' and value == ',' and depth == 1:
                argument += 1
            elif kind == 'string' and depth == 1 and argument in wanted:
                found.setdefault(argument, []).append(value)
        if plural:
            for one, many in zip(found.get(0, []), found.get(1, [])):
                yield one, many
        else:
            for value in found.get(wanted[0], []):
                if name != 'refuse' or re.match(r'[A-Z{]', value):  # other helpers of that name take a detail
                    yield value, None


def collect(root=ROOT, folders=('src', 'templates', 'frontend/shared', 'frontend/map', 'frontend/office')):
    """{message: (plural or None, [files])} of the whole project or of some folders. Empty messages are left out."""
    found = {}

    def files(folder, *patterns):
        return sorted(path for pattern in patterns for path in (root / folder).rglob(pattern)
                      if not {'node_modules', 'generated'} & set(path.parts) and not path.name.endswith('.test.ts'))

    def add(one, many, path):
        if not one:
            return
        plural, places = found.get(one, (None, []))
        found[one] = (plural or many, places)
        name = str(path.relative_to(root))
        if name not in places:
            places.append(name)

    for folder in folders:
        if folder == 'src':
            for path in files(folder, '*.?pp'):
                for one, many in messages_of_calls(tokens_of(path.read_text('utf-8'), CPP_TOKEN), CPP_CALLS):
                    add(one, many, path)
        elif folder == 'templates':
            for path in files(folder, '*.*'):
                for match in TEMPLATE.finditer(path.read_text('utf-8')):
                    add(' '.join(match.group(1).split()), None, path)
        else:
            for path in files(folder, '*.ts', '*.svelte'):
                text = path.read_text('utf-8')
                if HIDDEN.search(text):
                    raise SystemExit(f'{path}: a message inside `...${{tr()}}...` is not found; put it before')
                for one, many in messages_of_calls(tokens_of(text, TS_TOKEN), TS_CALLS):
                    add(one, many, path)
    return found


def quoted(text):
    return '"' + text.replace('\\', '\\\\').replace('"', '\\"').replace('\n', '\\n').replace('\t', '\\t') + '"'


def read_po(path):
    """(text before the first message, {message: (plural or None, [translations])})"""
    entries, head = {}, ''
    for block in re.split(r'\n\s*\n', path.read_text('utf-8').strip()):
        fields, current = {}, None
        for line in block.splitlines():
            match = re.match(r'(msgid|msgid_plural|msgstr(?:\[\d+\])?)\s+"(.*)"$', line.strip())
            if match:
                current = match.group(1)
                fields[current] = unescape(match.group(2))
            elif line.strip().startswith('"') and current:
                fields[current] += unescape(line.strip()[1:-1])
        if 'msgid' not in fields:
            continue
        if fields['msgid'] == '':
            head = block
            continue
        strings = [fields[name] for name in sorted(fields) if name.startswith('msgstr')]
        if fields['msgid'] in entries:
            raise SystemExit(f'{path}: twice: {fields["msgid"]}')
        entries[fields['msgid']] = (fields.get('msgid_plural'), strings)
    return head, entries


def write_po(path, head, entries):
    text = head + '\n'
    for one in sorted(entries):
        many, strings = entries[one]
        text += f'\nmsgid {quoted(one)}\n'
        if many is None:
            text += f'msgstr {quoted(strings[0])}\n'
        else:
            text += f'msgid_plural {quoted(many)}\n'
            for number, string in enumerate(strings):
                text += f'msgstr[{number}] {quoted(string)}\n'
    path.write_text(text, 'utf-8') if isinstance(path, Path) else path.write(text)


def plural_count(head):
    return int(re.search(r'nplurals=(\d+)', head).group(1))


def merge(path, messages):
    head, entries = read_po(path)
    merged = {}
    for one, (many, _) in messages.items():
        old = entries.get(one)
        if old and (old[0] is None) == (many is None):
            merged[one] = (many, old[1])
        else:
            merged[one] = (many, [''] * (plural_count(head) if many else 1))
    write_po(path, head, merged)
    new = sorted(one for one in merged if not any(merged[one][1]))
    print(f'{path.relative_to(ROOT)}: {len(merged)} messages, {len(new)} without translation, '
          f'{len(set(entries) - set(merged))} left')
    for one in new:
        print('  ', one)


def main():
    messages = collect()
    if '--pot' in sys.argv[1:]:
        head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"'
        write_po(sys.stdout, head, {one: (many, ['', ''] if many else ['']) for one, (many, _) in messages.items()})
        return
    for path in sorted((ROOT / 'locale').glob('*/simpul.po')):
        if path.parent.name != 'en':  # the messages are English already
            merge(path, messages)


if __name__ == '__main__':
    main()
