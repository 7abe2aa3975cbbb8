// The marks of the eight groups as images for the map: the shape and glyph of the page's icon sprite, in the colours of
// the theme, with a ring and a thin dark casing so that each stands out on land and on sea.
import { groups, map as mapTokens, palette, ramps, theme as themes } from '../shared/tokens.json';

export type Theme = 'light' | 'dark';
export type Group = keyof typeof groups;
export const kGroups = Object.keys(groups) as Group[];

const kDisc = '<path d="M12 1a11 11 0 1 1 0 22 11 11 0 0 1 0-22z" fill="currentColor" stroke="none"/>';

// Box of a mark in px and how many pixels the image has for each.
export const kMarkSize = 32;
const kRatio = 2;

export interface MarkColours {
  fill: string;
  ring: string;
  casing: string;
  glyph: string;
}

export function markColours(group: Group, theme: Theme): MarkColours {
  const map = mapTokens[theme];
  return {
    fill: groups[group][theme],
    ring: map['marker-ring'],
    casing: map['marker-casing'],
    glyph: theme === 'light' ? palette['ink-0'] : palette['ink-950'],
  };
}

// `symbol` is what stands inside <symbol id="g-..."> of the sprite: the outline first, then the glyph.
export function markSvg(symbol: string, colours: MarkColours): string {
  const outline = /^<path[^>]*\sd="([^"]+)"/.exec(symbol)?.[1] ?? '';
  const rim = (colour: string, width: number) =>
    `<path d="${outline}" fill="${colour}" stroke="${colour}" stroke-width="${width}" stroke-linejoin="round"/>`;
  const size = kMarkSize * kRatio;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="-4.5 -4.5 33 33">` +
    rim(colours.casing, 7.2) +
    rim(colours.ring, 4.8) +
    `<g color="${colours.fill}" stroke="${colours.glyph}" stroke-width="2.2">${symbol}</g></svg>`
  );
}

// The five colours of classes, the lowest first. On the dark map more is lighter.
export function rampOf(theme: Theme): string[] {
  return theme === 'light' ? ramps.laut : ramps['laut-dark'];
}

// What stands for no data: lines at 45 degrees, an image of 16 px that repeats without a seam, at two pixels for each.
export function hatchImage(theme: Theme): ImageData {
  const size = 16;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no 2d canvas');
  context.fillStyle = themes[theme]['hatch-bg'];
  context.fillRect(0, 0, size, size);
  context.strokeStyle = themes[theme].hatch;
  context.lineWidth = 2.5;
  for (const from of [-size, 0, size]) {
    context.beginPath();
    context.moveTo(from - 2, size + 2);
    context.lineTo(from + size + 2, -2);
    context.stroke();
  }
  return context.getImageData(0, 0, size, size);
}

function symbolsOf(sprite: string): Map<string, string> {
  const symbols = new Map<string, string>();
  const parsed = new DOMParser().parseFromString(sprite, 'image/svg+xml');
  for (const symbol of parsed.querySelectorAll('symbol[id^="g-"]')) {
    const inner = symbol.innerHTML.replace(/ xmlns="[^"]*"/g, '');
    symbols.set(symbol.id, inner);
  }
  return symbols;
}

async function raster(svg: string): Promise<ImageData> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const size = kMarkSize * kRatio;
  const canvas = document.createElement('canvas');
  canvas.width = size;
  canvas.height = size;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no 2d canvas');
  context.drawImage(image, 0, 0, size, size);
  return context.getImageData(0, 0, size, size);
}

export interface MarkImage {
  id: string;
  data: ImageData;
  ratio: number;
}

// All eight. When the sprite does not answer, the marks are plain discs: colour alone, but the list names the group.
export async function makeMarks(spriteAddress: string, theme: Theme): Promise<MarkImage[]> {
  const symbols = await fetch(spriteAddress)
    .then((response) => (response.ok ? response.text() : ''))
    .then(symbolsOf)
    .catch(() => new Map<string, string>());
  return Promise.all(
    kGroups.map(async (group) => ({
      id: `g-${group}`,
      data: await raster(markSvg(symbols.get(`g-${group}`) ?? kDisc, markColours(group, theme))),
      ratio: kRatio,
    })),
  );
}
