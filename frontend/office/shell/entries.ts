// The sections of the office: address, name, sign, jump key, and who has them. The rail, the palette and the jumps
// read this one list. A section that is not built yet is not in it.
import { msgid } from '../lib/i18n.svelte.ts';
import { session } from '../lib/session.svelte.ts';

export interface Entry {
  path: string;
  label: string;
  icon: string;
  key: string;
  rights: string[]; // one of them is enough; none: everybody
}

const kEntries: Entry[] = [
  { path: '', label: msgid('Dashboard'), icon: 'house', key: 'b', rights: [] },
  { path: 'potensi', label: msgid('Potentials'), icon: 'layers', key: 'p', rights: [] },
  { path: 'impor', label: msgid('Import'), icon: 'upload', key: 'i', rights: ['import'] },
  { path: 'tinjauan', label: msgid('Review'), icon: 'clipboard-check', key: 't', rights: ['check', 'verify', 'publish'] },
  { path: 'masa-berlaku', label: msgid('Validity'), icon: 'clock', key: 'm', rights: ['confirm', 'settings'] },
  { path: 'pengguna', label: msgid('Users'), icon: 'users', key: 'u', rights: ['manage_users'] },
  { path: 'audit', label: msgid('Audit'), icon: 'scroll-text', key: 'a', rights: ['view_audit'] },
];

export const myEntries = (): Entry[] =>
  kEntries.filter((entry) => entry.rights.length === 0 || session.can(...entry.rights));
