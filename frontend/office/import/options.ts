// The choices of fields that have fixed codes, by name. Used for unknown values and for values of all rows.
import { local } from '../lib/i18n.svelte.ts';
import { accuracyName, formName, kForms, kindName, kKinds, maturityName, statusName } from '../lib/labels.ts';
import { reference } from '../lib/reference.svelte.ts';

interface Option {
  value: string;
  label: string;
  aside?: string;
}

const plain = <T extends string>(list: readonly T[], name: (one: T) => string): Option[] => list.map((value) => ({ value, label: name(value), aside: value }));
const coded = (list: { code: string; name: Record<string, string> }[]): Option[] => list.map((item) => ({ value: item.code, label: local(item.name), aside: item.code }));

// Empty for a field that takes any text.
export function optionsOf(field: string): Option[] {
  switch (field) {
    case 'region': return coded(reference.regions);
    case 'sector': return coded(reference.sectors);
    case 'category': return coded(reference.categories);
    case 'commodity': return reference.commodities.map((item) => ({ value: item.slug, label: local(item.name) }));
    case 'status': return plain(['existing', 'offered', 'indicative'], statusName);
    case 'maturity': return plain(['potensi', 'prospektif', 'siap_ditawarkan'], maturityName);
    case 'accuracy': return plain(['exact', 'village', 'district', 'regency'], accuracyName);
    case 'forms': return plain(kForms, formName);
    case 'quantity_kind': return plain(kKinds, kindName);
    default: return [];
  }
}
