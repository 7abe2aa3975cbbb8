import { describe, expect, test } from 'vitest';
import { completeness, percent } from '../lib/completeness.ts';
import { changes, conflicts, lines, merged, words } from '../lib/diff.ts';
import { same, toBody, toForm } from '../lib/draft.ts';
import { kindOf } from '../lib/files.ts';

const record = () =>
  toForm({
    region: '74.01',
    title: { id: 'Kakao rakyat', en: 'Smallholder cocoa' },
    figures: [{ quantity: 12, unit: 't', kind: 'production', year: 2023, source: 'Harian Contoh' }],
    forms: ['ksdd'],
    attachments: [{ file: 'ab', kind: 'photo', name: 'teluk.jpg', caption: { id: 'Teluk' } }],
    sources: ['Harian Contoh'],
    geometry: { type: 'Point', coordinates: [122, -4] },
  });

describe('form and contract', () => {
  test('what says nothing is left out', () => {
    const body = toBody(toForm({ region: '74.01', title: { id: 'Kakao', en: '  ' } }));
    expect(body).toEqual({
      region: '74.01', title: { id: 'Kakao' }, summary: {}, description: {}, geometry: null, figures: [], forms: [], attachments: [], sources: [],
    });
  });
  test('there and back is the same', () => expect(toForm(toBody(record()))).toEqual(record()));
  test('order and emptiness do not make a difference', () => {
    expect(same({ a: 1, b: '' }, { b: null, a: 1 })).toBe(true);
    expect(same({ a: 1 }, { a: 2 })).toBe(false);
    expect(same([1, 2], [2, 1])).toBe(false);
  });
  test('a photo says only what was written of it', () => {
    const form = record();
    form.attachments[0]!.alt['en'] = ' ';
    expect(toBody(form).attachments).toEqual([{ file: 'ab', kind: 'photo', name: 'teluk.jpg', caption: { id: 'Teluk' } }]);
    form.attachments[0]!.credit = 'Dinas Pariwisata';
    expect(toBody(form).attachments).toEqual([{ file: 'ab', kind: 'photo', name: 'teluk.jpg', caption: { id: 'Teluk' }, credit: 'Dinas Pariwisata' }]);
  });
  test('the form does not reach into what the server said', () => {
    const said = { region: '74.01', title: { id: 'Kakao' }, sources: ['a'] };
    const form = toForm(said);
    form.title['id'] = 'Kopi';
    form.sources.push('b');
    expect(said).toEqual({ region: '74.01', title: { id: 'Kakao' }, sources: ['a'] });
  });
});

describe('photos and documents', () => {
  test('by their name only pictures and PDF are sent', () => {
    expect(['TELUK.JPG', 'a.heic', 'rencana.pdf', 'a.svg', 'tanpa-akhiran', 'a.pdf.exe'].map(kindOf)).toEqual(['photo', 'photo', 'document', undefined, undefined, undefined]);
  });
  test('they count as complete with caption and alternative text', () => {
    const form = record();
    expect(completeness(form).files).toEqual({ filled: 1, of: 2 });
    form.attachments[0]!.alt['id'] = 'Perahu di teluk';
    expect(completeness(form).files).toEqual({ filled: 2, of: 2 });
    form.attachments[0]!.kind = 'document';
    expect(completeness(form).files).toEqual({ filled: 0, of: 2 });
  });
});

describe('differences', () => {
  test('field by field, texts by language', () => {
    const now = record();
    now.title['en'] = 'Cocoa';
    now.sector = 'A';
    now.figures[0]!.quantity = 13;
    expect(changes(record(), now).map((one) => one.field).sort()).toEqual(['figures', 'sector', 'title.en']);
    expect(changes(record(), record())).toEqual([]);
  });
  test('word by word, and both texts can be put together again', () => {
    const pieces = words('luas kebun 12 ha di Kolaka', 'luas kebun 15 ha di Kolaka Timur');
    const text = (skip: string) => pieces.filter((one) => one.kind !== skip).map((one) => one.text).join('');
    expect(text('new')).toBe('luas kebun 12 ha di Kolaka');
    expect(text('gone')).toBe('luas kebun 15 ha di Kolaka Timur');
    expect(pieces.filter((one) => one.kind === 'gone').map((one) => one.text)).toEqual(['12']);
    expect(words('', '')).toEqual([]);
  });
  test('lines of a list', () => {
    expect(lines(['a', 'b'], ['b', 'c'])).toEqual([
      { kind: 'same', value: 'b' }, { kind: 'new', value: 'c' }, { kind: 'gone', value: 'a' },
    ]);
  });
});

describe('two people, one record', () => {
  const base = record();
  const mine = record();
  mine.title['id'] = 'Kakao rakyat Alfa';
  mine.sector = 'A';
  mine.note = 'sama';
  const theirs = record();
  theirs.title['id'] = 'Kakao Alfa';
  theirs.status = 'offered';
  theirs.note = 'sama';

  test('each knows who changed what', () => {
    const list = conflicts(base, mine, theirs);
    const by = Object.fromEntries(list.map((one) => [one.field, [one.choice, one.both]]));
    expect(by).toEqual({ 'title.id': ['mine', true], sector: ['mine', false], status: ['theirs', false] });
  });
  test('nothing is lost: what one alone changed stays', () => {
    const result = merged(mine, theirs, conflicts(base, mine, theirs));
    expect(result.title['id']).toBe('Kakao rakyat Alfa');
    expect(result.sector).toBe('A');
    expect(result.status).toBe('offered');
  });
  test('and the other choice is possible', () => {
    const list = conflicts(base, mine, theirs).map((one) => ({ ...one, choice: 'theirs' as const }));
    expect(same(merged(mine, theirs, list), theirs)).toBe(true);
  });
});

test('completeness counts what is filled', () => {
  const draft = record();
  expect(completeness(draft).texts).toEqual({ filled: 2, of: 5 });
  expect(completeness(draft).figures).toEqual({ filled: 2, of: 2 });
  draft.figures[0]!.year = null;
  expect(completeness(draft).figures).toEqual({ filled: 1, of: 2 });
  expect(percent(toForm(null))).toBe(0);
  expect(percent(draft)).toBeGreaterThan(percent(toForm(null, '74.01')));
});
