import { expect, test } from 'vitest';
import { nextStop, restAt, stopHeights } from '../sheet.ts';

const heights = stopHeights(844, 744);

test('the stops: 96 px, 42 % of the screen, all but a strip of the map', () => {
  expect(heights).toEqual({ peek: 96, half: 354, full: 696 });
});

test('on a very low screen no stop is higher than the one above', () => {
  expect(stopHeights(300, 120)).toEqual({ peek: 96, half: 96, full: 96 });
});

test('let go slowly, the sheet rests at the nearest stop', () => {
  expect(restAt(110, 0.1, heights)).toBe('peek');
  expect(restAt(340, -0.1, heights)).toBe('half');
  expect(restAt(600, 0, heights)).toBe('full');
});

test('a flick goes on to the next stop', () => {
  expect(restAt(120, 1, heights)).toBe('half');
  expect(restAt(400, 1, heights)).toBe('full');
  expect(restAt(600, -1, heights)).toBe('half');
  expect(restAt(300, -1, heights)).toBe('peek');
  expect(restAt(696, 2, heights)).toBe('full');
});

test('presses go up and from the top down', () => {
  expect(nextStop('peek')).toBe('half');
  expect(nextStop('half')).toBe('full');
  expect(nextStop('full')).toBe('peek');
});
