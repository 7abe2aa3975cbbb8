// Sizes of files and spans of time, as people say them.
import { number, tr, trn } from './i18n.svelte.ts';

const kUnits = ['B', 'KB', 'MB', 'GB'];

export function fileSize(bytes: number): string {
  const step = bytes < 1024 ? 0 : Math.min(kUnits.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** step;
  return `${number(value, value < 10 && step > 0 ? 1 : 0)} ${kUnits[step]}`;
}

export function timeLeft(seconds: number): string {
  if (seconds < 5) return tr('a moment');
  if (seconds < 60) return trn('about {n} second', 'about {n} seconds', Math.ceil(seconds / 5) * 5);
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 90) return trn('about {n} minute', 'about {n} minutes', minutes);
  return trn('about {n} hour', 'about {n} hours', Math.round(minutes / 60));
}
