// The bottom sheet of the phone: three stops, moved by its handle (drag, press or arrow keys). The style sheet gives the
// page its place at "half"; this moves it. On wide screens the panel is a column and nothing here shows.

export type Stop = 'peek' | 'half' | 'full';
export const kStops: readonly Stop[] = ['peek', 'half', 'full'];
export const kPeek = 96;

// Heights in px of the three stops in a page area of `area` px on a screen of `screen` px. The full sheet leaves a strip
// of the map, so that one sees where one is.
export function stopHeights(screen: number, area: number): Record<Stop, number> {
  const full = Math.max(kPeek, area - 48);
  return { peek: kPeek, half: Math.min(Math.round(screen * 0.42), full), full };
}

// Where a sheet comes to rest that was let go at `height` with `speed` px/ms (upwards positive): a flick goes on to the
// next stop, otherwise the nearest takes it.
export function restAt(height: number, speed: number, heights: Record<Stop, number>): Stop {
  if (Math.abs(speed) > 0.5) {
    const ordered = speed > 0 ? kStops : [...kStops].reverse();
    const beyond = ordered.find((stop) => (speed > 0 ? heights[stop] > height : heights[stop] < height));
    return beyond ?? (speed > 0 ? 'full' : 'peek');
  }
  return kStops.reduce((best, stop) =>
    Math.abs(heights[stop] - height) < Math.abs(heights[best] - height) ? stop : best,
  );
}

// A press on the handle goes up stop by stop and from the top down to the bottom.
export function nextStop(stop: Stop): Stop {
  return stop === 'peek' ? 'half' : stop === 'half' ? 'full' : 'peek';
}

export interface Sheet {
  stop(): Stop;
  moveTo(stop: Stop): void;
  // Height in px that the sheet covers of the map at rest; 0 on wide screens.
  covers(): number;
}

export function makeSheet(page: HTMLElement, say: (stop: Stop) => void): Sheet {
  const panel = page.querySelector<HTMLElement>('.map-panel')!;
  const handle = page.querySelector<HTMLElement>('.sheet-handle')!;
  const narrow = matchMedia('(max-width: 760px)');
  let stop: Stop = 'half';
  const heights = () => stopHeights(window.innerHeight, page.clientHeight);

  const moveTo = (to: Stop) => {
    const before = panel.getBoundingClientRect().top;
    stop = to;
    page.dataset.sheet = to;
    page.style.removeProperty('--sheet-drag');
    say(to);
    if (!narrow.matches || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const delta = before - panel.getBoundingClientRect().top;
    panel.animate([{ transform: `translateY(${delta}px)` }, { transform: 'none' }], { duration: 180, easing: 'ease-out' });
  };

  let drag: { y: number; height: number; at: number; speed: number; last: number; moved: boolean } | undefined;
  handle.addEventListener('pointerdown', (event) => {
    if (!narrow.matches) return;
    handle.setPointerCapture(event.pointerId);
    const height = panel.offsetHeight;
    drag = { y: event.clientY, height, at: event.timeStamp, speed: 0, last: event.clientY, moved: false };
  });
  handle.addEventListener('pointermove', (event) => {
    if (!drag) return;
    const way = drag.y - event.clientY;
    if (Math.abs(way) > 4) drag.moved = true;
    if (!drag.moved) return;
    const time = Math.max(1, event.timeStamp - drag.at);
    drag.speed = (drag.last - event.clientY) / time;
    drag.last = event.clientY;
    drag.at = event.timeStamp;
    const { peek, full } = heights();
    page.style.setProperty('--sheet-drag', `${Math.min(full, Math.max(peek, drag.height + way))}px`);
  });
  const end = () => {
    if (drag?.moved) moveTo(restAt(panel.offsetHeight, drag.speed, heights()));
    // The click that follows a drag is not a press.
    const moved = drag?.moved ?? false;
    drag = undefined;
    if (moved) handle.addEventListener('click', (event) => event.stopImmediatePropagation(), { once: true, capture: true });
  };
  handle.addEventListener('pointerup', end);
  handle.addEventListener('pointercancel', end);
  handle.addEventListener('click', () => moveTo(nextStop(stop)));
  handle.addEventListener('keydown', (event) => {
    const way = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
    const to = kStops[kStops.indexOf(stop) + way];
    if (!way || !to) return;
    event.preventDefault();
    moveTo(to);
  });
  return { stop: () => stop, moveTo, covers: () => (narrow.matches ? heights()[stop] : 0) };
}
