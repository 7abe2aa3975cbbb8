// The office's words: English messages, translated by the catalogue of the chosen language. tr() and trn() read
// reactive state, so that everything on the page follows a change of language without being loaded again.
import { preferenceCookie } from '../../shared/boot.ts';

export type Language = 'id' | 'en';
export type Values = Record<string, string | number>;
export type LocalText = Record<string, string>;
type Catalogue = Record<string, string | string[]>;

const kLoaders: Record<Language, () => Promise<Catalogue>> = {
  id: async () => (await import('../generated/id.json')).default as Catalogue,
  en: async () => ({}),
};

let current = $state.raw<{ language: Language; catalogue: Catalogue }>({ language: 'id', catalogue: {} });

export const language = (): Language => current.language;

export async function useLanguage(wanted: Language, keep: boolean): Promise<void> {
  const catalogue = await kLoaders[wanted]();
  current = { language: wanted, catalogue };
  document.documentElement.lang = wanted;
  if (keep) document.cookie = preferenceCookie('lang', wanted, location.protocol === 'https:');
}

export function fill(text: string, values?: Values): string {
  return values ? text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole)) : text;
}

// A message that is translated later, where it is shown: marks it for the catalogue.
export const msgid = (message: string): string => message;

export function tr(message: string, values?: Values): string {
  const found = current.catalogue[message];
  return fill(typeof found === 'string' ? found : message, values);
}

// `{n}` is the count, written in the language's way.
export function trn(one: string, many: string, count: number, values?: Values): string {
  const found = current.catalogue[one];
  // Indonesian has one form for all counts; a language with more would bring its rule with its catalogue.
  const text = Array.isArray(found) ? (found[0] ?? many) : count === 1 ? one : many;
  return fill(text, { n: number(count), ...values });
}

const locale = () => (current.language === 'id' ? 'id-ID' : 'en-GB');
const kZone = 'Asia/Makassar';

export function number(value: number, digits = 3): string {
  return new Intl.NumberFormat(locale(), { maximumFractionDigits: digits }).format(value);
}

export function day(value: string | null): string {
  if (!value) return '';
  return new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'short', year: 'numeric', timeZone: kZone }).format(new Date(value));
}

export function moment(value: string | Date | null): string {
  if (!value) return '';
  const format = { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZone: kZone } as const;
  return new Intl.DateTimeFormat(locale(), format).format(new Date(value));
}

export function clock(value: Date): string {
  return new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit', timeZone: kZone }).format(value);
}

// The text in the chosen language, else in the other one, else in any.
export function local(text: LocalText | null | undefined): string {
  if (!text) return '';
  return text[current.language] || text['id'] || text['en'] || Object.values(text)[0] || '';
}
