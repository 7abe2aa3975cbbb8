// What differs between two versions of a record, field by field and word by word; and what becomes of two people's
// changes to the same version.
import { canonical, same, type FieldName, type FormDraft } from './draft.ts';

export interface Change {
  field: string; // "title.id", "figures"
  name: FieldName;
  before: unknown;
  after: unknown;
}

const kByLanguage = ['title', 'summary', 'description'] as const;

export function changes(before: FormDraft, after: FormDraft): Change[] {
  const out: Change[] = [];
  for (const name of Object.keys(after) as FieldName[]) {
    if ((kByLanguage as readonly string[]).includes(name)) {
      const old = before[name as (typeof kByLanguage)[number]];
      const now = after[name as (typeof kByLanguage)[number]];
      for (const language of [...new Set([...Object.keys(old), ...Object.keys(now)])].sort().reverse()) {
        if ((old[language] ?? '') !== (now[language] ?? '')) {
          out.push({ field: `${name}.${language}`, name, before: old[language] ?? '', after: now[language] ?? '' });
        }
      }
    } else if (!same(before[name], after[name])) {
      out.push({ field: name, name, before: before[name], after: after[name] });
    }
  }
  return out;
}

export interface Conflict {
  field: string;
  name: FieldName;
  base: unknown;
  mine: unknown;
  theirs: unknown;
  // Whose version stands in the merged record: only one has changed it, or mine when both have.
  choice: 'mine' | 'theirs';
  both: boolean;
}

// Both started from `base`. Fields that read the same in both are no conflict.
export function conflicts(base: FormDraft, mine: FormDraft, theirs: FormDraft): Conflict[] {
  const byField = (list: Change[]) => new Map(list.map((one) => [one.field, one]));
  const changedByMe = byField(changes(base, mine));
  const changedByThem = byField(changes(base, theirs));
  return changes(theirs, mine).map((one) => {
    const me = changedByMe.has(one.field);
    const them = changedByThem.has(one.field);
    const kept = changedByMe.get(one.field) ?? changedByThem.get(one.field);
    return {
      field: one.field, name: one.name, base: kept?.before, mine: one.after, theirs: one.before,
      choice: me ? 'mine' : 'theirs', both: me && them,
    };
  });
}

// `theirs` with what was chosen of `mine`.
export function merged(mine: FormDraft, theirs: FormDraft, list: Conflict[]): FormDraft {
  const out = structuredClone(theirs);
  for (const one of list) {
    if (one.choice !== 'mine') continue;
    const [name, language] = one.field.split('.') as [FieldName, string | undefined];
    if (language) (out[name] as Record<string, string>)[language] = String(one.mine);
    else (out as unknown as Record<string, unknown>)[name] = structuredClone(mine[name]);
  }
  return out;
}

interface Piece {
  kind: 'same' | 'gone' | 'new';
  text: string;
}

const kWords = 400; // beyond, the two texts stand whole beside each other: a table of 400 x 400 is quick

// The longest common run of words stays; what is left of the one is gone, of the other new.
export function words(before: string, after: string): Piece[] {
  const a = before.match(/\s+|[^\s]+/g) ?? [];
  const b = after.match(/\s+|[^\s]+/g) ?? [];
  if (a.length > kWords || b.length > kWords) {
    const whole: Piece[] = [{ kind: 'gone', text: before }, { kind: 'new', text: after }];
    return whole.filter((piece) => piece.text !== '');
  }
  const width = b.length + 1;
  const length = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      length[i * width + j] =
        a[i] === b[j] ? length[(i + 1) * width + j + 1]! + 1 : Math.max(length[(i + 1) * width + j]!, length[i * width + j + 1]!);
    }
  }
  const out: Piece[] = [];
  const add = (kind: Piece['kind'], text: string) => {
    const last = out.at(-1);
    if (last?.kind === kind) last.text += text;
    else out.push({ kind, text });
  };
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      add('same', a[i++]!);
      j++;
    } else if (j >= b.length || (i < a.length && length[(i + 1) * width + j]! >= length[i * width + j + 1]!)) {
      add('gone', a[i++]!);
    } else {
      add('new', b[j++]!);
    }
  }
  return out;
}

// Lists of figures or sources: which lines are gone, new, or as they were.
export function lines(before: unknown[], after: unknown[]): { kind: Piece['kind']; value: unknown }[] {
  const old = before.map(canonical);
  const now = after.map(canonical);
  return [
    ...after.map((value, index) => ({ kind: old.includes(now[index]!) ? ('same' as const) : ('new' as const), value })),
    ...before.filter((_, index) => !now.includes(old[index]!)).map((value) => ({ kind: 'gone' as const, value })),
  ];
}
