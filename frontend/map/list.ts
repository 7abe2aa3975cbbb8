// The list beside the map: asked of the server as HTML (?fragment=list), put in place, and read for what the map needs.
import { join, parseBox, type Box } from './url_state.ts';

export interface Found {
  query: string; // the filter in the server's canonical form
  status: string;
  bounds: Box | undefined; // of all located results
  groups: Map<string, number>; // what each group would give
}

export function parseGroups(text: string | undefined): Map<string, number> {
  const groups = new Map<string, number>();
  for (const part of (text ?? '').split(' ')) {
    const [code, count] = part.split(':');
    if (code && count && /^\d+$/.test(count)) groups.set(code, Number(count));
  }
  return groups;
}

export function readFound(list: HTMLElement): Found | undefined {
  const data = list.querySelector<HTMLElement>('.map-results')?.dataset;
  if (!data) return undefined;
  return {
    query: data.query ?? '',
    status: data.status ?? '',
    bounds: parseBox(data.bounds),
    groups: parseGroups(data.groups),
  };
}

export async function fetchHtml(address: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(address, { signal, headers: { Accept: 'text/html' } });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.text();
}

export function listAddress(path: string, query: string, bbox: string): string {
  return `${path}?${join('fragment=list', query, bbox && `bbox=${bbox}`)}`;
}

// The form, the counts and the download links say the same as the list.
export function showQuery(form: HTMLFormElement, query: string): void {
  const values = new URLSearchParams(query);
  const groups = new Set((values.get('group') ?? '').split(','));
  for (const box of form.querySelectorAll<HTMLInputElement>('input[name=group]')) box.checked = groups.has(box.value);
  const words = form.querySelector<HTMLInputElement>('input[name=q]');
  if (words) words.value = values.get('q') ?? '';
  for (const hidden of form.querySelectorAll('input[type=hidden]')) hidden.remove();
  for (const [name, value] of values) {
    if (name === 'group' || name === 'q') continue;
    const input = document.createElement('input');
    input.type = 'hidden';
    input.name = name;
    input.value = value;
    form.append(input);
  }
}

export function showCounts(form: HTMLFormElement, groups: Map<string, number>): void {
  for (const label of form.querySelectorAll<HTMLElement>('.map-group')) {
    const count = groups.get(label.dataset.group ?? '');
    const place = label.querySelector('.count');
    const box = label.querySelector('input');
    if (count === undefined || !place || !box) continue;
    place.textContent = count.toLocaleString(document.documentElement.lang);
    box.disabled = count === 0 && !box.checked;
  }
}

export function showDownloads(panel: HTMLElement, query: string): void {
  for (const link of panel.querySelectorAll<HTMLAnchorElement>('a[data-download]')) {
    const path = (link.getAttribute('href') ?? '').split('?')[0]!;
    link.setAttribute('href', query ? `${path}?${query}` : path);
  }
}

export function formQuery(form: HTMLFormElement): [string, string][] {
  return [...new FormData(form)].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []));
}
