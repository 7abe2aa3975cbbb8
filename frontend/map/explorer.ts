// The live map page: one filter drives list and map, the address holds the state, a click opens a card in the list's
// column. The map itself is behind MapView; the server makes all HTML.
import { makeCard } from './card.ts';
import { fetchHtml, formQuery, listAddress, readFound, showCounts, showDownloads, showQuery, type Found } from './list.ts';
import { makeListbox } from './listbox.ts';
import { openMap } from './maplibre_view.ts';
import type { LayerName, MapView, Place } from './map_view.ts';
import type { Notices } from './notices.ts';
import type { Sheet } from './sheet.ts';
import type { Strings } from './strings.ts';
import { address, boxText, canonicalQuery, contains, parseBox, readState, type Box, type State } from './url_state.ts';
import type { Feature } from './walk.ts';

const kRegionZoom = 8.6; // where a press on a region's badge leads: past the badges
const kPanDelay = 120; // ms from the last movement to the address and the list

interface Parts {
  root: HTMLElement;
  sheet: Sheet;
  notices: Notices;
  text: Strings;
}

function placeOf(item: HTMLElement | null | undefined): Place | undefined {
  const { lon, lat, group } = item?.dataset ?? {};
  return lon && lat ? { lon: Number(lon), lat: Number(lat), group: group ?? '' } : undefined;
}

