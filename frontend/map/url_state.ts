// The state of the map page in its address: the filter vocabulary of every public face, and beside it what
// src/web/site/map_state.hpp lists. Pure; the server's canonical form is the same.

export const kFacets = ['group', 'sector', 'region', 'commodity', 'form', 'status', 'maturity'] as const;
// Names that belong to the page but not to the map's state: kept as they are.
const kKept = ['embed'];

// What stands beside the map.
export type Panel = 'potentials' | 'indicator' | 'layers';

export interface View {
  zoom: number;
  lat: number;
  lon: number;
}

export interface State {
  query: string; // canonical filter, without bbox: "group=laut,tani&q=ikan"
  panel: Panel;
  indicator?: string | undefined; // that colours the regions
  year?: number | undefined; // of the indicator; none: its last
  layers?: string[] | undefined; // that are on; none: the usual ones
  view?: View | undefined;
  selected?: string | undefined;
}

export type Box = [west: number, south: number, east: number, north: number];

// Percent-encodes a value; the comma between values stays readable.
function encode(value: string): string {
  return encodeURIComponent(value).replace(/%2C/g, ',');
}

// One name may come several times and each may hold several values; all of it is one set.
export function canonicalQuery(pairs: Iterable<readonly [string, string]>): string {
  const sets = new Map<string, Set<string>>();
  let words = '';
  for (const [name, text] of pairs) {
    if (name === 'q') words = text.trim();
    if (!(kFacets as readonly string[]).includes(name)) continue;
    const set = sets.get(name) ?? new Set<string>();
    for (const value of text.split(',')) if (value.trim()) set.add(value.trim());
    sets.set(name, set);
  }
  const parts: string[] = [];
  for (const name of kFacets) {
    const set = sets.get(name);
    if (set?.size) parts.push(`${name}=${encode([...set].sort().join(','))}`);
  }
  if (words) parts.push(`q=${encode(words)}`);
  return parts.join('&');
}

// "7.25/-4.1234/122.4321"; undefined for anything else.
export function parseView(text: string | null): View | undefined {
  const match = /^(\d{1,2}(?:\.\d+)?)\/(-?\d{1,2}(?:\.\d+)?)\/(-?\d{1,3}(?:\.\d+)?)$/.exec(text ?? '');
  if (!match) return undefined;
  const [zoom, lat, lon] = match.slice(1).map(Number) as [number, number, number];
  if (zoom > 22 || Math.abs(lat) > 85 || Math.abs(lon) > 180) return undefined;
  return { zoom, lat, lon };
}

export function viewText(view: View): string {
  return `${view.zoom.toFixed(2)}/${view.lat.toFixed(4)}/${view.lon.toFixed(4)}`;
}

const isName = (text: string) => /^[a-z0-9._-]{1,120}$/.test(text);

export function readState(search: string): State {
  const parameters = new URLSearchParams(search);
  const selected = parameters.get('sel') ?? '';
  const indicator = parameters.get('i') ?? '';
  const year = parameters.get('year') ?? '';
  const layers = parameters.get('layers');
  return {
    query: canonicalQuery(parameters),
    panel: parameters.get('panel') === 'layers' ? 'layers' : isName(indicator) ? 'indicator' : 'potentials',
    indicator: isName(indicator) ? indicator : undefined,
    year: /^\d{4}$/.test(year) ? Number(year) : undefined,
    layers: layers === null ? undefined : layers.split(',').filter(isName).sort(),
    view: parseView(parameters.get('m')),
    selected: /^[a-z0-9-]{1,120}$/.test(selected) ? selected : undefined,
  };
}

// The layers of a state: the points give way to the colours of an indicator.
export function layersOf(state: State): Set<string> {
  if (state.layers) return new Set(state.layers);
  return new Set(state.indicator ? ['indicator', 'districts'] : ['potentials', 'districts']);
}

// The address of a state on `path`; what `search` holds beside the state and belongs to the page stays.
export function address(path: string, search: string, state: State): string {
  const parts = state.query ? [state.query] : [];
  if (state.indicator) parts.push(`i=${state.indicator}`);
  if (state.indicator && state.year) parts.push(`year=${state.year}`);
  if (state.panel === 'layers') parts.push('panel=layers');
  if (state.layers) parts.push(`layers=${state.layers.join(',')}`);
  if (state.view) parts.push(`m=${viewText(state.view)}`);
  if (state.selected) parts.push(`sel=${encode(state.selected)}`);
  const old = new URLSearchParams(search);
  for (const name of kKept) {
    const value = old.get(name);
    if (value !== null) parts.push(`${name}=${encode(value)}`);
  }
  return parts.length ? `${path}?${parts.join('&')}` : path;
}

export function parseBox(text: string | undefined): Box | undefined {
  const numbers = (text ?? '').split(',').map(Number);
  if (numbers.length !== 4 || numbers.some((number) => !Number.isFinite(number))) return undefined;
  if (text?.trim() === '' || numbers[0]! > numbers[2]! || numbers[1]! > numbers[3]!) return undefined;
  return numbers as Box;
}

export function boxText(box: Box): string {
  return box.map((number) => number.toFixed(4)).join(',');
}

export function contains(outer: Box, inner: Box): boolean {
  return outer[0] <= inner[0] && outer[1] <= inner[1] && outer[2] >= inner[2] && outer[3] >= inner[3];
}

export function join(...parts: string[]): string {
  return parts.filter(Boolean).join('&');
}
