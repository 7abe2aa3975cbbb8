// The tool that measures: its button among the map's own, and the box that says what was measured. Only where there is
// room and a pointer that can aim.
import type { MapView, Measured } from './map_view.ts';
import { areaText, lengthText } from './measure.ts';
import type { Strings } from './strings.ts';

export interface MeasureBox {
  show(result: Measured | undefined): void;
}

export function makeMeasureBox(root: HTMLElement, text: Strings, language: string, map: MapView): MeasureBox {
  const box = document.createElement('div');
  box.className = 'map-measure';
  box.hidden = true;
  const said = document.createElement('p');
  said.setAttribute('role', 'status');
  const button = (key: string, act: () => void) => {
    const made = document.createElement('button');
    made.type = 'button';
    made.className = 'map-text-button';
    made.textContent = text(key);
    made.addEventListener('click', act);
    return made;
  };
  const undo = button('measureUndo', () => map.undoMeasure());
  box.append(said, undo, button('measureEnd', () => map.measure(false)));
  root.append(box);

  return {
    show(result) {
      box.hidden = result === undefined;
      if (!result) return;
      undo.disabled = result.places === 0;
      const parts = result.places < 2 ? [text('measureStart')] : [lengthText(result.length, language)];
      if (result.area > 0) parts.push(`${text('measureArea')} ${areaText(result.area, language)}`);
      said.textContent = parts.join(' · ');
    },
  };
}