export async function start({ root, sheet, notices, text }: Parts): Promise<void> {
  const page = document.documentElement;
  const byId = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;
  const [panel, form, list, status] = [byId('map-panel'), byId<HTMLFormElement>('map-form'), byId('map-list'), byId('map-status')];
  const [areaButton, zoomButton, results] = [byId<HTMLButtonElement>('map-area'), byId<HTMLButtonElement>('map-zoom'), byId('results')];
  const language = root.dataset.lang ?? 'id';
  const home = parseBox(root.dataset.bounds) ?? [120.8, -6.3, 124.7, -2.6];
  const narrow = matchMedia('(max-width: 760px)');

  let found: Found | undefined = readFound(list);
  let state: State = { ...readState(location.search), query: found?.query ?? readState(location.search).query };
  let area = ''; // the bbox that the list is limited to; empty: none
  let map: MapView;

  let written = location.search; // what the address holds; a jump to an anchor changes nothing of it
  const write = (how: 'push' | 'replace') => {
    const to = address(location.pathname, location.search, state);
    if (how === 'push' && to === location.pathname + location.search) return;
    if (how === 'push') history.pushState(null, '', to);
    else history.replaceState(null, '', to);
    written = location.search;
  };

  let request: AbortController | undefined;
  const refresh = async () => {
    request?.abort();
    const mine = (request = new AbortController());
    list.setAttribute('aria-busy', 'true');
    try {
      const html = await fetchHtml(listAddress(location.pathname, state.query, area), mine.signal);
      list.innerHTML = html;
      notices.clear('list');
      showFound();
      list.removeAttribute('aria-busy');
    } catch (error) {
      if (mine.signal.aborted) return;
      list.removeAttribute('aria-busy');
      console.warn('map list:', error);
      notices.show('list', text('listFailed'), () => void refresh());
    }
  };
  const showFound = () => {
    found = readFound(list);
    if (!found) return;
    if (status.textContent !== found.status) status.textContent = found.status;
    if (found.query !== state.query) {
      // A value that does not exist was left out.
      state.query = found.query;
      map.setQuery(state.query);
      write('replace');
    }
    showQuery(form, state.query);
    showCounts(form, found.groups);
    showDownloads(panel, state.query);
    zoomButton.hidden = !found.bounds;
  };

  const visibleArea = (): string => {
    const box = map.box();
    return contains(box, home) ? '' : boxText(box);
  };
  const setQuery = (query: string) => {
    if (query === state.query && !state.selected) return;
    state = { ...state, query, selected: undefined };
    card.close();
    map.mark('selected', undefined);
    write('push');
    delete page.dataset.mapIdle;
    map.setQuery(query);
    void refresh();
  };

  let cameFrom: HTMLElement | undefined;
  const closeCard = () => {
    const slug = state.selected;
    card.close();
    map.mark('selected', undefined);
    if (slug) {
      state = { ...state, selected: undefined };
      write('push');
    }
    const item = slug ? list.querySelector<HTMLElement>(`[data-slug="${CSS.escape(slug)}"] a`) : undefined;
    const target = cameFrom?.isConnected ? cameFrom : (item ?? map.element);
    cameFrom = undefined;
    target.focus({ preventScroll: target === map.element });
  };
  const card = makeCard(byId('map-card'), byId('map-found'), language, text, closeCard);

  const openCard = async (slug: string, how: 'push' | 'none', from?: HTMLElement) => {
    if (from) cameFrom = from;
    try {
      const place = await card.open(slug, how === 'push');
      state = { ...state, selected: slug };
      if (how === 'push') write('push');
      notices.clear('card');
      if (narrow.matches && sheet.stop() === 'peek') sheet.moveTo('half');
      map.mark('hovered', undefined);
      map.mark('selected', place);
      if (place && how === 'push') map.reveal(place.lon, place.lat);
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return;
      console.warn('map card:', error);
      notices.show('card', text('cardFailed'), () => void openCard(slug, how, from));
    }
  };
  const openFeature = (feature: Feature) => {
    const box = parseBox(feature.box);
    if (feature.kind === 'potential') void openCard(feature.id, 'push', map.element);
    else if (box && (box[0] < box[2] || box[1] < box[3])) map.fit(box);
    else map.approach(feature.lon, feature.lat, feature.kind === 'badge' ? kRegionZoom : 11);
  };

  const tip = document.createElement('div');
  tip.className = 'map-tip';
  tip.hidden = true;
  const point = (feature: Feature | undefined) => {
    tip.hidden = !feature;
    for (const item of list.querySelectorAll('.is-pointed')) item.classList.remove('is-pointed');
    if (!feature) return;
    tip.textContent = feature.title;
    tip.style.setProperty('translate', `${feature.x}px ${feature.y}px`);
    list.querySelector(`[data-slug="${CSS.escape(feature.id)}"]`)?.classList.add('is-pointed');
  };

  let listbox: ReturnType<typeof makeListbox> | undefined;
  let pan: ReturnType<typeof setTimeout> | undefined;
  const failedText: Record<LayerName, string> = { regions: 'regionsFailed', potentials: 'potentialsFailed' };
  const container = document.createElement('div');
  container.className = 'map-gl';
  root.append(container);
  map = await openMap(
    {
      container,
      styleAddress: root.dataset.style ?? '/tiles/style.json',
      tilesAddress: root.dataset.tiles ?? '/tiles',
      iconsAddress: root.dataset.icons ?? '',
      language,
      attribution: root.dataset.attribution ?? '',
      home,
      start: state.view,
      query: state.query,
      text,
      covered: () => sheet.covers(),
    },
    {
      moved(view) {
        // A page on its way to paper is no movement.
        if (matchMedia('print').matches) return;
        listbox?.forget();
        point(undefined);
        clearTimeout(pan);
        pan = setTimeout(() => {
          state = { ...state, view };
          write('replace');
          const now = visibleArea();
          if (now === area) return;
          if (narrow.matches) {
            areaButton.hidden = false;
          } else {
            area = now;
            void refresh();
          }
        }, kPanDelay);
      },
      chosen(features) {
        const [first] = features;
        if (!first) return;
        if (first.kind === 'potential' && features.length > 1) {
          cameFrom = map.element;
          if (narrow.matches && sheet.stop() === 'peek') sheet.moveTo('half');
          card.choose(features, (slug) => void openCard(slug, 'push'));
        } else {
          openFeature(first);
        }
      },
      pointed: point,
      failed(layer) {
        notices.show(layer, text(failedText[layer]), () => map.retry(layer));
      },
      idle() {
        page.dataset.mapIdle = '1';
      },
      locateFailed() {
        notices.show('locate', text('locateFailed'));
      },
    },
  );
  root.append(tip);
  listbox = makeListbox(
    map,
    text,
    (feature) =>
      map.mark('hovered', feature && { lon: feature.lon, lat: feature.lat, group: feature.kind === 'potential' ? feature.group : '' }),
    openFeature,
  );
  goLive(root, map);

  form.addEventListener('change', (event) => {
    if (event.target instanceof HTMLInputElement && event.target.type === 'checkbox') setQuery(canonicalQuery(formQuery(form)));
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    setQuery(canonicalQuery(formQuery(form)));
  });
  panel.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const target = event.target instanceof Element ? event.target : undefined;
    const filterLink = target?.closest<HTMLAnchorElement>('a[data-filter-link]');
    const itemLink = target?.closest<HTMLAnchorElement>('.map-items a');
    if (filterLink) {
      event.preventDefault();
      setQuery(canonicalQuery(new URL(filterLink.href).searchParams));
      results.focus({ preventScroll: true });
    } else if (itemLink) {
      const slug = itemLink.closest<HTMLElement>('[data-slug]')?.dataset.slug;
      if (!slug) return;
      event.preventDefault();
      void openCard(slug, 'push', itemLink);
    }
  });
  const hover = (event: Event) => {
    const item = event.target instanceof Element ? event.target.closest<HTMLElement>('.map-items > li') : null;
    map.mark('hovered', placeOf(item));
  };
  list.addEventListener('pointerover', hover);
  list.addEventListener('focusin', hover);
  for (const kind of ['pointerleave', 'focusout']) list.addEventListener(kind, () => map.mark('hovered', undefined));

  const pad = (box: Box): Box => [box[0] - 0.02, box[1] - 0.02, box[2] + 0.02, box[3] + 0.02];
  zoomButton.addEventListener('click', () => {
    if (found?.bounds) map.fit(pad(found.bounds));
  });
  const shareButton = byId<HTMLButtonElement>('map-share');
  shareButton.hidden = false;
  shareButton.addEventListener('click', () => {
    const link = { title: document.title, url: location.href };
    if (narrow.matches && navigator.canShare?.(link)) void navigator.share(link).catch(() => undefined);
    else void navigator.clipboard?.writeText(link.url).then(() => notices.show('share', text('copied')));
  });
  areaButton.addEventListener('click', () => {
    areaButton.hidden = true;
    area = visibleArea();
    if (card.isOpen()) closeCard();
    if (sheet.stop() === 'peek') sheet.moveTo('half');
    void refresh();
    results.focus({ preventScroll: true });
  });
  window.addEventListener('popstate', () => {
    if (location.search === written) return;
    written = location.search;
    state = readState(location.search);
    map.setQuery(state.query);
    showQuery(form, state.query);
    if (state.view) map.go(state.view);
    else map.fit(home);
    if (state.selected) {
      void openCard(state.selected, 'none');
    } else {
      card.close();
      map.mark('selected', undefined);
    }
    void refresh();
  });

  zoomButton.hidden = !found?.bounds;
  // The server left out what it does not know; so does the address.
  if (state.query !== readState(location.search).query) write('replace');
  // A box that was ticked while the map was loading.
  const ticked = canonicalQuery(formQuery(form));
  if (ticked !== state.query) setQuery(ticked);
  if (state.view && !narrow.matches) {
    area = visibleArea();
    if (area) void refresh();
  }
  if (state.selected) await openCard(state.selected, 'none');
}

// The picture gives way: no longer seen, nor reached by keys or readers.
function goLive(root: HTMLElement, map: MapView): void {
  const poster = root.querySelector<HTMLElement>('.map-poster');
  const focused = document.activeElement === root || (poster?.contains(document.activeElement) ?? false);
  root.removeAttribute('tabindex');
  if (focused) map.element.focus({ preventScroll: true });
  if (poster) {
    poster.setAttribute('aria-hidden', 'true');
    poster.inert = true;
    for (const link of poster.querySelectorAll('a')) link.setAttribute('tabindex', '-1');
  }
  document.documentElement.dataset.map = 'live';
}
