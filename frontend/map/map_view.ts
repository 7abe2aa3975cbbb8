// What the explorer needs of a map, so that the engine below can be replaced: maplibre_view.ts is the one there is.
import type { Feature } from './walk.ts';
import type { Box, View } from './url_state.ts';

export interface Place {
  lon: number;
  lat: number;
  group: string; // empty: no mark, only the ring
}

// Where the map's tiles come from; each fails and recovers by itself.
export type LayerName = 'regions' | 'potentials' | 'areas';
export type LayerState = 'loading' | 'loaded' | 'failed';

// Class (1 to 5, 0: no data) of each region by its code.
export type Classes = ReadonlyMap<string, number>;

export interface Measured {
  places: number;
  length: number; // metres along the line
  area: number; // square metres inside it when it is closed; 0 with fewer than three places
}

export interface MapListener {
  // The map came to rest somewhere else.
  moved(view: View): void;
  // A click on features, the topmost first; of clusters and badges only one.
  chosen(features: Feature[]): void;
  // The pointer is over a potential, or over none.
  pointed(feature: Feature | undefined): void;
  // A click on a region where nothing else lies.
  regionChosen(code: string): void;
  layer(layer: LayerName, state: LayerState): void;
  measured(result: Measured | undefined): void;
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
  measures: boolean; // with the tool that measures
  text: (key: string) => string;
  // Height in px at the foot of the map that something covers.
  covered: () => number;
}

export interface MapView {
  readonly element: HTMLElement; // takes the keys
  setQuery(query: string): void;
  // Colours the regions; undefined: as land.
  paint(classes: Classes | undefined): void;
  // The layers that are on: potentials, districts, villages, indicator.
  show(layers: ReadonlySet<string>): void;
  // The ring of one region, or of none.
  markRegion(code: string | undefined): void;
  // While measuring, a press or Enter adds a place; undo takes the last one back.
  measure(on: boolean): void;
  undoMeasure(): void;
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
