// Reads a value out of a chart that the server drew: by pointer or by arrow keys. The chart is an SVG inside
// `<figure data-chart>`; each mark of it bears data-label and data-value (already formatted for people). Its table twin
// stays the accessible form; this only saves the eye the way to it.

export interface Mark {
  x: number;
  y: number;
  label: string;
  value: string;
}

// The mark nearest to a point, weighing the horizontal way more, since most charts are read column by column.
export function nearest(marks: readonly Mark[], x: number, y: number): number {
  let best = -1;
  let shortest = Infinity;
  marks.forEach((mark, index) => {
    const distance = (mark.x - x) ** 2 * 4 + (mark.y - y) ** 2;
    if (distance < shortest) {
      shortest = distance;
      best = index;
    }
  });
  return best;
}

// Where a key leads among `count` marks; undefined for a key that is not ours.
export function step(key: string, current: number, count: number): number | undefined {
  if (count === 0) return undefined;
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return Math.min(current + 1, count - 1);
    case 'ArrowLeft':
    case 'ArrowUp':
      return Math.max(current - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

function enhance(figure: HTMLElement): void {
  const svg = figure.querySelector('svg');
  if (!svg) return;
  const elements = [...svg.querySelectorAll<SVGGraphicsElement>('[data-label][data-value]')];
  if (elements.length === 0) return;
  const readout = document.createElement('output');
  readout.className = 'chart-readout';
  readout.hidden = true;
  figure.append(readout);
  figure.classList.add('chart-live');
  svg.setAttribute('tabindex', '0');
  let current = -1;

  const show = (index: number) => {
    elements[current]?.classList.remove('is-current');
    current = index;
    const element = elements[index];
    readout.hidden = !element;
    if (!element) return;
    element.classList.add('is-current');
    readout.textContent = `${element.dataset.label ?? ''}: ${element.dataset.value ?? ''}`;
    const box = element.getBoundingClientRect();
    const frame = figure.getBoundingClientRect();
    const left = box.left + box.width / 2 - frame.left;
    readout.style.setProperty('--x', `${Math.max(60, Math.min(frame.width - 60, left))}px`);
    readout.style.setProperty('--y', `${box.top - frame.top}px`);
  };

  svg.addEventListener('pointermove', (event) => {
    const marks = elements.map((element) => {
      const box = element.getBoundingClientRect();
      return { x: box.left + box.width / 2, y: box.top + box.height / 2, label: '', value: '' };
    });
    show(nearest(marks, event.clientX, event.clientY));
  });
  svg.addEventListener('pointerleave', () => show(-1));
  svg.addEventListener('blur', () => show(-1));
  svg.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') show(-1);
    const index = step(event.key, current, elements.length);
    if (index === undefined) return;
    event.preventDefault();
    show(index);
  });
}

if (typeof document !== 'undefined') {
  for (const figure of document.querySelectorAll<HTMLElement>('[data-chart]')) enhance(figure);
}
