// OpenLayers behind a small face: shows one geometry over the regions, lets it be drawn and moved, and says what it has
// become. Used by GeometryMap.svelte alone.
import Collection from 'ol/Collection.js';
import Feature from 'ol/Feature.js';
import OlMap from 'ol/Map.js';
import View from 'ol/View.js';
import { defaults as controls } from 'ol/control/defaults.js';
import { altKeyOnly, singleClick } from 'ol/events/condition.js';
import { containsCoordinate } from 'ol/extent.js';
import GeoJSON from 'ol/format/GeoJSON.js';
import type Geometry from 'ol/geom/Geometry.js';
import LineString from 'ol/geom/LineString.js';
import Point from 'ol/geom/Point.js';
import Polygon from 'ol/geom/Polygon.js';
import Draw from 'ol/interaction/Draw.js';
import Modify from 'ol/interaction/Modify.js';
import Select from 'ol/interaction/Select.js';
import Snap from 'ol/interaction/Snap.js';
import VectorLayer from 'ol/layer/Vector.js';
import { fromLonLat, transformExtent } from 'ol/proj.js';
import VectorSource from 'ol/source/Vector.js';
import { getArea, getLength } from 'ol/sphere.js';
import CircleStyle from 'ol/style/Circle.js';
import Fill from 'ol/style/Fill.js';
import Stroke from 'ol/style/Stroke.js';
import Style from 'ol/style/Style.js';
import { colour, regions } from '../lib/base_map.ts';
import type { GeoJsonGeometry } from '../lib/draft.ts';
import { fromParts, partsOf, type Kind, type Vertex } from '../lib/geometry.ts';
import { split } from '../lib/split.ts';

export type Tool = 'look' | 'move' | 'hole' | 'split' | 'erase' | Kind;

export interface Drawing {
  show(geometry: GeoJsonGeometry | null): void;
  // Where something is wrong, by longitude and latitude; null: nowhere.
  mark(at: [number, number] | null): void;
  use(tool: Tool): void;
  fit(): void;
  destroy(): void;
}

interface Told {
  change(geometry: GeoJsonGeometry | null): void;
  measured(size: { area: number; length: number }): void;
  refused(what: 'hole' | 'split'): void;
  words: { closer: string; farther: string };
}

const kProvince = [120.8, -6.4, 124.9, -2.6];
const kPlaces = 7; // digits: a centimetre

const json = new GeoJSON({ dataProjection: 'EPSG:4326', featureProjection: 'EPSG:3857' });

function styles() {
  const line = colour('--accent');
  const casing = colour('--focus');
  return [
    new Style({ stroke: new Stroke({ color: casing, width: 5 }), image: new CircleStyle({ radius: 9, fill: new Fill({ color: casing }) }) }),
    new Style({
      stroke: new Stroke({ color: line, width: 3 }),
      fill: new Fill({ color: `${line}33` }),
      image: new CircleStyle({ radius: 7, fill: new Fill({ color: line }) }),
    }),
  ];
}

function vertexStyle() {
  return new Style({
    image: new CircleStyle({ radius: 6, fill: new Fill({ color: colour('--surface') }), stroke: new Stroke({ color: colour('--focus'), width: 2 }) }),
  });
}

function faultStyle() {
  const line = colour('--err');
  return new Style({ image: new CircleStyle({ radius: 14, stroke: new Stroke({ color: line, width: 3 }), fill: new Fill({ color: `${line}22` }) }) });
}

function partOf(kind: Kind, part: unknown): Feature<Geometry> {
  return new Feature(json.readGeometry({ type: kind, coordinates: part }));
}

function coordinatesOf(feature: Feature<Geometry>): unknown {
  return (json.writeGeometryObject(feature.getGeometry()!, { decimals: kPlaces }) as { coordinates: unknown }).coordinates;
}

