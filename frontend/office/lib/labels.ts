// Words for the codes of the contract, in the language of the page.
import type { Action, Figure, PotentialDraft, State } from './api.ts';
import { tr } from './i18n.svelte.ts';

export const kStates: State[] = ['draft', 'submitted', 'verified', 'published', 'archived'];

export const stateName = (state: State): string =>
  ({ draft: tr('Draft'), submitted: tr('Submitted'), verified: tr('Verified'), published: tr('Published'), archived: tr('Archived') })[state];

export const kStateIcons: Record<State, string> = {
  draft: 'pencil', submitted: 'send', verified: 'shield-check', published: 'globe', archived: 'archive',
};

export const actionName = (action: Action): string =>
  ({
    submit: tr('Submit'), withdraw: tr('Take back'), check: tr('Mark as checked'), verify: tr('Verify'), return: tr('Return'),
    publish: tr('Publish'), archive: tr('Archive'), reopen: tr('Reopen'), confirm: tr('Confirm as current'),
  })[action];

// What is said when it has been done.
export const actionDone = (action: Action): string =>
  ({
    submit: tr('Submitted.'), withdraw: tr('Taken back.'), check: tr('Marked as checked.'), verify: tr('Verified.'), return: tr('Returned.'),
    publish: tr('Published.'), archive: tr('Archived.'), reopen: tr('Reopened.'), confirm: tr('Confirmed as current.'),
  })[action];

export const kActionIcons: Record<Action, string> = {
  submit: 'send', withdraw: 'undo-2', check: 'check', verify: 'shield-check', return: 'corner-up-left', publish: 'globe',
  archive: 'archive', reopen: 'rotate-ccw', confirm: 'circle-check',
};

export const statusName = (status: NonNullable<PotentialDraft['status']>): string =>
  ({ existing: tr('In operation'), offered: tr('On offer'), indicative: tr('Indicative') })[status];

export const maturityName = (maturity: NonNullable<PotentialDraft['maturity']>): string =>
  ({ potensi: tr('Potential'), prospektif: tr('Prospective'), siap_ditawarkan: tr('Ready to be offered') })[maturity];

export const accuracyName = (accuracy: NonNullable<PotentialDraft['accuracy']>): string =>
  ({
    exact: tr('Exactly there'), village: tr('Somewhere in the village'), district: tr('Somewhere in the district'),
    regency: tr('Only the regency or city is known'),
  })[accuracy];

export const kForms = ['ksdd', 'ksdpk', 'sinergi', 'ksdpl', 'ksdll', 'investment'] as const;
export const formName = (form: (typeof kForms)[number]): string =>
  ({
    ksdd: tr('With another region (KSDD)'), ksdpk: tr('With a third party (KSDPK)'), sinergi: tr('Synergy with the central government'),
    ksdpl: tr('With a foreign regional government (KSDPL)'), ksdll: tr('With a foreign institution (KSDLL)'), investment: tr('Investment'),
  })[form];

export const kKinds: Figure['kind'][] = [
  'production', 'area', 'population', 'capacity', 'reserve', 'length', 'visitors', 'investment_value', 'export',
];
export const kindName = (kind: Figure['kind']): string =>
  ({
    production: tr('Production'), area: tr('Area'), population: tr('Population'), capacity: tr('Capacity'), reserve: tr('Reserve'),
    length: tr('Length'), visitors: tr('Visitors'), investment_value: tr('Investment value'), export: tr('Export'),
  })[kind];

export const languageName = (code: string): string =>
  ({ id: tr('Indonesian language'), en: tr('English language'), ar: tr('Arabic'), zh: tr('Chinese'), ja: tr('Japanese'), ko: tr('Korean') })[code] ?? code;

const fieldNames = (): Record<string, string> => ({
  title: tr('Title'), summary: tr('Summary'), description: tr('Description'), region: tr('Region'), unit: tr('Unit that keeps the record'),
  sector: tr('Business field'), category: tr('Category'), commodity: tr('Commodity'), geometry: tr('Place'), accuracy: tr('Accuracy of the place'),
  figures: tr('Figures'), forms: tr('Forms of cooperation'), status: tr('Status'), maturity: tr('Maturity'),
  contact_unit: tr('Office to ask'), attachments: tr('Photos and documents'), sources: tr('Sources'), note: tr('Remark'), slug: tr('Public address'),
});

// "title.en" -> "Title (English)", "figures.0.unit" -> "Figures 1"
export function fieldName(field: string): string {
  const [name = '', second = ''] = field.replace(/\[(\d+)\]/g, '.$1').split('.');
  const label = fieldNames()[name] ?? name;
  if (/^\d+$/.test(second)) return `${label} ${Number(second) + 1}`;
  return second ? `${label} (${languageName(second)})` : label;
}

export const kFieldNames = Object.freeze([
  'title', 'summary', 'description', 'region', 'unit', 'sector', 'category', 'commodity', 'status', 'maturity', 'forms', 'geometry',
  'accuracy', 'figures', 'attachments', 'sources', 'contact_unit', 'note', 'slug',
]);
