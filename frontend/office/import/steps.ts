// The seven steps of an import, which of them can be opened, and where somebody who comes back goes on. Used by the
// wizard and by the list.
import type { Column, Import, Layer, Settings } from './contract.ts';

export const kSteps = ['file', 'source', 'columns', 'codes', 'check', 'run', 'result'] as const;
export type Step = (typeof kSteps)[number];

export const busy = (one: Pick<Import, 'state'>): boolean => one.state === 'checking' || one.state === 'running' || one.state === 'undoing';
export const over = (one: Pick<Import, 'state'>): boolean => one.state === 'applied' || one.state === 'undoing' || one.state === 'undone';

// What would be written if it ran now.
export const writes = (one: Import): number => (one.report ? one.report.counts.new + one.report.counts.changed : 0);

export function openSteps(one: Import | null): Step[] {
  if (!one) return ['file'];
  if (over(one)) return ['file', 'check', 'result'];
  if (one.state === 'running') return ['file', 'check', 'run'];
  if (one.state === 'checking') return ['file', 'codes', 'check'];
  const open: Step[] = ['file', 'source', 'columns'];
  if (one.report) open.push('codes', 'check');
  if (one.state === 'checked' && one.report && !one.report.stale && writes(one) > 0) open.push('run');
  return open;
}

// Where to go on: what the address asks for when it is open, else where the import stands.
export function stepFor(one: Import | null, asked: string | null): Step {
  const open = openSteps(one);
  if (open.includes(asked as Step)) return asked as Step;
  if (!one) return 'file';
  if (over(one)) return 'result';
  if (one.state === 'running') return 'run';
  if (one.state === 'mapping' && !one.report) return 'source';
  return one.report && one.report.codes.length > 0 ? 'codes' : 'check';
}

export function layerOf(one: Import): Layer | undefined {
  return one.layers?.find((layer) => layer.name === one.settings.layer) ?? one.layers?.[0];
}

// The fields that no column and no fixed value gives, among those without which no row can be taken.
export function unmapped(settings: Settings): Column['field'][] {
  const given = new Set([...(settings.columns ?? []), ...(settings.defaults ?? [])].map((one) => one.field));
  const wanted: Column['field'][] = ['title.id', 'summary.id', 'region', 'sector'];
  // A row that is recognised by its address or key changes only what it names.
  return settings.match === 'slug' && given.has('slug') ? [] : wanted.filter((field) => !given.has(field));
}

// The columns of the file that give `field` ("title.id", "figures.0.quantity", "geometry"), so that a fault is mended
// where it stands.
export function columnsFor(settings: Settings, field: string): string[] {
  const plain = field.replace(/\[(\w+)\]/g, '.$1');
  const part = plain.split('.').at(-1) ?? '';
  const wanted = new Set([plain, plain.split('.')[0] ?? '']);
  if (plain.startsWith('geometry')) for (const one of ['lat', 'lon', 'position']) wanted.add(one);
  if (plain.startsWith('figures')) {
    const names: Record<string, string> = { quantity: 'quantity', unit: 'quantity_unit', kind: 'quantity_kind', year: 'year', source: 'source' };
    const name = names[part];
    if (name) wanted.add(name);
    else for (const one of Object.values(names)) wanted.add(one);
  }
  if (plain.startsWith('sources')) wanted.add('source');
  const columns = settings.columns ?? [];
  const exact = columns.filter((one) => wanted.has(one.field));
  const found = exact.length > 0 ? exact : columns.filter((one) => one.field.split('.')[0] === plain.split('.')[0]);
  return found.map((one) => one.column);
}

export const canUndo = (one: Pick<Import, 'state' | 'result'>, now = Date.now()): boolean =>
  one.state === 'applied' && one.result != null && Date.parse(one.result.undo_until) > now;
