// Unsaved text of the editor, kept on this device (IndexedDB) until it is saved or thrown away: it survives a closed
// tab, an ended session and a dead battery.
import { del, get, set } from 'idb-keyval';
import type { FormDraft } from './draft.ts';

export interface Kept {
  draft: FormDraft;
  version: number; // of the record it was begun from; 0: a new one
  at: string;
  idempotency: string;
}

// Two people may share a device, so the account is in the key.
const keyOf = (user: number, record: number | 'new') => `potential:${user}:${record}`;

// A browser may refuse storage (private windows): the editor then works without the safety net.
export async function readUnsaved(user: number, record: number | 'new'): Promise<Kept | undefined> {
  try {
    return await get<Kept>(keyOf(user, record));
  } catch {
    return undefined;
  }
}

export async function keepUnsaved(user: number, record: number | 'new', kept: Kept): Promise<boolean> {
  try {
    await set(keyOf(user, record), kept);
    return true;
  } catch {
    return false;
  }
}

export async function forgetUnsaved(user: number, record: number | 'new'): Promise<void> {
  try {
    await del(keyOf(user, record));
  } catch {
    // as above: then there is nothing to forget
  }
}
