// The live map page: one filter drives list and map, the address holds the state, a click opens a card in the list's
// column. The map itself is behind MapView; the server makes all HTML.
import { makeAddressBar } from './address_bar.ts';
import { makeCard } from './card.ts';
import { formQuery, showQuery } from './list.ts';
import { makeListbox, type Listbox } from './listbox.ts';
import { makeMeasureBox } from './measure_box.ts';
import { openMap } from './maplibre_view.ts';
import type { LayerName, MapListener, MapView, Place } from './map_view.ts';
import type { Notices } from './notices.ts';
import { makePanels } from './panels.ts';
import { makeResults } from './results.ts';
import type { Sheet } from './sheet.ts';
import type { Strings } from './strings.ts';
import { parsePosition } from '../shared/coordinates.ts';
import { address, boxText, canonicalQuery, contains, layersOf, parseBox, readState, type Box, type State } from './url_state.ts';
import { fill, type Feature } from './walk.ts';

const kRegionZoom = 8.6; // where a press on a region's badge leads: past the badges
const kClusterZoom = 11; // where a press on a cluster leads whose members stand at one point
const kPlaceZoom = 12; // where a position that was searched for leads
const kPanDelay = 120; // ms from the last movement to the address and the list
const kHome: Box = [120.8, -6.3, 124.7, -2.6]; // Sulawesi Tenggara, for a page that does not say
// Where the server has the card of a potential.
const pathOfSlug = (slug: string): string => `potensi/${encodeURIComponent(slug)}`;
const pathOf = (feature: Feature): string => `p/${feature.id}`;
const kFailed: Record<LayerName, string> = { regions: 'regionsFailed', potentials: 'potentialsFailed', areas: 'areasFailed' };

interface Parts {
  root: HTMLElement;
  sheet: Sheet;
  notices: Notices;
  text: Strings;
}

const byId = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;
const widened = (box: Box): Box => [box[0] - 0.02, box[1] - 0.02, box[2] + 0.02, box[3] + 0.02];

function placeOf(item: HTMLElement | null | undefined): Place | undefined {
  const { lon, lat, group } = item?.dataset ?? {};
  return lon && lat ? { lon: Number(lon), lat: Number(lat), group: group ?? '' } : undefined;
}

