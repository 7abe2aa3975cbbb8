import { expect, test } from 'vitest';
import { listAddress, parseGroups } from '../list.ts';

test('counts of the groups are read, what is no count is left out', () => {
  expect(parseGroups('tani:12 laut:0 x:y')).toEqual(new Map([['tani', 12], ['laut', 0]]));
  expect(parseGroups(undefined).size).toBe(0);
});

test('the list is asked for with filter and area', () => {
  expect(listAddress('/id/peta', 'group=laut', '')).toBe('/id/peta?fragment=list&group=laut');
  expect(listAddress('/id/peta', '', '1,2,3,4')).toBe('/id/peta?fragment=list&bbox=1,2,3,4');
});
