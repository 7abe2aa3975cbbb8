// The map page before the map: small, and loads the heavy part on the first touch, pointer or key on the map, or when
// the page rests and the connection is good. Without WebGL2 the picture and the list stay.

export interface Connection {
  saveData?: boolean;
  effectiveType?: string;
}

// May the map load by itself? Not on a metered or slow connection, and not in the low-data mode.
export function mayLoadByItself(connection: Connection | undefined, lowData: boolean): boolean {
  if (lowData || connection?.saveData) return false;
  return connection?.effectiveType === undefined || connection.effectiveType === '4g';
}

function hasWebgl2(): boolean {
  try {
    const context = document.createElement('canvas').getContext('webgl2');
    context?.getExtension('WEBGL_lose_context')?.loseContext();
    return context !== null;
  } catch {
    return false;
  }
}

function start(root: HTMLElement): void {
  const page = document.documentElement;
  if (!hasWebgl2()) {
    page.dataset.map = 'picture';
    return;
  }
  let started = false;
  const activate = () => {
    if (started) return;
    started = true;
    page.dataset.map = 'loading';
    import('./map-view.ts')
      .then((view) => view.start(root))
      .catch((error: unknown) => {
        page.dataset.map = 'picture';
        console.warn('map:', error);
      });
  };
  for (const kind of ['pointerenter', 'pointerdown', 'touchstart', 'wheel', 'keydown', 'focusin']) {
    root.addEventListener(kind, activate, { once: true, passive: true });
  }
  const { connection } = navigator as Navigator & { connection?: Connection };
  const lowData = page.dataset.lowdata === '1';
  if (mayLoadByItself(connection, lowData)) {
    const idle = window.requestIdleCallback ?? ((run: () => void) => window.setTimeout(run, 200));
    const whenLoaded = () => idle(activate);
    if (document.readyState === 'complete') whenLoaded();
    else window.addEventListener('load', whenLoaded, { once: true });
  }
}

if (typeof document !== 'undefined') {
  const root = document.getElementById('map');
  if (root) start(root);
}
