// The column beside the map: the list of potentials, an indicator, the layers, or what passes the view on. The server
// makes the HTML of each; a panel that was asked for by the address is there already.
import { classesIn, makeIndicators, makeYears, takeYear } from './indicator.ts';
import { fetchHtml } from './list.ts';
import type { Classes, LayerName, LayerState } from './map_view.ts';
import type { Notices } from './notices.ts';
import type { Strings } from './strings.ts';
import { address, layersOf, type Panel, type State } from './url_state.ts';

// The rows of the layers panel that stand on the tiles of each source.
const kRowsOf: Record<LayerName, string[]> = { regions: ['regions', 'districts', 'indicator'], potentials: ['potentials'], areas: ['villages'] };

export interface PanelEvents {
  // What a person chose in the column.
  choose(change: Partial<State>, how: 'push' | 'replace'): void;
  paint(classes: Classes | undefined): void;
  pointRegion(code: string | undefined): void;
}

export interface Panels {
  // The column as the state says, and the colours of its indicator.
  show(state: State): Promise<void>;
  share(state: State): Promise<void>;
  layer(name: LayerName, state: LayerState): void;
  // A region was pressed on the map: its row comes into view.
  region(code: string): void;
}

const partAddress = (path: string, fragment: string, state: State) =>
  address(path, '', state).replace(/\?|$/, `?fragment=${fragment}&`);
const byId = (id: string) => document.getElementById(id)!;

