#!/usr/bin/env python3
"""Writes the back office's catalogues as JSON: frontend/office/generated/<lang>.json, {message: translation or [plural
forms]}, only the messages that stand in frontend/office. English needs none. Called by tools/build_frontend.sh, which
bundles each as a chunk of its own; a file is rewritten only when it changed."""
import json

from extract_messages import ROOT, collect, read_po

OUT = ROOT / 'frontend' / 'office' / 'generated'


def catalogue(entries, messages):
    """Messages without translation are left out: the English text is shown then."""
    out = {}
    for one, (many, _) in sorted(messages.items()):
        strings = entries.get(one, (None, ['']))[1]
        if all(strings):
            out[one] = strings if many else strings[0]
    return out


def main():
    messages = collect(folders=('frontend/office',))
    OUT.mkdir(exist_ok=True)
    for path in sorted((ROOT / 'locale').glob('*/simpul.po')):
        language = path.parent.name
        if language == 'en':
            continue
        text = json.dumps(catalogue(read_po(path)[1], messages), ensure_ascii=False, indent=0) + '\n'
        target = OUT / f'{language}.json'
        if not target.exists() or target.read_text('utf-8') != text:
            target.write_text(text, 'utf-8')


if __name__ == '__main__':
    main()
