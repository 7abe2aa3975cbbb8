import { expect, test } from 'vitest';
import { drawing, favicon, mark, ring, sprite } from '../icons/sprite.ts';
import choice from '../icons/icons.json';
import tokens from '../tokens.json';

test('a drawing keeps its shapes and loses the frame of the file', () => {
  const file = '<!-- @license -->\n<svg\n  class="lucide"\n  viewBox="0 0 24 24"\n>\n  <path d="M1 2" />\n  <circle r="3" />\n</svg>\n';
  expect(drawing(file)).toBe('<path d="M1 2"/><circle r="3"/>');
  expect(() => drawing('nothing')).toThrow('not an SVG file');
});

test('the glyph stands in the middle of its shape', () => {
  expect(mark({ d: 'M0 0', at: [12, 14], scale: 0.5 }, '<path d="M1 1"/>')).toContain('translate(6 8) scale(0.5)');
});

test('the ring has 17 segments', () => {
  expect(ring('#f00', '#fff').match(/\.78 \.22/g)).toHaveLength(17);
});

const sheet = sprite(choice as never, tokens as never);

test('the sprite holds each icon once, a mark and a glyph for each of the 8 groups, and the ring', () => {
  const ids = [...sheet.matchAll(/<symbol id="([^"]+)"/g)].map((match) => match[1]);
  expect(new Set(ids).size).toBe(ids.length);
  for (const code of Object.keys(tokens.groups)) {
    expect(ids).toContain(`g-${code}`);
    expect(ids).toContain(`glyph-${code}`);
  }
  expect(ids).toEqual(expect.arrayContaining([...choice.lucide, 'lingkar']));
});

test('neither sprite nor favicon carries style or script: they stand under the policy of the pages', () => {
  for (const svg of [sheet, favicon()]) expect(svg).not.toMatch(/style|<script|href/);
});
