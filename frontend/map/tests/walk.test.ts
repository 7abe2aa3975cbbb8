import { expect, test } from 'vitest';
import { readingOrder, spoken, walkTo, type Feature } from '../walk.ts';

const feature = (id: string, x: number, y: number, more: Partial<Feature> = {}): Feature => ({
  kind: 'potential', id, title: id, region: 'Kolaka', group: 'tani', count: 1, lon: 0, lat: 0, x, y, ...more,
});

test('rows from the top, each from the left', () => {
  const order = readingOrder([feature('d', 5, 200), feature('b', 90, 10), feature('a', 10, 40), feature('c', 300, 47)]);
  expect(order.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
});

test('a feature on the edge of two tiles is one feature', () => {
  expect(readingOrder([feature('a', 1, 1), feature('a', 1, 1), feature('a', 1, 1, { kind: 'badge' })])).toHaveLength(2);
});

test('the walk goes round the ends', () => {
  expect(walkTo('ArrowRight', -1, 3)).toBe(0);
  expect(walkTo('ArrowDown', 2, 3)).toBe(0);
  expect(walkTo('ArrowLeft', -1, 3)).toBe(2);
  expect(walkTo('ArrowUp', 2, 3)).toBe(1);
  expect(walkTo('End', 0, 3)).toBe(2);
  expect(walkTo('Home', 2, 3)).toBe(0);
  expect(walkTo('x', 0, 3)).toBeUndefined();
  expect(walkTo('ArrowRight', -1, 0)).toBeUndefined();
});

test('every feature is reached exactly once', () => {
  const seen = new Set<number>();
  let current = -1;
  for (let step = 0; step < 17; ++step) seen.add((current = walkTo('ArrowRight', current, 17)!));
  expect(seen.size).toBe(17);
});

test('says what it is, where, and which of how many', () => {
  const texts = {
    feature: '{title}, {region}, {number} dari {total}',
    cluster: '{count} potensi berdekatan, {number} dari {total}',
    badge: '{region}: {count} potensi, {number} dari {total}',
  };
  expect(spoken(feature('Kakao rakyat', 0, 0, { region: 'Kolaka Timur' }), 2, 46, texts)).toBe('Kakao rakyat, Kolaka Timur, 3 dari 46');
  expect(spoken(feature('1,2', 0, 0, { kind: 'cluster', count: 7 }), 0, 9, texts)).toBe('7 potensi berdekatan, 1 dari 9');
  expect(spoken(feature('74.01', 0, 0, { kind: 'badge', count: 22 }), 0, 17, texts)).toBe('Kolaka: 22 potensi, 1 dari 17');
});
