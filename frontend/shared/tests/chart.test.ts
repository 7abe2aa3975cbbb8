import { expect, test } from 'vitest';
import { nearest, step } from '../chart.ts';

const mark = (x: number, y: number) => ({ x, y, label: '', value: '' });

test('the nearest mark prefers its own column', () => {
  const marks = [mark(0, 0), mark(10, 100), mark(40, 0)];
  expect(nearest(marks, 11, 90)).toBe(1);
  expect(nearest(marks, 38, 30)).toBe(2);
  expect(nearest([], 0, 0)).toBe(-1);
});

test('arrows walk and stop at the ends', () => {
  expect(step('ArrowRight', -1, 3)).toBe(0);
  expect(step('ArrowRight', 2, 3)).toBe(2);
  expect(step('ArrowLeft', 0, 3)).toBe(0);
  expect(step('End', 0, 3)).toBe(2);
  expect(step('a', 0, 3)).toBeUndefined();
  expect(step('End', 0, 0)).toBeUndefined();
});
