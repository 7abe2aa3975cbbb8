// Walking from feature to feature by keys. Pure: what there is in view, in which order, and what is said of it.

export type Kind = 'potential' | 'cluster' | 'badge';

// One thing in view. `id` is the number of a potential, the code of a region, or the place of a cluster; x and y are px on the screen.
export interface Feature {
  kind: Kind;
  id: string;
  title: string; // of a potential; empty otherwise
  region: string; // name of the region
  group: string;
  count: number; // 1 for a potential
  lon: number;
  lat: number;
  x: number;
  y: number;
  box?: string; // of a cluster: "w,s,e,n"
}

// Rows from the top, each from left to right; the same feature from two tiles counts once.
export function readingOrder(features: readonly Feature[], row = 48): Feature[] {
  const once = new Map<string, Feature>();
  for (const feature of features) once.set(`${feature.kind} ${feature.id}`, feature);
  const line = (feature: Feature) => Math.floor(feature.y / row);
  return [...once.values()].sort((a, b) => line(a) - line(b) || a.x - b.x || a.id.localeCompare(b.id));
}

// Index after a key with Alt, round the ends; undefined: not a key of the walk. `current` is -1 before the first step.
export function walkTo(key: string, current: number, count: number): number | undefined {
  if (count === 0) return undefined;
  if (key === 'ArrowRight' || key === 'ArrowDown') return (current + 1) % count;
  if (key === 'ArrowLeft' || key === 'ArrowUp') return current <= 0 ? count - 1 : current - 1;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return undefined;
}

export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

export interface WalkTexts {
  feature: string;
  cluster: string;
  badge: string;
}

// "Kakao rakyat, Kolaka Timur, 3 dari 46".
export function spoken(feature: Feature, index: number, total: number, texts: WalkTexts): string {
  const text = feature.kind === 'potential' ? texts.feature : feature.kind === 'cluster' ? texts.cluster : texts.badge;
  return fill(text, { title: feature.title, region: feature.region, count: feature.count, number: index + 1, total });
}
