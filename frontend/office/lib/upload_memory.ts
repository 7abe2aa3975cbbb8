// Which unfinished upload belongs to which file, on this device (IndexedDB). A browser does not let a page open a file
// again by itself; but when the same one is chosen again, it is known by name, size and date.
import { del, get, set } from 'idb-keyval';
import { session } from './session.svelte.ts';

export interface Memory {
  find(file: File): Promise<string | undefined>;
  remember(file: File, id: string): Promise<void>;
  forget(file: File): Promise<void>;
}

const keyOf = (file: File) => `upload:${session.info?.user.id ?? 0}:${file.name}:${file.size}:${file.lastModified}`;

// Where storage is refused (private windows) an upload begins anew after a reload: no more is lost.
async function quietly<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch {
    return undefined;
  }
}

export const kept: Memory = {
  find: (file) => quietly(() => get<string>(keyOf(file)) as Promise<string>),
  remember: async (file, id) => void (await quietly(() => set(keyOf(file), id))),
  forget: async (file) => void (await quietly(() => del(keyOf(file)))),
};
