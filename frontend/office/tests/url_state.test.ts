import { expect, test } from 'vitest';
import { apiQuery, nothingChosen, readState, writeState } from '../lib/url_state.ts';

test('the address of a list is read and written alike', () => {
  for (const query of ['', 'task=mine', 'q=kakao+rakyat', 'state=draft,submitted&region=74.01,74.10&sort=title', 'task=review&group=laut', 'import=12&sort=title']) {
    expect(writeState(readState(new URLSearchParams(query)))).toBe(query);
  }
});

test('what nobody knows is passed over', () => {
  expect(readState(new URLSearchParams('sort=wild&task=all&x=1&state=,,'))).toEqual({ q: '', task: '', sort: '-changed', chosen: nothingChosen() });
});

test('the API is asked with the same words', () => {
  expect(apiQuery(readState(new URLSearchParams('region=74.01,74.02&q=kakao')))).toEqual({ sort: '-changed', region: '74.01,74.02', q: 'kakao' });
  expect(apiQuery(readState(new URLSearchParams('import=12&tag=uji')))).toEqual({ sort: '-changed', import: 12, tag: 'uji' });
  expect(apiQuery(readState(new URLSearchParams('')))).toEqual({ sort: '-changed' });
});

test('a code with zeros stays a text', () => {
  expect(readState(new URLSearchParams('region=74.10')).chosen.region).toEqual(['74.10']);
});
