// How much of a record is filled, section by section. A guide for the officer, not the judge: the server's validate()
// decides what may be submitted.
import type { FormDraft } from './draft.ts';

export type Section = 'texts' | 'kind' | 'place' | 'figures' | 'files' | 'sources';
export const kSections: Section[] = ['texts', 'kind', 'place', 'figures', 'files', 'sources'];

const filled = (text: string | undefined) => (text ?? '').trim() !== '';

const photos = (draft: FormDraft) => draft.attachments.filter((one) => one.kind === 'photo');

const kWanted: Record<Section, ((draft: FormDraft) => boolean)[]> = {
  texts: [
    (draft) => filled(draft.title['id']),
    (draft) => filled(draft.summary['id']),
    (draft) => filled(draft.description['id']),
    (draft) => filled(draft.title['en']),
    (draft) => filled(draft.summary['en']),
  ],
  kind: [
    (draft) => filled(draft.region),
    (draft) => filled(draft.sector),
    (draft) => filled(draft.category),
    (draft) => filled(draft.status),
    (draft) => filled(draft.maturity),
  ],
  place: [(draft) => draft.geometry !== null, (draft) => filled(draft.accuracy)],
  figures: [
    (draft) => draft.figures.length > 0,
    (draft) => draft.figures.length > 0 && draft.figures.every((figure) => filled(figure.source) && figure.year != null),
  ],
  files: [
    (draft) => photos(draft).length > 0,
    (draft) => photos(draft).length > 0 && photos(draft).every((one) => filled(one.alt['id']) && filled(one.caption['id'])),
  ],
  sources: [(draft) => draft.sources.some(filled), (draft) => filled(draft.contact_unit)],
};

export function completeness(draft: FormDraft): Record<Section, { filled: number; of: number }> {
  const count = (section: Section) => ({
    filled: kWanted[section].filter((test) => test(draft)).length,
    of: kWanted[section].length,
  });
  return { texts: count('texts'), kind: count('kind'), place: count('place'), figures: count('figures'), files: count('files'), sources: count('sources') };
}

// 0 ... 100
export function percent(draft: FormDraft): number {
  const all = Object.values(completeness(draft));
  const sum = (pick: (one: { filled: number; of: number }) => number) => all.reduce((total, one) => total + pick(one), 0);
  return Math.round((100 * sum((one) => one.filled)) / sum((one) => one.of));
}
