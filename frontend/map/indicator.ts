// The indicator that colours the regions: asked of the server as HTML (?fragment=indicator), read for what the map needs,
// and its years made a slider that also plays.
import { fetchHtml } from './list.ts';
import type { Classes } from './map_view.ts';
import type { Strings } from './strings.ts';
import { join, type State } from './url_state.ts';

const kStep = 1400; // ms a year is shown while playing

export function parseClasses(text: string | undefined): Classes {
  const classes = new Map<string, number>();
  for (const part of (text ?? '').split(' ')) {
    const [code, number] = part.split(':');
    if (code && number && /^[0-9]$/.test(number)) classes.set(code, Number(number));
  }
  return classes;
}

export function indicatorAddress(path: string, state: State): string {
  return `${path}?${join('fragment=indicator', state.query, `i=${state.indicator}`, state.year ? `year=${state.year}` : '')}`;
}

// The server's answers, kept: years are played over and over.
export function makeIndicators(): (state: State, signal: AbortSignal) => Promise<DocumentFragment> {
  const kept = new Map<string, string>();
  return async (state, signal) => {
    const address = indicatorAddress(location.pathname, state);
    const html = kept.get(address) ?? (await fetchHtml(address, signal));
    kept.set(address, html);
    const holder = document.createElement('template');
    holder.innerHTML = html;
    return holder.content;
  };
}

export function classesIn(place: ParentNode): Classes | undefined {
  const data = place.querySelector<HTMLElement>('.map-indicator')?.dataset;
  return data && parseClasses(data.classes);
}

// Another year of the same indicator: only what tells of the year is put in place, so that the slider stays in hand.
const kOfTheYear = ['.map-indicator-year', '.map-legend', '.map-ranking', '.chart-source'];
export function takeYear(place: HTMLElement, from: ParentNode): boolean {
  const mine = place.querySelector<HTMLElement>('.map-indicator');
  const other = from.querySelector<HTMLElement>('.map-indicator');
  if (!mine || !other || mine.dataset.i !== other.dataset.i) return false;
  for (const selector of kOfTheYear) {
    const now = other.querySelector(selector);
    const old = mine.querySelector(selector);
    if (now && old) old.replaceWith(now);
  }
  mine.dataset.year = other.dataset.year ?? '';
  mine.dataset.classes = other.dataset.classes ?? '';
  return true;
}

// Slider, steps and play in the place of the links to the years. Nothing for a single year.
export function makeYears(place: HTMLElement, text: Strings, go: (year: number) => Promise<void>): void {
  const data = place.querySelector<HTMLElement>('.map-indicator')?.dataset;
  const box = place.querySelector<HTMLElement>('.map-years');
  const years = (data?.years ?? '').split(',').filter(Boolean).map(Number);
  if (!data || !box || years.length < 2) return;

  const slider = document.createElement('input');
  const shown = document.createElement('output');
  slider.type = 'range';
  slider.min = '0';
  slider.max = String(years.length - 1);
  slider.setAttribute('aria-label', text('year'));
  let playing: ReturnType<typeof setTimeout> | undefined;

  const button = (label: string, icon: string, act: () => void) => {
    const made = document.createElement('button');
    made.type = 'button';
    made.className = 'map-tool map-year-button';
    made.title = text(label);
    made.setAttribute('aria-label', text(label));
    made.textContent = icon;
    made.addEventListener('click', act);
    return made;
  };
  const say = () => {
    const year = years[Number(slider.value)]!;
    shown.textContent = String(year);
    slider.setAttribute('aria-valuetext', String(year));
    before.disabled = slider.value === slider.min;
    after.disabled = slider.value === slider.max;
  };
  const moveTo = async (index: number) => {
    slider.value = String(index);
    say();
    await go(years[index]!);
  };
  const stop = () => {
    clearTimeout(playing);
    playing = undefined;
    play.textContent = '▶';
    play.setAttribute('aria-label', text('play'));
    play.title = text('play');
  };
  const next = async () => {
    // Gone from the page: another panel was opened.
    if (!slider.isConnected) return stop();
    const index = (Number(slider.value) + 1) % years.length;
    await moveTo(index);
    if (playing === undefined) return;
    if (index === years.length - 1) stop();
    else playing = setTimeout(() => void next(), kStep);
  };
  const step = (by: number) => {
    stop();
    void moveTo(Math.min(years.length - 1, Math.max(0, Number(slider.value) + by)));
  };
  const play = button('play', '▶', () => {
    if (playing !== undefined) return stop();
    play.textContent = '⏸';
    play.setAttribute('aria-label', text('pause'));
    play.title = text('pause');
    playing = setTimeout(() => void next(), 0);
  });
  const before = button('yearBefore', '‹', () => step(-1));
  const after = button('yearAfter', '›', () => step(1));
  slider.addEventListener('input', () => {
    stop();
    void moveTo(Number(slider.value));
  });
  slider.value = String(Math.max(0, years.indexOf(Number(data.year))));
  say();
  box.replaceChildren(play, before, slider, after, shown);
}
