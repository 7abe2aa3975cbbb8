// Small notices over the map: what failed, and a button that tries again. One for each cause; nothing waits for them.
import type { Strings } from './strings.ts';

export interface Notices {
  show(cause: string, text: string, retry?: () => void): void;
  clear(cause: string): void;
}

export function makeNotices(place: HTMLElement, text: Strings): Notices {
  const shown = new Map<string, HTMLElement>();
  const clear = (cause: string) => {
    shown.get(cause)?.remove();
    shown.delete(cause);
  };
  return {
    clear,
    show(cause, message, retry) {
      if (shown.has(cause)) return;
      const notice = document.createElement('div');
      notice.className = 'map-notice';
      const words = document.createElement('p');
      words.textContent = message;
      notice.append(words);
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'map-text-button';
      button.textContent = text(retry ? 'retry' : 'close');
      button.addEventListener('click', () => {
        clear(cause);
        retry?.();
      });
      notice.append(button);
      shown.set(cause, notice);
      place.append(notice);
    },
  };
}
