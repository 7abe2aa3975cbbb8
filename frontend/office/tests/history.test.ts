import { expect, test } from 'vitest';
import { members } from '../lib/audit.ts';
import { pressed } from '../lib/keys.ts';
import { draftErrors, within } from '../potential/errors.ts';
import { versionsOf } from '../potential/history.ts';

const entry = (sequence: number, content: object) => ({ sequence, at: '2026-11-24T00:00:00Z', actor: 'ani', action: 'change', reason: '', content: content as Record<string, never> });

test('each version is laid beside the one before it', () => {
  const first = { region: '74.01', title: { id: 'Kakao' }, shape: 'a' };
  const versions = versionsOf([
    entry(4, { ...first, title: { id: 'Kakao' }, shape: 'b' }),
    entry(3, { reason: 'no content of the record' }),
    entry(2, { ...first, sector: 'A' }),
    entry(1, first),
  ]);
  expect(versions.map((one) => one.changes.map((change) => change.field))).toEqual([['sector', 'geometry'], [], ['sector'], []]);
  expect(versions[1]!.draft).toBeNull();
});

test('an entry of the log is flat, and with before and after only what differs', () => {
  expect(members({ name: 'Ani', role: { code: 'x' }, none: null })).toEqual([
    { path: 'name', before: undefined, after: 'Ani' }, { path: 'role.code', before: undefined, after: 'x' },
  ]);
  expect(members({ before: { a: 1, b: 2 }, after: { a: 1, b: 3, c: 4 } })).toEqual([
    { path: 'b', before: '2', after: '3' }, { path: 'c', before: '', after: '4' },
  ]);
});

test('faults are found by field, however the place in a list is written', () => {
  const errors = draftErrors([{ field: 'figures[0].unit', message: 'A.' }, { field: 'figures.0.unit', message: 'B.' }, { field: 'title.id', message: 'C.' }]);
  expect(errors.get('figures.0.unit')).toBe('A. B.');
  expect(within(errors, 'figures')).toBe('A. B.');
  expect(within(errors, 'title.en')).toBe('');
});

test('keys', () => {
  const event = { key: 'p', ctrlKey: false, metaKey: false, altKey: false };
  expect(pressed(event, '')).toBe('p');
  expect(pressed(event, 'g')).toBe('g p');
  expect(pressed({ ...event, key: 'K', metaKey: true }, '')).toBe('Ctrl+k');
  expect(pressed({ ...event, altKey: true }, '')).toBe('');
});