export async function start({ root, sheet, notices, text }: Parts): Promise<void> {
  const page = document.documentElement;
  const areaButton = byId<HTMLButtonElement>('map-area');
  const zoomButton = byId<HTMLButtonElement>('map-zoom');
  const language = root.dataset.lang ?? 'id';
  const home = parseBox(root.dataset.bounds) ?? kHome;
  const narrow = matchMedia('(max-width: 760px)');
  let area = ''; // the bbox that the list is limited to; empty: none
  let map: MapView;
  let listbox: Listbox | undefined;

  // --- list and filter -----------------------------------------------------------------------------------------
  const results = makeResults(notices, text, (found) => {
    zoomButton.hidden = !found.bounds;
    if (found.query === bar.state().query) return;
    // A value that does not exist was left out.
    bar.set({ query: found.query }, 'replace');
    map.setQuery(found.query);
  });
  const asked = readState(location.search);
  const bar = makeAddressBar({ ...asked, query: results.found()?.query ?? asked.query }, (state) => {
    map.setQuery(state.query);
    showQuery(results.form, state.query);
    applyPanel(state);
    if (state.view) map.go(state.view);
    else map.fit(home);
    if (state.selected) void openCard(pathOfSlug(state.selected), 'none');
    else closeQuietly();
    void refresh();
  });
  const refresh = () => results.refresh(bar.state().query, area);

  // --- the column and the layers -------------------------------------------------------------------------------
  const panels = makePanels(bar.state(), notices, text, {
    choose(change, how) {
      const from = bar.state().panel;
      if ('selected' in change) closeQuietly();
      bar.set(change, how);
      applyPanel(bar.state());
      // It may have been left out while another panel was open.
      if (from !== 'potentials' && bar.state().panel === 'potentials') void refresh();
    },
    paint(classes) {
      delete page.dataset.mapIdle;
      map.paint(classes);
    },
    pointRegion: (code) => map.markRegion(code),
  });
  const applyPanel = (state: State) => {
    delete page.dataset.mapIdle;
    listbox?.forget();
    map.show(layersOf(state));
    void panels.show(state);
  };
  const visibleArea = (): string => {
    const box = map.box();
    return contains(box, home) ? '' : boxText(box);
  };
  const setQuery = (query: string) => {
    if (query === bar.state().query && !bar.state().selected) return;
    closeQuietly();
    bar.set({ query, selected: undefined }, 'push');
    delete page.dataset.mapIdle;
    map.setQuery(query);
    void refresh();
  };

  // --- the card of one potential -------------------------------------------------------------------------------
  let cameFrom: HTMLElement | undefined;
  const closeQuietly = () => {
    card.close();
    map.mark('selected', undefined);
  };
  const closeCard = () => {
    const slug = bar.state().selected;
    closeQuietly();
    bar.set({ selected: undefined }, 'push');
    const item = slug ? results.list.querySelector<HTMLElement>(`[data-slug="${CSS.escape(slug)}"] a`) : undefined;
    const target = cameFrom?.isConnected ? cameFrom : (item ?? map.element);
    cameFrom = undefined;
    target.focus({ preventScroll: target === map.element });
  };
  const card = makeCard(byId('map-card'), byId('map-found'), language, text, closeCard);
  const liftSheet = () => {
    if (sheet.stop() === 'peek') sheet.moveTo('half');
  };
  // `path`: "potensi/{slug}", or "p/{id}" of a potential that only the tiles told of.
  const openCard = async (path: string, how: 'push' | 'none', from?: HTMLElement): Promise<void> => {
    if (from) cameFrom = from;
    try {
      const { slug, place } = await card.open(path, how === 'push');
      if (how === 'push') bar.set({ selected: slug }, 'push');
      notices.clear('card');
      liftSheet();
      map.mark('hovered', undefined);
      map.mark('selected', place);
      if (place && how === 'push') map.reveal(place.lon, place.lat);
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return;
      console.warn('map card:', error);
      notices.show('card', text('cardFailed'), () => void openCard(path, how, from));
    }
  };

  // --- the map -------------------------------------------------------------------------------------------------
  const openFeature = (feature: Feature) => {
    const box = parseBox(feature.box);
    if (feature.kind === 'potential') void openCard(pathOf(feature), 'push', map.element);
    else if (box && (box[0] < box[2] || box[1] < box[3])) map.fit(box);
    else map.approach(feature.lon, feature.lat, feature.kind === 'badge' ? kRegionZoom : kClusterZoom);
  };
  const tip = document.createElement('div');
  tip.className = 'map-tip';
  tip.hidden = true;
  const point = (feature: Feature | undefined) => {
    tip.hidden = !feature;
    for (const item of results.list.querySelectorAll('.is-pointed')) item.classList.remove('is-pointed');
    if (!feature) return;
    tip.textContent = feature.title;
    tip.style.setProperty('translate', `${feature.x}px ${feature.y}px`);
    results.list.querySelector(`[data-id="${CSS.escape(feature.id)}"]`)?.classList.add('is-pointed');
  };
  let pan: ReturnType<typeof setTimeout> | undefined;
  const listener: MapListener = {
    moved(view) {
      // A page on its way to paper is no movement.
      if (matchMedia('print').matches) return;
      listbox?.forget();
      point(undefined);
      clearTimeout(pan);
      pan = setTimeout(() => {
        bar.set({ view }, 'replace');
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
      if (first?.kind === 'potential' && features.length > 1) {
        cameFrom = map.element;
        liftSheet();
        card.choose(features, (feature) => void openCard(pathOf(feature), 'push'));
      } else if (first) {
        openFeature(first);
      }
    },
    pointed: point,
    regionChosen: (code) => panels.region(code),
    layer(layer, now) {
      panels.layer(layer, now);
      if (now === 'failed') notices.show(layer, text(kFailed[layer]), () => map.retry(layer));
      if (now === 'loaded') notices.clear(layer);
    },
    measured: (result) => measure.show(result),
    idle: () => void (page.dataset.mapIdle = '1'),
    locateFailed: () => notices.show('locate', text('locateFailed')),
  };
  const container = document.createElement('div');
  container.className = 'map-gl';
  root.append(container);
  try {
    map = await openMap(
      {
        container,
        styleAddress: root.dataset.style ?? '/tiles/style.json',
        tilesAddress: root.dataset.tiles ?? '/tiles',
        iconsAddress: root.dataset.icons ?? '',
        language,
        home,
        start: bar.state().view,
        query: bar.state().query,
        measures: !narrow.matches && matchMedia('(any-pointer: fine)').matches,
        text,
        covered: () => sheet.covers(),
      },
      listener,
    );
  } catch (error) {
    container.remove();
    throw error;
  }
  root.append(tip);
  const at = (feature: Feature | undefined) =>
    map.mark(
      'hovered',
      feature && { lon: feature.lon, lat: feature.lat, group: feature.kind === 'potential' ? feature.group : '' },
    );
  listbox = makeListbox(map, text, at, openFeature);
  goLive(root, map);

  const measure = makeMeasureBox(root, text, language, map);
  applyPanel(bar.state());

  // --- what people press ---------------------------------------------------------------------------------------
  results.form.addEventListener('change', (event) => {
    const box = event.target;
    if (box instanceof HTMLInputElement && box.type === 'checkbox') setQuery(canonicalQuery(formQuery(results.form)));
  });
  results.form.addEventListener('submit', (event) => {
    event.preventDefault();
    const query = canonicalQuery(formQuery(results.form));
    const words = new URLSearchParams(query).get('q') ?? '';
    const position = parsePosition(words);
    const degrees = (value: number) => value.toLocaleString(language, { minimumFractionDigits: 5, maximumFractionDigits: 5 });
    if (position) {
      // A place, not words: nothing is called so.
      map.mark('selected', { ...position, group: '' });
      map.approach(position.lon, position.lat, Math.max(kPlaceZoom, map.view().zoom));
      notices.show('place', fill(text('position'), { lat: degrees(position.lat), lon: degrees(position.lon) }));
      return;
    }
    notices.clear('place');
    setQuery(query);
  });
  results.panel.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const target = event.target instanceof Element ? event.target : undefined;
    const filterLink = target?.closest<HTMLAnchorElement>('a[data-filter-link]');
    const itemLink = target?.closest<HTMLAnchorElement>('.map-items a');
    const slug = itemLink?.closest<HTMLElement>('[data-slug]')?.dataset.slug;
    if (filterLink) {
      event.preventDefault();
      setQuery(canonicalQuery(new URL(filterLink.href).searchParams));
      byId('results').focus({ preventScroll: true });
    } else if (itemLink && slug) {
      event.preventDefault();
      void openCard(pathOfSlug(slug), 'push', itemLink);
    }
  });
  const hover = (event: Event) => {
    const item = event.target instanceof Element ? event.target.closest<HTMLElement>('.map-items > li') : null;
    map.mark('hovered', placeOf(item));
  };
  for (const kind of ['pointerover', 'focusin']) results.list.addEventListener(kind, hover);
  for (const kind of ['pointerleave', 'focusout']) results.list.addEventListener(kind, () => map.mark('hovered', undefined));
  zoomButton.addEventListener('click', () => {
    const bounds = results.found()?.bounds;
    if (bounds) map.fit(widened(bounds));
  });
  areaButton.addEventListener('click', () => {
    areaButton.hidden = true;
    area = visibleArea();
    if (card.isOpen()) closeCard();
    liftSheet();
    void refresh();
    byId('results').focus({ preventScroll: true });
  });
  byId('map-share').addEventListener('click', (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    liftSheet();
    void panels.share(bar.state());
  });
  // The printed view is the one that is seen.
  results.panel.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[data-view]') : null;
    if (link) link.href = address(link.pathname, '', bar.state());
  });

  // --- as the address says -------------------------------------------------------------------------------------
  zoomButton.hidden = !results.found()?.bounds;
  // The server left out what it does not know; so does the address.
  if (bar.state().query !== asked.query) bar.set({}, 'replace');
  // A box that was ticked while the map was loading.
  const ticked = canonicalQuery(formQuery(results.form));
  if (ticked !== bar.state().query) setQuery(ticked);
  if (bar.state().view && !narrow.matches) {
    area = visibleArea();
    if (area) void refresh();
  }
  const { selected } = bar.state();
  if (selected) await openCard(pathOfSlug(selected), 'none');
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
