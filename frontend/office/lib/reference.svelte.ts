// Regions, business fields and commodities: asked for once, kept for the page. Names by code for every list.
import { api, need, type Schemas } from './api.ts';
import { local } from './i18n.svelte.ts';

interface Reference {
  regions: Schemas['Region'][];
  classification: Schemas['Classification'];
  commodities: Schemas['Commodity'][];
}

let kept = $state.raw<Reference | null>(null);
let asked: Promise<void> | null = null;

export function loadReference(): Promise<void> {
  asked ??= Promise.all([need(api.GET('/regions')), need(api.GET('/sectors')), need(api.GET('/commodities'))])
    .then(([regions, classification, commodities]) => {
      kept = { regions: regions.items, classification, commodities: commodities.items };
    })
    .catch((error: unknown) => {
      asked = null; // the next page asks again
      throw error;
    });
  return asked;
}

export const reference = {
  get regions() {
    return kept?.regions ?? [];
  },
  get sectors() {
    return kept?.classification.sectors ?? [];
  },
  get categories() {
    return kept?.classification.categories ?? [];
  },
  get groups() {
    return kept?.classification.groups ?? [];
  },
  get commodities() {
    return kept?.commodities ?? [];
  },
};

export const kProvince = '74';

const nameIn = (list: { code: string; name: Record<string, string> }[], code: string) => {
  const found = list.find((one) => one.code === code);
  return found ? local(found.name) : code;
};

export const regionName = (code: string): string => nameIn(reference.regions, code);
export const sectorName = (code: string): string => nameIn(reference.sectors, code);
export const groupName = (code: string): string => nameIn(reference.groups, code);
export const categoryName = (code: string): string => nameIn(reference.categories, code);
export function commodityName(slug: string): string {
  const found = reference.commodities.find((one) => one.slug === slug);
  return found ? local(found.name) : slug;
}
