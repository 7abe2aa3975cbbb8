// Keys of the office. Pages offer theirs while they are shown; the `?` sheet lists what is offered. Single letters can
// be switched off (WCAG 2.1.4) and never act while somebody types.
import { untrack } from 'svelte';
import { pressed } from './keys.ts';
import { singleKeys } from './view.svelte.ts';

interface Shortcut {
  keys: string; // "j", "g p", "Ctrl+k", "?"
  label: string;
  run: () => void;
}

let offered = $state.raw<Shortcut[]>([]);
let prefix = '';
let prefixTimer: ReturnType<typeof setTimeout> | undefined;

export const shortcuts = {
  get all(): Shortcut[] {
    return offered;
  },
};

// Gives the way to withdraw them: made to be returned from an effect, which must not depend on what others offer.
export function offer(list: Shortcut[]): () => void {
  const set = (next: (now: Shortcut[]) => Shortcut[]) => {
    offered = next(untrack(() => offered));
  };
  set((now) => [...now, ...list]);
  return () => set((now) => now.filter((one) => !list.includes(one)));
}

export function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type);
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.repeat) return;
  const combined = event.ctrlKey || event.metaKey;
  if (!combined && (typing(event.target) || !singleKeys() || document.querySelector('dialog[open]'))) return;
  const said = pressed(event, combined ? '' : prefix);
  prefix = '';
  clearTimeout(prefixTimer);
  // The last offered wins: a page before the shell.
  const hit = offered.findLast((one) => one.keys === said);
  if (hit) {
    event.preventDefault();
    hit.run();
  } else if (!combined && offered.some((one) => one.keys.startsWith(`${said} `))) {
    prefix = said;
    prefixTimer = setTimeout(() => (prefix = ''), 1500);
  }
}

export function startShortcuts(): () => void {
  document.addEventListener('keydown', onKey);
  return () => document.removeEventListener('keydown', onKey);
}
