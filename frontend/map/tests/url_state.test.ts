import { describe, expect, test } from 'vitest';
import { address, boxText, canonicalQuery, contains, layersOf, parseBox, parseView, readState, viewText, type State } from '../url_state.ts';

describe('filter vocabulary', () => {
  test('values are one sorted set for each name, names in the order of the vocabulary', () => {
    const pairs: [string, string][] = [['q', ' ikan tuna '], ['region', '74.10'], ['group', 'tani'], ['group', 'laut,tani'], ['region', '74.01']];
    expect(canonicalQuery(pairs)).toBe('group=laut,tani&region=74.01,74.10&q=ikan%20tuna');
  });
  test('other names are left out, empty values too', () => {
    expect(canonicalQuery([['m', '1/2/3'], ['colour', 'red'], ['sector', ','], ['q', '']])).toBe('');
  });
  test('what has a meaning in an address is encoded', () => {
    expect(canonicalQuery([['q', 'a&b=c']])).toBe('q=a%26b%3Dc');
  });
});

describe('view', () => {
  test('is written short and read back', () => {
    const text = viewText({ zoom: 8.456789, lat: -4.123456, lon: 122.987654 });
    expect(text).toBe('8.46/-4.1235/122.9877');
    expect(parseView(text)).toEqual({ zoom: 8.46, lat: -4.1235, lon: 122.9877 });
  });
  test.each(['', '8', '8/1', '8/1/2/3', '99/1/2', '8/91/2', '8/1/181', '8/x/2', null])('%s is no view', (text) => {
    expect(parseView(text)).toBeUndefined();
  });
});

describe('state', () => {
  test('survives the way through the address', () => {
    const state: State = { query: 'group=laut&q=tuna', panel: 'potentials', view: { zoom: 9, lat: -4.5, lon: 122.25 }, selected: 'wakatobi-tuna' };
    const to = address('/id/peta', '?embed=1&junk=2', state);
    expect(to).toBe('/id/peta?group=laut&q=tuna&m=9.00/-4.5000/122.2500&sel=wakatobi-tuna&embed=1');
    expect(readState(to.slice(to.indexOf('?')))).toEqual(state);
  });
  test('an empty state has a bare address', () => {
    expect(address('/id/peta', '', { query: '', panel: 'potentials' })).toBe('/id/peta');
    expect(readState('')).toEqual({ query: '', panel: 'potentials' });
  });
  test('an indicator with its year, and the layers beside it', () => {
    const state: State = { query: '', panel: 'layers', indicator: 'livestock_population.buffalo', year: 2024, layers: ['indicator', 'potentials'] };
    const to = address('/id/peta', '', state);
    expect(to).toBe('/id/peta?i=livestock_population.buffalo&year=2024&panel=layers&layers=indicator,potentials');
    expect(readState(to.slice(to.indexOf('?')))).toEqual(state);
    expect(readState('?i=area').panel).toBe('indicator');
    expect(readState('?i=%3Cb%3E&year=x')).toEqual({ query: '', panel: 'potentials' });
  });
  test('points give way to colours unless both are asked for', () => {
    expect([...layersOf(readState('?i=area'))]).toEqual(['indicator', 'districts']);
    expect([...layersOf(readState(''))]).toEqual(['potentials', 'districts']);
    expect([...layersOf(readState('?i=area&layers=potentials,indicator'))]).toEqual(['indicator', 'potentials']);
    expect([...layersOf(readState('?layers='))]).toEqual([]);
  });
  test('a selection that is no slug is left out', () => {
    expect(readState('?sel=../x').selected).toBeUndefined();
  });
  test('any state of the page stays short', () => {
    const query = canonicalQuery([['group', 'tani,laut,tambang,industri,infra,wisata,dagang,publik'], ['region', '74.01,74.02,74.03,74.04']]);
    const to = address('/id/peta', '', { query, panel: 'layers', indicator: 'livestock_population.buffalo', year: 2024, layers: ['districts', 'indicator', 'potentials'], view: { zoom: 10.123, lat: -4.12345, lon: 122.12345 }, selected: 'a'.repeat(80) });
    expect(to.length).toBeLessThan(500);
  });
});

describe('boxes', () => {
  test('are read strictly', () => {
    expect(parseBox('121,-5,122.5,-4')).toEqual([121, -5, 122.5, -4]);
    for (const text of ['', '1,2,3', '1,2,3,x', '3,0,1,1', undefined]) expect(parseBox(text)).toBeUndefined();
  });
  test('are written with 4 decimals', () => {
    expect(boxText([121.123456, -5, 122, -4])).toBe('121.1235,-5.0000,122.0000,-4.0000');
  });
  test('contain themselves but nothing wider', () => {
    expect(contains([0, 0, 2, 2], [0, 0, 2, 2])).toBe(true);
    expect(contains([0, 0, 2, 2], [0, 0, 2.1, 2])).toBe(false);
  });
});
