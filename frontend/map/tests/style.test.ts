// The map style is data of the server, but the island and the token file must agree with it.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import tokens from '../../shared/tokens.json';

const source = readFileSync(new URL('../../../reference/map_style.json', import.meta.url), 'utf8');

// As reference/README.md tells the server to do.
function resolved(theme: 'light' | 'dark' | 'print'): unknown {
  const colours = new Map<string, string>(Object.entries(tokens.map[theme]));
  const text = source.replace(/"@([a-z0-9-]+)"/g, (_, name: string) => {
    const colour = colours.get(name);
    if (!colour) throw new Error(`no colour ${name} in ${theme}`);
    return `"${colour}"`;
  });
  return JSON.parse(text.replaceAll('@lang', 'id'));
}

test.each(['light', 'dark', 'print'] as const)('the style is valid in the theme %s', (theme) => {
  const style = resolved(theme) as Parameters<typeof validateStyleMin>[0];
  expect(validateStyleMin(style).map(({ message }) => message)).toEqual([]);
});

test('every layer that the island touches is there', () => {
  const { layers, sources } = JSON.parse(source) as { layers: { id: string }[]; sources: object };
  const ids = layers.map(({ id }) => id);
  for (const id of ['potential', 'cluster', 'badge']) expect(ids).toContain(id);
  expect(Object.keys(sources)).toEqual(['regions', 'potentials', 'areas', 'measured', 'chosen']);
});