export function drawing(target: HTMLElement, told: Told): Drawing {
  const features = new Collection<Feature<Geometry>>();
  const source = new VectorSource({ features });
  const layer = new VectorLayer({ source, style: styles() });
  const faults = new VectorSource();
  const map = new OlMap({
    target,
    layers: [regions(), layer, new VectorLayer({ source: faults, style: faultStyle() })],
    controls: controls({ attribution: false, rotate: false, zoomOptions: { zoomInTipLabel: told.words.closer, zoomOutTipLabel: told.words.farther } }),
    view: new View({ center: fromLonLat([122.5, -4.4]), zoom: 7, minZoom: 6, maxZoom: 19 }),
  });
  let shown = '';
  let interactions: (Draw | Modify | Select | Snap)[] = [];

  function parts(): GeoJsonGeometry | null {
    const list = features.getArray();
    const kind = list[0]?.getGeometry()?.getType() as Kind | undefined;
    return kind ? fromParts({ kind, parts: list.map(coordinatesOf) }) : null;
  }

  function measure() {
    let area = 0;
    let length = 0;
    for (const feature of features.getArray()) {
      const geometry = feature.getGeometry();
      if (geometry instanceof Polygon) {
        area += getArea(geometry);
        length += geometry.getLinearRings().reduce((sum, ring) => sum + getLength(new LineString(ring.getCoordinates())), 0);
      } else if (geometry instanceof LineString) {
        length += getLength(geometry);
      }
    }
    told.measured({ area, length });
  }

  function changed() {
    const geometry = parts();
    shown = JSON.stringify(geometry);
    measure();
    told.change(geometry);
  }

  // A drawn ring goes into the area that holds it.
  function addHole(drawn: Polygon) {
    const around = features.getArray().find((feature) => {
      const geometry = feature.getGeometry();
      return geometry instanceof Polygon && (drawn.getCoordinates()[0] ?? []).every((at) => geometry.intersectsCoordinate(at));
    });
    const ring = drawn.getLinearRing(0);
    if (!around || !ring) {
      told.refused('hole');
      return;
    }
    (around.getGeometry() as Polygon).appendLinearRing(ring);
    changed();
  }

  function show(geometry: GeoJsonGeometry | null) {
    const next = JSON.stringify(geometry);
    if (next === shown) return;
    shown = next;
    features.clear();
    const all = partsOf(geometry);
    for (const part of all?.parts ?? []) features.push(partOf(all!.kind, part));
    measure();
  }

  function cut(line: LineString) {
    const before = parts();
    const next = before && split(before, coordinatesOf(new Feature<Geometry>(line)) as Vertex[]);
    if (!next) {
      told.refused('split');
      return;
    }
    show(next);
    told.change(next);
  }

  function add(...list: typeof interactions) {
    interactions.push(...list);
    for (const one of list) map.addInteraction(one);
  }

  return {
    show,
    mark(at) {
      faults.clear();
      if (!at) return;
      const place = fromLonLat(at);
      faults.addFeature(new Feature<Geometry>(new Point(place)));
      // The map stays where somebody draws, unless the place is not to be seen there.
      const view = map.getView();
      if (!containsCoordinate(view.calculateExtent(map.getSize()), place)) view.setCenter(place);
    },
    use(tool) {
      for (const one of interactions) map.removeInteraction(one);
      interactions = [];
      if (tool === 'look') return;
      if (tool === 'move') {
        const modify = new Modify({ source, style: vertexStyle(), deleteCondition: (event) => altKeyOnly(event) && singleClick(event) });
        modify.on('modifyend', changed);
        add(modify);
      } else if (tool === 'erase') {
        const select = new Select({ layers: [layer] });
        select.on('select', (event) => {
          const hit = event.selected[0] as Feature<Geometry> | undefined;
          if (!hit) return;
          select.getFeatures().clear();
          features.remove(hit);
          changed();
        });
        add(select);
      } else {
        const type = tool === 'hole' ? 'Polygon' : tool === 'split' ? 'LineString' : tool;
        const draw = new Draw({ type, style: [...styles(), vertexStyle()], stopClick: true });
        draw.on('drawend', (event) => {
          const geometry = event.feature.getGeometry();
          if (tool === 'hole') {
            if (geometry instanceof Polygon) addHole(geometry);
          } else if (tool === 'split') {
            if (geometry instanceof LineString) cut(geometry);
          } else {
            features.push(event.feature as Feature<Geometry>);
            changed();
          }
        });
        add(draw);
      }
      // Last, so that it moves the pointer before the others see it.
      add(new Snap({ source }));
    },
    fit() {
      const extent = features.getLength() > 0 ? source.getExtent() : null;
      const whole = transformExtent(kProvince, 'EPSG:4326', 'EPSG:3857');
      const single = features.getLength() === 1 && features.item(0).getGeometry() instanceof Point;
      map.getView().fit(extent ?? whole, { padding: [40, 40, 40, 40], maxZoom: single ? 12 : 16 });
    },
    destroy() {
      map.setTarget(undefined);
      map.dispose();
    },
  };
}