export function makePanels(first: State, notices: Notices, text: Strings, events: PanelEvents): Panels {
  const potentials = byId('map-potentials');
  const other = byId('map-other');
  const tabs = byId('map-tabs');
  const indicators = makeIndicators();
  const states = new Map<LayerName, LayerState>();
  let request: AbortController | undefined;
  let state = first;
  let held: Panel | 'share' | undefined = first.panel === 'potentials' ? undefined : first.panel;

  const open = (panel: Panel | 'share') => {
    potentials.hidden = panel !== 'potentials';
    other.hidden = panel === 'potentials';
  };
  const showTabs = () => {
    for (const link of tabs.querySelectorAll<HTMLAnchorElement>('a[data-panel]')) {
      if (link.dataset.panel === state.panel) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
    const share = document.getElementById('map-share');
    share?.setAttribute('href', address(`${location.pathname}/bagikan`, '', state));
  };
  const sayLayers = () => {
    const on = layersOf(state);
    for (const box of other.querySelectorAll<HTMLInputElement>('input[name=layers]')) box.checked = on.has(box.value);
    for (const [name, now] of states) {
      for (const row of kRowsOf[name]) {
        const place = other.querySelector(`[data-layer="${row}"] [data-layer-state]`);
        if (place) place.textContent = now === 'loaded' ? '' : text(now === 'failed' ? 'layerFailed' : 'layerLoading');
      }
    }
  };
  const goYear = (year: number) => {
    events.choose({ year }, 'replace');
    return show({ ...state, year });
  };
  const put = (content: Node, panel: Panel | 'share') => {
    other.replaceChildren(content);
    other.scrollTop = 0;
    held = panel;
  };
  const failed = (again: () => void) => (error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') return;
    console.warn('map panel:', error);
    notices.show('panel', text('panelFailed'), again);
  };

  const show = async (wanted: State): Promise<void> => {
    state = wanted;
    showTabs();
    request?.abort();
    const { signal } = (request = new AbortController());
    if (state.panel === 'potentials') {
      open('potentials');
      held = undefined;
    }
    let classes: Classes | undefined;
    if (state.indicator) {
      const there = held === 'indicator' ? other.querySelector<HTMLElement>('.map-indicator')?.dataset : undefined;
      const same = there?.i === state.indicator && (state.year === undefined || there.year === String(state.year));
      const content: ParentNode = same ? other : await indicators(state, signal);
      classes = classesIn(content);
      if (state.panel === 'indicator' && content !== other) {
        if (!(held === 'indicator' && takeYear(other, content))) {
          put(content as DocumentFragment, 'indicator');
          makeYears(other, text, goYear);
        }
      } else if (same && !other.querySelector('.map-years input')) {
        makeYears(other, text, goYear);
      }
    }
    events.paint(classes);
    if (state.panel === 'layers' && held !== 'layers') {
      const holder = document.createElement('template');
      holder.innerHTML = await fetchHtml(partAddress(location.pathname, 'layers', { ...state, view: undefined }), signal);
      put(holder.content, 'layers');
    }
    if (state.panel !== 'potentials') open(state.panel);
    sayLayers();
    notices.clear('panel');
  };
  const showOr = (wanted: State): Promise<void> => show(wanted).catch(failed(() => void showOr(wanted)));

  const share = async (now: State): Promise<void> => {
    request?.abort();
    const { signal } = (request = new AbortController());
    try {
      const holder = document.createElement('template');
      holder.innerHTML = await fetchHtml(partAddress(`${location.pathname}/bagikan`, 'share', now), signal);
      put(holder.content, 'share');
      open('share');
      for (const button of other.querySelectorAll<HTMLElement>('[data-copy]')) button.hidden = !navigator.clipboard;
      for (const button of other.querySelectorAll<HTMLElement>('[data-share-sheet]')) button.hidden = !navigator.share;
      other.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
    } catch (error) {
      failed(() => void share(now))(error);
    }
  };

  tabs.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[data-panel]') : null;
    if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const panel = link.dataset.panel as Panel;
    if (held === 'share') held = undefined;
    const change: Partial<State> = { panel, selected: undefined };
    if (panel === 'potentials') Object.assign(change, { indicator: undefined, year: undefined, layers: undefined });
    if (panel === 'indicator' && !state.indicator) {
      Object.assign(change, { indicator: new URL(link.href).searchParams.get('i') ?? undefined, layers: undefined });
    }
    events.choose(change, 'push');
  });
  other.addEventListener('change', (event) => {
    const field = event.target;
    if (field instanceof HTMLSelectElement && field.name === 'i') {
      events.choose({ indicator: field.value, year: undefined, panel: 'indicator' }, 'push');
    } else if (field instanceof HTMLInputElement && field.name === 'layers') {
      const on = layersOf(state);
      if (field.checked) on.add(field.value);
      else on.delete(field.value);
      const layers = [...on].sort();
      const usual = [...layersOf({ ...state, layers: undefined })].sort();
      events.choose({ layers: layers.join() === usual.join() ? undefined : layers }, 'replace');
    }
  });
  other.addEventListener('submit', (event) => event.preventDefault());
  other.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : undefined;
    const copy = target?.closest<HTMLElement>('[data-copy]');
    if (copy) {
      const field = document.getElementById(copy.dataset.copy ?? '') as HTMLInputElement | HTMLTextAreaElement | null;
      field?.select();
      if (field) void navigator.clipboard.writeText(field.value).then(() => notices.show('share', text('copied')));
    }
    if (target?.closest('[data-share-sheet]')) {
      const url = (document.getElementById('share-link') as HTMLInputElement).value;
      void navigator.share({ title: document.title, url }).catch(() => undefined);
    }
    const back = target?.closest('.map-share-back a');
    if (back) {
      event.preventDefault();
      held = undefined;
      void showOr(state).then(() => document.getElementById('map-share')?.focus({ preventScroll: true }));
    }
  });
  const point = (event: Event) => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('tr[data-code]') : null;
    events.pointRegion(row?.dataset.code);
  };
  for (const kind of ['pointerover', 'focusin']) other.addEventListener(kind, point);
  for (const kind of ['pointerleave', 'focusout']) other.addEventListener(kind, () => events.pointRegion(undefined));

  return {
    show: showOr,
    share,
    layer(name, now) {
      states.set(name, now);
      if (held === 'layers') sayLayers();
    },
    region(code) {
      for (const row of other.querySelectorAll('tr.is-pointed')) row.classList.remove('is-pointed');
      const row = other.querySelector<HTMLElement>(`tr[data-code="${CSS.escape(code)}"]`);
      row?.classList.add('is-pointed');
      row?.scrollIntoView({ block: 'nearest' });
    },
  };
}
