// What the explorer needs of a map, so that the engine below can be replaced: maplibre_view.ts is the one there is.
import type { Feature } from './walk.ts';
import type { Box, View } from './url_state.ts';

export interface Place {
  lon: number;
  lat: number;
  group: string; // empty: no mark, only the ring
}

export type LayerName = 'regions' | 'potentials';

export interface MapListener {
  // The map came to rest somewhere else.
  moved(view: View): void;
  // A click on features, the topmost first; of clusters and badges only one.
  chosen(features: Feature[]): void;
  // The pointer is over a potential, or over none.
  pointed(feature: Feature | undefined): void;
  failed(layer: LayerName): void;
  // All that is in view is drawn.
  idle(): void;
  locateFailed(): void;
}

export interface MapOptions {
  container: HTMLElement;
  styleAddress: string;
  tilesAddress: string;
  iconsAddress: string;
  language: string;
  home: Box;
  start: View | undefined;
  query: string;
  text: (key: string) => string;
  // Height in px at the foot of the map that something covers.
  covered: () => number;
}

export interface MapView {
  readonly element: HTMLElement; // takes the keys
  setQuery(query: string): void;
  retry(layer: LayerName): void;
  mark(role: 'selected' | 'hovered', place: Place | undefined): void;
  go(view: View): void;
  fit(box: Box): void;
  approach(lon: number, lat: number, zoom: number): void;
  // Moves only as far as needed to have the place in view.
  reveal(lon: number, lat: number): void;
  view(): View;
  box(): Box; // what is seen of it, without what is covered
  features(): Feature[];
}
