// How somebody likes to see the office: colours (a cookie, as on the public site), dense or airy rows, single-key
// shortcuts (both only on this device).
import { preferenceCookie } from '../../shared/boot.ts';

export type Theme = 'auto' | 'light' | 'dark';

function stored(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null; // storage may be switched off: then the choice lasts as long as the page
  }
}

function store(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    // as above
  }
}

const root = document.documentElement;
let theme = $state<Theme>((root.dataset.theme as Theme | undefined) ?? 'auto');
const startCompact = stored('office.rows') === 'compact';
let compact = $state(startCompact);
let keys = $state(stored('office.keys') !== 'off');

export const chosenTheme = (): Theme => theme;
export const compactRows = (): boolean => compact;
export const singleKeys = (): boolean => keys;

export function useTheme(value: Theme): void {
  theme = value;
  root.dataset.theme = value;
  document.cookie = preferenceCookie('theme', value === 'auto' ? '' : value, location.protocol === 'https:');
}

export function useCompactRows(on: boolean): void {
  compact = on;
  root.dataset.rows = on ? 'compact' : 'comfortable';
  store('office.rows', root.dataset.rows);
}

export function useSingleKeys(on: boolean): void {
  keys = on;
  store('office.keys', on ? 'on' : 'off');
}

root.dataset.rows = startCompact ? 'compact' : 'comfortable';

// Small values that belong to one person on one device: saved views, columns.
export function readKept<T>(name: string, otherwise: T): T {
  try {
    return JSON.parse(stored(name) ?? '') as T;
  } catch {
    return otherwise;
  }
}

export function keep(name: string, value: unknown): void {
  store(name, JSON.stringify(value));
}
