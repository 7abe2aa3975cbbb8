// A record as the form holds it: every member there, so that inputs can be bound to it; and back to what the contract
// wants, where a member that says nothing is left out.
import type { Figure, PotentialDraft } from './api.ts';
import { toAttachment, toFormFile, type FormFile } from './files.ts';
import type { LocalText } from './i18n.svelte.ts';

export interface FormDraft {
  slug: string;
  region: string;
  unit: string;
  sector: string;
  category: string;
  commodity: string;
  geometry: GeoJsonGeometry | null;
  accuracy: '' | NonNullable<PotentialDraft['accuracy']>;
  title: LocalText;
  summary: LocalText;
  description: LocalText;
  figures: Figure[];
  forms: NonNullable<PotentialDraft['forms']>;
  status: '' | NonNullable<PotentialDraft['status']>;
  maturity: '' | NonNullable<PotentialDraft['maturity']>;
  contact_unit: string;
  attachments: FormFile[];
  sources: string[];
  note: string;
}

export interface GeoJsonGeometry {
  type: 'Point' | 'LineString' | 'Polygon' | 'MultiPoint' | 'MultiLineString' | 'MultiPolygon';
  coordinates: unknown;
}

export type FieldName = keyof FormDraft;

export const kLanguages = ['id', 'en'] as const;

// The contract calls a geometry just an object; everything else is as generated.
type Known = Omit<PotentialDraft, 'geometry'> & { geometry?: object | null };

export function toForm(draft: Known | null, region = ''): FormDraft {
  const from: Partial<Known> = draft ?? {};
  // The proxies of the form must not reach into what the server said.
  return structuredClone({
    slug: from.slug ?? '',
    region: from.region ?? region,
    unit: from.unit ?? '',
    sector: from.sector ?? '',
    category: from.category ?? '',
    commodity: from.commodity ?? '',
    geometry: (from.geometry as GeoJsonGeometry | null | undefined) ?? null,
    accuracy: from.accuracy ?? '',
    title: { ...from.title },
    summary: { ...from.summary },
    description: { ...from.description },
    figures: (from.figures ?? []).map((figure) => ({ ...figure, year: figure.year ?? null })),
    forms: from.forms ?? [],
    status: from.status ?? '',
    maturity: from.maturity ?? '',
    contact_unit: from.contact_unit ?? '',
    attachments: (from.attachments ?? []).map(toFormFile),
    sources: from.sources ?? [],
    note: from.note ?? '',
  });
}

const texts = (from: LocalText): LocalText =>
  Object.fromEntries(Object.entries(from).filter(([, text]) => text.trim() !== ''));

export function toBody(form: FormDraft): PotentialDraft {
  const body: Record<string, unknown> = {
    region: form.region,
    title: texts(form.title),
    summary: texts(form.summary),
    description: texts(form.description),
    geometry: form.geometry,
    figures: form.figures,
    forms: form.forms,
    attachments: form.attachments.map(toAttachment),
    sources: form.sources.filter((source) => source.trim() !== ''),
  };
  for (const name of ['slug', 'unit', 'sector', 'category', 'commodity', 'accuracy', 'status', 'maturity', 'contact_unit', 'note'] as const) {
    if (form[name] !== '') body[name] = form[name];
  }
  return body as PotentialDraft;
}

// Equal content, equal text: the order of members says nothing, empty members neither.
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value && typeof value === 'object') {
    const members = Object.entries(value).filter(([, one]) => one !== '' && one !== null && one !== undefined);
    return `{${members.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`).join(',')}}`;
  }
  return JSON.stringify(value ?? null);
}

export const same = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b);
