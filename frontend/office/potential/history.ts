// The log of a record as versions: each with what it changed against the one before.
import type { PotentialDraft, Schemas } from '../lib/api.ts';
import { changes, type Change } from '../lib/diff.ts';
import { toForm, type FormDraft } from '../lib/draft.ts';

export interface Version {
  entry: Schemas['HistoryEntry'];
  draft: FormDraft | null; // null: the entry holds no content of the record (a step of its course)
  changes: Change[];
}

function draftOf(content: Record<string, unknown>): FormDraft | null {
  const inner = (content['draft'] ?? content['after'] ?? content) as Record<string, unknown> | null;
  return inner && typeof inner === 'object' && 'title' in inner ? toForm(inner as unknown as PotentialDraft) : null;
}

// `entries` and the answer: the newest first.
export function versionsOf(entries: Schemas['HistoryEntry'][]): Version[] {
  const drafts = entries.map((entry) => draftOf(entry.content));
  return entries.map((entry, index) => {
    const draft = drafts[index] ?? null;
    const before = drafts.slice(index + 1).find((one) => one !== null);
    return { entry, draft, changes: draft && before ? changes(before, draft) : [] };
  });
}
