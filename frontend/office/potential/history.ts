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
    const earlier = drafts.findIndex((one, at) => at > index && one !== null);
    const before = drafts[earlier];
    if (!draft || !before) return { entry, draft, changes: [] };
    // The place stands in the log as a mark only: that it changed can be said, not how.
    const marks = [entries[earlier]!.content, entry.content].map((content) => (content as Record<string, unknown>)['shape'] ?? null);
    const moved: Change[] = marks[0] === marks[1] ? [] : [{ field: 'geometry', name: 'geometry', before: null, after: null }];
    return { entry, draft, changes: [...changes(before, draft), ...moved] };
  });
}
