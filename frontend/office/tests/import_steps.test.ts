import { describe, expect, test, vi } from 'vitest';

vi.mock('../lib/api.ts', () => ({}));
const { canUndo, columnsFor, kSteps, openSteps, stepFor, unmapped, writes } = await import('../import/steps.ts');
type Import = import('../import/contract.ts').Import;
type Settings = import('../import/contract.ts').Settings;

const settings = (columns: [string, string][], rest: Partial<Settings> = {}) =>
  ({ columns: columns.map(([column, field]) => ({ column, field })), defaults: [], match: 'slug', ...rest }) as unknown as Settings;

const report = (counts: Partial<Record<'new' | 'changed' | 'same' | 'error', number>>, rest = {}) =>
  ({ stale: false, counts: { new: 0, changed: 0, same: 0, error: 0, ...counts }, codes: [], ...rest });
const one = (state: Import['state'], with_: unknown = null) => ({ id: 1, state, report: with_, result: null }) as unknown as Import;

describe('steps of an import', () => {
  test('a new one begins with the file, whatever the address asks', () => {
    expect(openSteps(null)).toEqual(['file']);
    expect(stepFor(null, 'run')).toBe('file');
  });
  test('before a dry run nothing beyond the columns is open', () => {
    expect(openSteps(one('mapping'))).toEqual(['file', 'source', 'columns']);
    expect(stepFor(one('mapping'), 'check')).toBe('source');
    expect(stepFor(one('mapping'), 'columns')).toBe('columns');
  });
  test('it can run only when the dry run is fresh and something would be written', () => {
    expect(openSteps(one('checked', report({ new: 3 })))).toContain('run');
    expect(openSteps(one('checked', report({ new: 3 }, { stale: true })))).not.toContain('run');
    expect(openSteps(one('checked', report({ same: 3, error: 1 })))).not.toContain('run');
    expect(openSteps(one('mapping', report({ new: 3 })))).not.toContain('run');
  });
  test('who comes back goes on where it stands', () => {
    expect(stepFor(one('checked', report({ new: 1 })), null)).toBe('check');
    expect(stepFor(one('checked', report({ new: 1 }, { codes: [{}] })), null)).toBe('codes');
    expect(stepFor(one('running', report({ new: 1 })), null)).toBe('run');
    for (const state of ['applied', 'undoing', 'undone'] as const) expect(stepFor(one(state, report({})), null)).toBe('result');
  });
  test('what is over cannot be set up again, only looked at', () => {
    expect(openSteps(one('applied', report({})))).toEqual(['file', 'check', 'result']);
    expect(stepFor(one('applied', report({})), 'columns')).toBe('result');
    expect(stepFor(one('applied', report({})), 'check')).toBe('check');
  });
  test('every open step is a step', () => {
    for (const state of ['mapping', 'checking', 'checked', 'running', 'applied', 'undoing', 'undone'] as const) {
      for (const step of openSteps(one(state, report({ changed: 1 })))) expect(kSteps).toContain(step);
    }
  });
  test('what would be written are the new and the changed', () => {
    expect(writes(one('checked', report({ new: 2, changed: 3, same: 5, error: 7 })))).toBe(5);
    expect(writes(one('mapping'))).toBe(0);
  });
  test('it can be undone while its time lasts', () => {
    const done = { ...one('applied'), result: { undo_until: '2026-12-24T00:00:00Z' } } as Import;
    expect(canUndo(done, Date.parse('2026-12-23T23:59:00Z'))).toBe(true);
    expect(canUndo(done, Date.parse('2026-12-24T00:01:00Z'))).toBe(false);
    expect(canUndo({ ...done, state: 'undone' } as Import, 0)).toBe(false);
  });
});

describe('mapping', () => {
  test('what nothing gives is named, unless rows are known by their address', () => {
    expect(unmapped(settings([['Nama', 'title.id'], ['Ringkas', 'summary.id']]))).toEqual(['region', 'sector']);
    expect(unmapped(settings([['Nama', 'title.id'], ['Alamat', 'slug']]))).toEqual([]);
    expect(unmapped(settings([['Nama', 'title.id'], ['Alamat', 'slug']], { match: 'none' }))).toEqual(['summary.id', 'region', 'sector']);
    expect(unmapped(settings([['Nama', 'title.id'], ['Ringkas', 'summary.id']], { defaults: [{ field: 'region', value: '74.01' }, { field: 'sector', value: 'A' }] } as never))).toEqual([]);
  });
  const mapped = settings([
    ['Nama', 'title.id'], ['Judul', 'title.en'], ['Kab', 'region'], ['Lintang', 'lat'], ['Bujur', 'lon'], ['Luas', 'quantity'], ['Tahun', 'year'], ['Sumber', 'source'],
  ]);
  test('a fault is shown at the columns it comes from', () => {
    expect(columnsFor(mapped, 'region')).toEqual(['Kab']);
    expect(columnsFor(mapped, 'title.en')).toEqual(['Judul']);
    expect(columnsFor(mapped, 'geometry')).toEqual(['Lintang', 'Bujur']);
    expect(columnsFor(mapped, 'figures[0].year')).toEqual(['Tahun']);
    expect(columnsFor(mapped, 'figures.0.quantity')).toEqual(['Luas']);
    expect(columnsFor(mapped, 'figures')).toEqual(['Luas', 'Tahun', 'Sumber']);
    expect(columnsFor(mapped, 'sources.0')).toEqual(['Sumber']);
    expect(columnsFor(mapped, 'title')).toEqual(['Nama', 'Judul']);
    expect(columnsFor(mapped, 'note')).toEqual([]);
  });
});
