// The place of one potential in the list column: the server's card, or a choice when several lie at one point.
import { fetchHtml } from './list.ts';
import type { Strings } from './strings.ts';
import { fill, type Feature } from './walk.ts';

export interface Opened {
  slug: string;
  place: { lon: number; lat: number; group: string } | undefined;
}

export interface Card {
  // The card of "potensi/{slug}" or "p/{id}". With `focus`, the title takes it: only when a person asked for the card
  // just now.
  open(path: string, focus: boolean): Promise<Opened>;
  choose(features: readonly Feature[], pick: (feature: Feature) => void): void;
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
    async open(path, focus) {
      request?.abort();
      request = new AbortController();
      const html = await fetchHtml(`/${language}/${path}?fragment=card`, request.signal);
      const holder = document.createElement('template');
      holder.innerHTML = html;
      show(focus, holder.content);
      const data = place.querySelector<HTMLElement>('[data-slug]')?.dataset;
      const slug = data?.slug ?? '';
      if (data?.lon === undefined || data.lat === undefined) return { slug, place: undefined };
      return { slug, place: { lon: Number(data.lon), lat: Number(data.lat), group: data.group ?? '' } };
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
        button.addEventListener('click', () => pick(feature));
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
