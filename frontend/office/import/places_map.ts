// OpenLayers behind a small face: numbered points over the regions, to be looked at. Used by PlacesMap.svelte alone.
import Feature from 'ol/Feature.js';
import OlMap from 'ol/Map.js';
import View from 'ol/View.js';
import { defaults as controls } from 'ol/control/defaults.js';
import Point from 'ol/geom/Point.js';
import VectorLayer from 'ol/layer/Vector.js';
import { fromLonLat } from 'ol/proj.js';
import VectorSource from 'ol/source/Vector.js';
import CircleStyle from 'ol/style/Circle.js';
import Fill from 'ol/style/Fill.js';
import Stroke from 'ol/style/Stroke.js';
import Style from 'ol/style/Style.js';
import Text from 'ol/style/Text.js';
import { colour, regions } from '../lib/base_map.ts';

interface Place {
  row: number;
  lon: number;
  lat: number;
}

export interface PlacesMap {
  show(places: Place[]): void;
  point(row: number): void;
  destroy(): void;
}

function style(feature: Feature, chosen: boolean): Style {
  return new Style({
    image: new CircleStyle({
      radius: chosen ? 9 : 6,
      fill: new Fill({ color: colour(chosen ? '--accent' : '--err') }),
      stroke: new Stroke({ color: colour('--surface'), width: 2 }),
    }),
    text: new Text({
      text: String(feature.get('row')), offsetY: -15, font: `600 12px ${colour('--font')}`, fill: new Fill({ color: colour('--text') }),
      stroke: new Stroke({ color: colour('--surface'), width: 3 }),
    }),
    zIndex: chosen ? 1 : 0,
  });
}

export function placesMap(target: HTMLElement, told: { pick(row: number): void; words: { closer: string; farther: string } }): PlacesMap {
  const source = new VectorSource<Feature<Point>>();
  let chosen: number | null = null;
  const layer = new VectorLayer({ source, declutter: true, style: (feature) => style(feature as Feature, feature.get('row') === chosen) });
  const map = new OlMap({
    target,
    layers: [regions(), layer],
    controls: controls({ attribution: false, rotate: false, zoomOptions: { zoomInTipLabel: told.words.closer, zoomOutTipLabel: told.words.farther } }),
    view: new View({ center: fromLonLat([122.5, -4.4]), zoom: 7, minZoom: 1, maxZoom: 16 }),
  });
  map.on('click', (event) => {
    const [hit] = map.getFeaturesAtPixel(event.pixel, { layerFilter: (one) => one === layer, hitTolerance: 6 });
    if (hit) told.pick(Number(hit.get('row')));
  });
  let shown = '';
  return {
    show(places) {
      const next = JSON.stringify(places);
      if (next === shown) return;
      shown = next;
      source.clear();
      source.addFeatures(places.map(({ row, lon, lat }) => new Feature({ geometry: new Point(fromLonLat([lon, lat])), row })));
      if (places.length > 0) map.getView().fit(source.getExtent()!, { padding: [50, 40, 40, 40], maxZoom: 9 });
    },
    point(row) {
      chosen = row;
      layer.changed();
      const found = source.getFeatures().find((feature) => feature.get('row') === row);
      if (found) map.getView().setCenter(found.getGeometry()!.getCoordinates());
    },
    destroy() {
      map.setTarget(undefined);
      map.dispose();
    },
  };
}
