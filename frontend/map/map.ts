// The map page before the map: small. Moves the bottom sheet, and loads the heavy part on the first touch, pointer or
// key on the map; on wide screens with a good connection also when the page rests. Without WebGL2 the picture and the
// list stay.
import { makeNotices } from './notices.ts';
import { makeSheet } from './sheet.ts';
import { readStrings } from './strings.ts';

export interface Connection {
  saveData?: boolean;
  effectiveType?: string;
}

// May the map load by itself? Not on phones, where it costs the most and the list is what most come for, not on a
// metered or slow connection, and not in the low-data mode.
export function mayLoadByItself(connection: Connection | undefined, lowData: boolean, wide: boolean): boolean {
  if (!wide || lowData || connection?.saveData) return false;
  return connection?.effectiveType === undefined || connection.effectiveType === '4g';
}

// MapLibre throws where this is false.
function hasWebgl2(): boolean {
  try {
    const context = document.createElement('canvas').getContext('webgl2');
    context?.getExtension('WEBGL_lose_context')?.loseContext();
    return context !== null;
  } catch {
    return false;
  }
}

function start(root: HTMLElement, stage: HTMLElement): void {
  const page = document.documentElement;
  const text = readStrings(document);
  const label = document.getElementById('sheet-label');
  const sheet = makeSheet(root.closest<HTMLElement>('.map-page')!, (stop) => {
    if (label) label.textContent = text(stop === 'full' ? 'sheetLess' : 'sheetMore');
    document.getElementById('sheet-handle')?.setAttribute('aria-expanded', String(stop !== 'peek'));
  });

  const notices = makeNotices(document.getElementById('map-notices')!, text);
  let started = false;
  const activate = () => {
    if (started) return;
    started = true;
    // Asked only now: making a WebGL context is what costs a slow phone most of a second.
    if (!hasWebgl2()) {
      page.dataset.map = 'picture';
      document.getElementById('map-wake')!.hidden = true;
      return;
    }
    page.dataset.map = 'loading';
    import('./explorer.ts')
      .then((explorer) => explorer.start({ root, sheet, notices, text }))
      .catch((error: unknown) => {
        console.warn('map:', error);
        page.dataset.map = 'picture';
        notices.show('map', text('mapFailed'), () => {
          started = false;
          activate();
        });
      });
  };
  // Keys wake the map too; once it lives, its canvas takes the focus instead.
  root.tabIndex = 0;
  for (const kind of ['pointerenter', 'pointerdown', 'touchstart', 'wheel', 'keydown', 'focusin']) {
    stage.addEventListener(kind, activate, { once: true, passive: true });
  }
  // A box ticked now is applied when the map lives.
  document.getElementById('map-form')?.addEventListener('change', activate, { once: true });
  // A region of the picture leads to its page only where no live map can come.
  stage.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('.map-poster a') : null;
    if (!link || page.dataset.map === 'picture' || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    activate();
  });
  const { connection } = navigator as Navigator & { connection?: Connection };
  const wide = matchMedia('(min-width: 761px)').matches;
  if (mayLoadByItself(connection, page.dataset.lowdata === '1', wide)) {
    const rest = () => ('requestIdleCallback' in window ? requestIdleCallback(activate) : setTimeout(activate, 200));
    if (document.readyState === 'complete') rest();
    else addEventListener('load', rest, { once: true });
  } else {
    const wake = document.getElementById('map-wake')!;
    wake.hidden = false;
    wake.addEventListener('click', activate);
  }
}

if (typeof document !== 'undefined') {
  const root = document.getElementById('map');
  const stage = root?.closest<HTMLElement>('.map-stage');
  if (root && stage) start(root, stage);
}
