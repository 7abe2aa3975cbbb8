// The place of one potential in the list column: the server's card, or a choice when several lie at one point.
import { fetchHtml } from './list.ts';
import type { Strings } from './strings.ts';
import { fill, type Feature } from './walk.ts';

export interface Card {
  // With `focus`, the title takes it: only when a person asked for the card just now.
  open(slug: string, focus: boolean): Promise<{ lon: number; lat: number; group: string } | undefined>;
  choose(features: readonly Feature[], pick: (slug: string) => void): void;
  close(): void;
  isOpen(): boolean;
}

export function makeCard(place: HTMLElement, results: HTMLElement, language: string, text: Strings, back: () => void): Card {
  let request: AbortController | undefined;

  const show = (focus: boolean, ...content: Node[]) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'map-text-button map-back';
    button.textContent = `← ${text('back')}`;
    button.addEventListener('click', back);
    place.replaceChildren(button, ...content);
    place.hidden = false;
    results.hidden = true;
    place.scrollTop = 0;
    if (focus) place.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
  };
  place.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    back();
  });

  return {
    async open(slug, focus) {
      request?.abort();
      request = new AbortController();
      const html = await fetchHtml(`/${language}/potensi/${encodeURIComponent(slug)}?fragment=card`, request.signal);
      const holder = document.createElement('template');
      holder.innerHTML = html;
      show(focus, holder.content);
      const data = place.querySelector<HTMLElement>('[data-slug]')?.dataset;
      if (data?.lon === undefined || data.lat === undefined) return undefined;
      return { lon: Number(data.lon), lat: Number(data.lat), group: data.group ?? '' };
    },
    choose(features, pick) {
      request?.abort();
      const heading = document.createElement('h2');
      heading.tabIndex = -1;
      heading.className = 'map-choice-title';
      heading.textContent = fill(text('stack'), { count: features.length });
      const list = document.createElement('ul');
      list.className = 'map-choice';
      for (const feature of features) {
        const item = document.createElement('li');
        const button = document.createElement('button');
        button.type = 'button';
        const title = document.createElement('b');
        title.textContent = feature.title;
        const region = document.createElement('span');
        region.textContent = feature.region;
        button.append(title, region);
        button.addEventListener('click', () => pick(feature.id));
        item.append(button);
        list.append(item);
      }
      show(true, heading, list);
    },
    close() {
      request?.abort();
      place.hidden = true;
      place.replaceChildren();
      results.hidden = false;
    },
    isOpen: () => !place.hidden,
  };
}
