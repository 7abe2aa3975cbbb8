// Keys of the office. Pages offer theirs while they are shown; the `?` sheet lists what is offered. Single letters can
// be switched off (WCAG 2.1.4) and never act while somebody types.
import { singleKeys } from './view.svelte.ts';

export interface Shortcut {
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

// Gives the way to withdraw them: made to be returned from an effect.
export function offer(list: Shortcut[]): () => void {
  offered = [...offered, ...list];
  return () => {
    offered = offered.filter((one) => !list.includes(one));
  };
}

export function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type);
}

// The last offered wins: a page before the shell.
export function pressed(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>, before: string): string {
  if (event.altKey) return '';
  if (event.ctrlKey || event.metaKey) return `Ctrl+${event.key.toLowerCase()}`;
  return before ? `${before} ${event.key}` : event.key;
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.repeat) return;
  const combined = event.ctrlKey || event.metaKey;
  if (!combined && (typing(event.target) || !singleKeys() || document.querySelector('dialog[open]'))) return;
  const said = pressed(event, combined ? '' : prefix);
  prefix = '';
  clearTimeout(prefixTimer);
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
