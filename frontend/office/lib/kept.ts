// Unsaved text of the editor, kept until it is saved or thrown away: on this device at once (IndexedDB), where it
// survives a closed tab, an ended session and a dead battery; and a moment later on the server, where its author finds
// it from another device.
import { del, get, set } from 'idb-keyval';
import { api, need } from './api.ts';
import type { FormDraft } from './draft.ts';

export interface Kept {
  draft: FormDraft;
  version: number; // of the record it was begun from; 0: a new one
  at: string;
  idempotency: string;
}

const addressOf = (record: number | 'new') => ({ params: { path: { id: String(record) } } });

// When it was kept there; undefined: the server cannot be reached or does not take it. The copy of this device stays.
export async function keepOnServer(record: number | 'new', kept: Kept): Promise<Date | undefined> {
  try {
    const content = JSON.parse(JSON.stringify(kept)) as Record<string, never>;
    return new Date((await need(api.PUT('/unsaved/{id}', { ...addressOf(record), body: { content } }))).at);
  } catch {
    return undefined;
  }
}

export async function forgetOnServer(record: number | 'new'): Promise<void> {
  try {
    await need(api.DELETE('/unsaved/{id}', addressOf(record)));
  } catch {
    // saved text is forgotten there by itself; the rest goes after 30 days
  }
}

// The newer of what is here and what is on the server.
export async function findUnsaved(user: number, record: number | 'new'): Promise<(Kept & { elsewhere: boolean }) | undefined> {
  const here = await readUnsaved(user, record);
  try {
    const there = (await need(api.GET('/unsaved/{id}', addressOf(record)))).kept?.content as Kept | undefined;
    if (there && (!here || there.at > here.at)) return { ...there, elsewhere: true };
  } catch {
    // the copy of this device is enough
  }
  return here && { ...here, elsewhere: false };
}

// Two people may share a device, so the account is in the key.
const keyOf = (user: number, record: number | 'new') => `potential:${user}:${record}`;

// A browser may refuse storage (private windows): the editor then works without the safety net.
async function readUnsaved(user: number, record: number | 'new'): Promise<Kept | undefined> {
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
