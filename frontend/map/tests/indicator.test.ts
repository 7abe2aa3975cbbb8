// @vitest-environment node
import { describe, expect, test } from 'vitest';
import { indicatorAddress, parseClasses } from '../indicator.ts';

describe('classes of an indicator', () => {
  test('are read as the server writes them', () => {
    expect([...parseClasses('74.01:3 74.71:0')]).toEqual([
      ['74.01', 3],
      ['74.71', 0],
    ]);
  });
  test('what is none is left out', () => {
    expect(parseClasses('74.01 :3 74.02:x 74.03:12').size).toBe(0);
    expect(parseClasses(undefined).size).toBe(0);
  });
  test('are asked for with filter and year', () => {
    const state = { query: 'group=laut', panel: 'indicator', indicator: 'area' } as const;
    expect(indicatorAddress('/id/peta', state)).toBe('/id/peta?fragment=indicator&group=laut&i=area');
    expect(indicatorAddress('/id/peta', { ...state, year: 2024 })).toBe('/id/peta?fragment=indicator&group=laut&i=area&year=2024');
  });
});
