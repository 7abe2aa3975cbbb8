// The icon sprite and the favicon, made at build time: chosen lucide icons, the eight group marks (shape of the token
// file with its glyph) and the ring of 17. Used by vite.config.ts; pages refer to it as <use href="{{ICONS}}#fish">.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

interface Shape {
  d: string;
  at: [number, number];
  scale: number;
}
interface Choice {
  lucide: string[];
  shapes: Record<string, Shape>;
}
interface Tokens {
  groups: Record<string, { shape: string; icon: string }>;
}

const kHere = dirname(fileURLToPath(import.meta.url));
const kLucide = join(kHere, '..', '..', 'node_modules', 'lucide-static', 'icons');
// One segment a kabupaten/kota, in the order of their codes, clockwise from the top.
const kSegments = 17;

// What stands between <svg ...> and </svg> of a lucide file, without the white space.
export function drawing(svg: string): string {
  const match = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(svg);
  if (!match?.[1]) throw new Error('not an SVG file');
  return match[1].replace(/\s*\n\s*/g, '').replace(/ \/>/g, '/>').trim();
}

function lucide(name: string): string {
  return drawing(readFileSync(join(kLucide, `${name}.svg`), 'utf8'));
}

// Colours come from the page: currentColor fills the shape, the inherited stroke draws the glyph.
export function mark(shape: Shape, glyph: string): string {
  const [x, y] = shape.at.map((middle) => +(middle - 12 * shape.scale).toFixed(2));
  return (
    `<path d="${shape.d}" fill="currentColor" stroke="none"/>` +
    `<g transform="translate(${x} ${y}) scale(${shape.scale})" fill="none" stroke-linecap="round" stroke-linejoin="round">${glyph}</g>`
  );
}

// The ring: `lit` segments from the third o'clock on are amber, the others take the colour of the text.
export function ring(lit: string, rest: string): string {
  const circle = (colour: string, dashes: string, offset: number) =>
    `<path d="M24 4a20 20 0 0 1 0 40 20 20 0 0 1 0-40" fill="none" stroke="${colour}" stroke-width="6" ` +
    `pathLength="${kSegments}" stroke-dasharray="${dashes}" stroke-dashoffset="${offset}"/>`;
  const litFrom = 3;
  const litCount = 4;
  const pattern = Array.from({ length: litCount }, () => '.78 .22').join(' ');
  const lone = `${pattern} 0 ${kSegments - litCount}`;
  const others = Array.from({ length: kSegments - litCount }, () => '.78 .22').join(' ');
  return (
    circle(rest, `${others} 0 ${litCount}`, -(litFrom + litCount) - 0.11) + circle(lit, lone, -litFrom - 0.11)
  );
}

export function sprite(choice: Choice, tokens: Tokens): string {
  const symbols = choice.lucide.map((name) => `<symbol id="${name}" viewBox="0 0 24 24">${lucide(name)}</symbol>`);
  for (const [code, group] of Object.entries(tokens.groups)) {
    const shape = choice.shapes[group.shape];
    if (!shape) throw new Error(`group ${code}: no shape ${group.shape}`);
    symbols.push(`<symbol id="g-${code}" viewBox="0 0 24 24">${mark(shape, lucide(group.icon))}</symbol>`);
    symbols.push(`<symbol id="glyph-${code}" viewBox="0 0 24 24">${lucide(group.icon)}</symbol>`);
  }
  symbols.push(`<symbol id="lingkar" viewBox="0 0 48 48">${ring('#f0a226', 'currentColor')}</symbol>`);
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>`;
}

function readJson<T>(...path: string[]): T {
  return JSON.parse(readFileSync(join(kHere, ...path), 'utf8')) as T;
}

export function favicon(): string {
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><rect width="48" height="48" rx="10" fill="#002a2f"/>' +
    `<g transform="translate(4.8 4.8) scale(.8)">${ring('#f0a226', '#fff')}</g></svg>`
  );
}

// Manifest keys of the sprites: "shared/icons/icons.svg", "office/icons.svg". favicon.svg keeps its name.
export function iconSprite(): Plugin {
  return {
    name: 'icon-sprite',
    apply: 'build',
    generateBundle() {
      const choice = readJson<Choice>('icons.json');
      const office = readJson<Pick<Choice, 'lucide'>>('..', '..', 'office', 'icons.json');
      const tokens = readJson<Tokens>('..', 'tokens.json');
      const emit = (originalFileName: string, source: string) =>
        this.emitFile({ type: 'asset', name: 'icons.svg', originalFileName, source });
      emit('shared/icons/icons.svg', sprite(choice, tokens));
      emit('office/icons.svg', sprite({ ...choice, lucide: office.lucide }, tokens));
      this.emitFile({ type: 'asset', fileName: 'favicon.svg', source: favicon() });
    },
  };
}
