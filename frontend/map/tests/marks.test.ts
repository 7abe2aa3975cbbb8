import { expect, test } from 'vitest';
import { kGroups, markColours, markSvg } from '../marks.ts';

const symbol = '<path d="M1 1h22v22z" fill="currentColor" stroke="none"/><g><path d="M5 5h2"/></g>';

test('a mark has casing, ring, shape and glyph, one over the other', () => {
  const svg = markSvg(symbol, { fill: '#111111', ring: '#222222', casing: '#333333', glyph: '#444444' });
  const order = ['#333333', '#222222', '#111111'].map((colour) => svg.indexOf(colour));
  expect(order.every((place) => place > 0)).toBe(true);
  expect([...order].sort((a, b) => a - b)).toEqual(order);
  expect(svg.match(/M1 1h22v22z/g)).toHaveLength(3);
  expect(svg).toContain('stroke="#444444"');
});

test('each of the eight groups has its own colour in both themes', () => {
  for (const theme of ['light', 'dark'] as const) {
    expect(new Set(kGroups.map((group) => markColours(group, theme).fill)).size).toBe(8);
  }
});
