// The page of each address, loaded when it is opened first.
import type { Component } from 'svelte';

type Loader = () => Promise<{ default: Component }>;

const kPages: Record<string, Loader> = {
  '': () => import('./Dashboard.svelte'),
  akun: () => import('./Account.svelte'),
  potensi: () => import('./Potentials.svelte'),
  impor: () => import('./Imports.svelte'),
  tinjauan: () => import('./Review.svelte'),
  'masa-berlaku': () => import('./Freshness.svelte'),
  pengguna: () => import('./Users.svelte'),
  audit: () => import('./Audit.svelte'),
};

// One function for all records: an address that differs only in its query must not load the page again.
const kRecord: Loader = () => import('../potential/Editor.svelte');

const kImport: Loader = () => import('../import/Wizard.svelte');

// "potensi" is the list, "potensi/12" and "potensi/baru" one record; imports likewise.
export function pageOf(path: string): Loader | undefined {
  const [section = '', record] = path.split('/');
  const one = { potensi: kRecord, impor: kImport }[section];
  if (one && record) return /^(baru|\d+)$/.test(record) ? one : undefined;
  return record ? undefined : kPages[section];
}
