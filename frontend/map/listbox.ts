// The keys' way through the map: the canvas takes the focus, a hidden listbox holds what is in view, and
// aria-activedescendant says where one is. MapLibre itself answers arrows (pan) and plus and minus (zoom).
import type { MapView } from './map_view.ts';
import type { Strings } from './strings.ts';
import { readingOrder, spoken, walkTo, type Feature } from './walk.ts';

export interface Listbox {
  // The view changed: what was listed no longer holds.
  forget(): void;
}

export function makeListbox(
  map: MapView,
  text: Strings,
  at: (feature: Feature | undefined) => void,
  open: (feature: Feature) => void,
): Listbox {
  const canvas = map.element;
  const list = document.createElement('ul');
  list.id = 'map-features';
  list.className = 'vh';
  list.setAttribute('aria-label', text('features'));
  list.hidden = true;
  const help = document.createElement('p');
  help.id = 'map-help';
  help.className = 'map-help';
  help.textContent = text('help');
  canvas.after(list, help);
  canvas.setAttribute('role', 'application');
  canvas.setAttribute('aria-describedby', help.id);

  let features: Feature[] | undefined;
  let current = -1;

  const forget = () => {
    if (!features) return;
    features = undefined;
    current = -1;
    list.hidden = true;
    list.removeAttribute('role');
    list.replaceChildren();
    canvas.removeAttribute('aria-activedescendant');
    canvas.removeAttribute('aria-owns');
    at(undefined);
  };

  const gather = (): Feature[] => {
    if (features) return features;
    features = readingOrder(map.features());
    const texts = { feature: text('feature'), cluster: text('cluster'), badge: text('badge') };
    list.replaceChildren(
      ...features.map((feature, index, all) => {
        const option = document.createElement('li');
        option.id = `map-feature-${index}`;
        option.setAttribute('role', 'option');
        option.textContent = spoken(feature, index, all.length, texts);
        return option;
      }),
    );
    if (features.length) {
      list.setAttribute('role', 'listbox');
      list.hidden = false;
      canvas.setAttribute('aria-owns', list.id);
    }
    return features;
  };

  const moveTo = (index: number) => {
    list.children[current]?.removeAttribute('aria-selected');
    current = index;
    const option = list.children[index];
    option?.setAttribute('aria-selected', 'true');
    if (option) canvas.setAttribute('aria-activedescendant', option.id);
    at(features?.[index]);
  };

  canvas.addEventListener('keydown', (event) => {
    if (event.altKey) {
      const index = walkTo(event.key, current, gather().length);
      if (index === undefined) return;
      // Alt with an arrow is the browser's "back" too.
      event.preventDefault();
      help.classList.add('is-known');
      moveTo(index);
    } else if (event.key === 'Enter' && features?.[current]) {
      event.preventDefault();
      open(features[current]!);
    } else if (event.key === 'Escape') {
      forget();
    }
  });
  canvas.addEventListener('blur', () => at(undefined));
  return { forget };
}
