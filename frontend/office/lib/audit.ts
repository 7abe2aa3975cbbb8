// What the log says was done, in words. Unknown actions stand as they are.
import { tr } from './i18n.svelte.ts';

const actions = (): Record<string, string> => ({
  create: tr('Created'), change: tr('Changed'), discard: tr('Draft discarded'), submit: tr('Submitted'), withdraw: tr('Taken back'),
  check: tr('Marked as checked'), verify: tr('Verified'), return: tr('Returned'), publish: tr('Published'), archive: tr('Archived'),
  reopen: tr('Reopened'), confirm: tr('Confirmed as current'), replace: tr('Replaced'), adopt: tr('Taken into the register'),
  sign_in: tr('Signed in'), sign_out: tr('Signed out'), end: tr('Session ended'), end_sessions: tr('All sessions ended'),
  change_password: tr('Password changed'), reset: tr('One-time link handed out'), reset_password: tr('Password set by link'),
  begin_totp: tr('Second factor begun'), set_totp: tr('Second factor set up'), use_recovery_code: tr('Recovery code used'),
  mail_link: tr('One-time link sent by e-mail'), restore: tr('Earlier version restored'),
  attach: tr('File attached'), tag: tr('Tagged'), assign: tr('Assigned'), import: tr('Imported'), fix: tr('Row corrected'), apply: tr('Put in force'),
  undo: tr('Taken back whole'), purge: tr('Cleared away'), cancel: tr('Stopped'), reset_all: tr('One-time link handed out, second factor taken away'),
});

export const auditActions = (): [string, string][] => Object.entries(actions());
export const auditAction = (action: string): string => actions()[action] ?? action;

const nouns = (): Record<string, string> => ({
  record: tr('Record'), potential: tr('Published potential'), account: tr('Account'), session: tr('Session'), region: tr('Region'),
  commodity: tr('Commodity'), agreement: tr('Agreement'), indicator: tr('Indicator'), regulation: tr('Regulation'), boundaries: tr('Boundaries'),
  need: tr('Need'), import: tr('Import'), job: tr('Job'), freshness: tr('Term of confirmation'),
});

export const auditNouns = (): [string, string][] => Object.entries(nouns());
export const auditNoun = (noun: string): string => nouns()[noun] ?? noun;

interface Member {
  path: string;
  before: string | undefined; // undefined: the entry says only how it is now
  after: string;
}

function flatten(value: unknown, path: string, out: Map<string, string>): void {
  if (value && typeof value === 'object' && !(Array.isArray(value) && typeof value[0] === 'number')) {
    for (const [name, one] of Object.entries(value)) flatten(one, path ? `${path}.${name}` : name, out);
  } else if (value !== null && value !== undefined && value !== '') {
    out.set(path, Array.isArray(value) ? value.join(', ') : String(value));
  }
}

// The content of an entry, flat. With `before` and `after` in it only what differs is listed.
export function members(content: Record<string, unknown>): Member[] {
  const pair = 'before' in content && 'after' in content;
  const now = new Map<string, string>();
  flatten(pair ? content['after'] : content, '', now);
  if (!pair) return [...now].map(([path, after]) => ({ path, before: undefined, after }));
  const old = new Map<string, string>();
  flatten(content['before'], '', old);
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((path) => old.get(path) !== now.get(path))
    .map((path) => ({ path, before: old.get(path) ?? '', after: now.get(path) ?? '' }));
}
