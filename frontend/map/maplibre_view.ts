// The map by MapLibre GL. Style and tiles come from the server; the eight marks are drawn here.
import 'maplibre-gl/dist/maplibre-gl.css';
import {
  AttributionControl,
  GeolocateControl,
  Map as GlMap,
  NavigationControl,
  ScaleControl,
  setWorkerUrl,
  type ExpressionSpecification,
  type GeoJSONSource,
  type IControl,
  type MapGeoJSONFeature,
  type PaddingOptions,
  type StyleSpecification,
  type VectorTileSource,
} from 'maplibre-gl';
import workerAddress from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { Classes, LayerName, LayerState, MapListener, MapOptions, MapView, Place } from './map_view.ts';
import { hatchImage, makeMarks, rampOf, type Theme } from './marks.ts';
import { areaOf, lengthOf, type Position } from './measure.ts';
import { join, type Box } from './url_state.ts';
import type { Feature } from './walk.ts';

const kLayers: readonly LayerName[] = ['regions', 'potentials', 'areas'];
const kTouchable = ['potential', 'cluster', 'badge'];
// The layers of the style behind each that a person can leave out.
const kStyleLayers: Record<string, string[]> = {
  potentials: ['potential', 'potential-title', 'cluster', 'cluster-count', 'badge', 'badge-count'],
  districts: ['district-border', 'district-label'],
  villages: ['village-border', 'village-label'],
  indicator: ['indicator', 'indicator-none'],
};
const kBadgeZoom = 7.7; // as in the style: up to here badges, then clusters and names
const kClickReach = 6; // px around a click that still count
const kMostZoom = 16;

function currentTheme(): Theme {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

function toFeature(found: MapGeoJSONFeature, map: GlMap, untitled: string): Feature | undefined {
  if (found.geometry.type !== 'Point') return undefined;
  const [lon, lat] = found.geometry.coordinates as [number, number];
  const { x, y } = map.project([lon, lat]);
  const value = (name: string) => String(found.properties[name] ?? '');
  const kind = found.layer.id as Feature['kind'];
  const id = kind === 'potential' ? String(found.id ?? '') : kind === 'badge' ? value('code') : `${lon},${lat}`;
  return {
    kind,
    id,
    // A crowded tile comes without titles.
    title: value('title') || untitled,
    region: kind === 'badge' ? value('name') : value('region_name'),
    group: value('group'),
    count: kind === 'potential' ? 1 : Number(found.properties.count ?? 0),
    box: value('bbox'),
    lon,
    lat,
    x,
    y,
  };
}

export async function openMap(options: MapOptions, listener: MapListener): Promise<MapView> {
  setWorkerUrl(workerAddress);
  let query = options.query;
  // The filter is for the potentials and their counts.
  const tiles = (layer: LayerName) => [
    `${location.origin}${options.tilesAddress}/${layer}/{z}/{x}/{y}.mvt?${join(`lang=${options.language}`, layer === 'areas' ? '' : query)}`,
  ];
  const marked: Partial<Record<'selected' | 'hovered', Place | undefined>> = {};
  let theme = currentTheme();

  const loadStyle = async (): Promise<StyleSpecification> => {
    const address = `${options.styleAddress}?lang=${options.language}&theme=${theme}`;
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    const style = (await response.json()) as StyleSpecification;
    for (const layer of kLayers) {
      const source = style.sources[layer];
      if (source?.type === 'vector') source.tiles = tiles(layer);
    }
    return style;
  };

  const [style, marks] = await Promise.all([
    loadStyle(),
    makeMarks(options.iconsAddress, theme),
    // Labels are drawn with these; they are the page's own font under two more names.
    document.fonts.load('500 13px "PJS Medium"'),
    document.fonts.load('700 13px "PJS Bold"'),
  ]);

  const [west, south, east, north] = options.home;
  const padding = (): PaddingOptions => {
    const side = options.covered() > 0 ? 14 : 28;
    return { top: side, right: side, left: side, bottom: options.covered() + 36 };
  };
  const map = new GlMap({
    container: options.container,
    style,
    ...(options.start
      ? { center: [options.start.lon, options.start.lat] as [number, number], zoom: options.start.zoom }
      : { bounds: options.home, fitBoundsOptions: { padding: padding() } }),
    // Wide enough that the whole province also fits beside a sheet or on a very wide screen.
    maxBounds: [west - 6, south - 9, east + 6, north + 6],
    minZoom: 4.5,
    maxZoom: kMostZoom,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    maxPitch: 0,
    attributionControl: false,
    fadeDuration: 120,
    locale: {
      'Map.Title': options.text('title'),
      'NavigationControl.ZoomIn': options.text('zoomIn'),
      'NavigationControl.ZoomOut': options.text('zoomOut'),
      'GeolocateControl.FindMyLocation': options.text('locate'),
      'GeolocateControl.LocationNotAvailable': options.text('locateFailed'),
      'AttributionControl.ToggleAttribution': options.text('attribution'),
    },
    transformRequest: (address) => ({ url: new URL(address, location.origin).href }),
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
  const locate = new GeolocateControl({ fitBoundsOptions: { maxZoom: 11 } });
  locate.on('error', () => listener.locateFailed());
  locate.on('outofmaxbounds', () => listener.locateFailed());
  map.addControl(locate, 'top-right');
  // MapLibre names it only once the browser has answered whether it may be asked.
  map.getContainer().querySelector('.maplibregl-ctrl-geolocate')?.setAttribute('aria-label', options.text('locate'));
  map.addControl(new AttributionControl({ compact: false }), 'bottom-right');
  map.addControl(new ScaleControl({ maxWidth: 90 }), 'bottom-left');

  const addMarks = (images: Awaited<ReturnType<typeof makeMarks>>) => {
    for (const { id, data, ratio } of images) {
      if (map.hasImage(id)) map.removeImage(id);
      map.addImage(id, data, { pixelRatio: ratio });
    }
  };
  let classes: Classes | undefined;
  let shown: ReadonlySet<string> = new Set(['potentials', 'districts']);
  // Colours and layers belong to the style and are set again on each.
  const dress = () => {
    const on = (name: string) => shown.has(name) && (name !== 'indicator' || classes !== undefined);
    for (const [name, ids] of Object.entries(kStyleLayers)) {
      for (const id of ids) if (map.getLayer(id)) map.setLayoutProperty(id, 'visibility', on(name) ? 'visible' : 'none');
    }
    // Where badges are, names stand below them; else where names were set.
    const badges = on('potentials');
    map.setLayoutProperty('badge-name', 'visibility', badges ? 'visible' : 'none');
    map.setLayerZoomRange('region-label', badges ? kBadgeZoom : 0, 24);
    if (!classes) return;
    const ramp = rampOf(theme);
    const known = [...classes].filter(([, number]) => number > 0).flatMap(([code, number]) => [code, ramp[number - 1] ?? '']);
    const unknown = [...classes].filter(([, number]) => number === 0).map(([code]) => code);
    const level = ['==', ['get', 'level'], 2] as ExpressionSpecification;
    const colours = ['match', ['get', 'code'], ...known, 'rgba(0,0,0,0)'] as unknown as ExpressionSpecification;
    map.setPaintProperty('indicator', 'fill-color', known.length ? colours : 'rgba(0,0,0,0)');
    map.setFilter('indicator-none', ['all', level, ['in', ['get', 'code'], ['literal', unknown]]]);
  };
  const drawMarked = () => {
    const features = (['hovered', 'selected'] as const).flatMap((role) => {
      const place = marked[role];
      if (!place) return [];
      return [
        {
          type: 'Feature' as const,
          properties: { role, group: place.group },
          geometry: { type: 'Point' as const, coordinates: [place.lon, place.lat] },
        },
      ];
    });
    map.getSource<GeoJSONSource>('chosen')?.setData({ type: 'FeatureCollection', features });
  };

  const states = new Map<LayerName, LayerState>();
  const tell = (layer: LayerName, state: LayerState) => {
    if (states.get(layer) === state) return;
    states.set(layer, state);
    listener.layer(layer, state);
  };
  const layerOf = (event: unknown) => kLayers.find((name) => name === (event as { sourceId?: string }).sourceId);
  map.on('style.load', () => {
    if (!map.hasImage('hatch')) map.addImage('hatch', hatchImage(theme), { pixelRatio: 2 });
    dress();
    drawMarked();
    drawMeasured();
  });
  // What failed stays so until it is asked for anew: other tiles of the same layer would only make the word flicker.
  map.on('dataloading', (event) => {
    const layer = layerOf(event);
    if (layer && states.get(layer) !== 'failed') tell(layer, 'loading');
  });
  map.on('idle', () => {
    for (const layer of kLayers) if (states.get(layer) === 'loading') tell(layer, 'loaded');
  });
  map.on('error', (event) => {
    const layer = layerOf(event);
    if (layer) tell(layer, 'failed');
    else console.warn('map:', event.error);
  });

  // --- measuring -----------------------------------------------------------------------------------------------
  let path: Position[] | undefined;
  const drawMeasured = () => {
    const places = path ?? [];
    const point = (coordinates: Position) => ({
      type: 'Feature' as const,
      properties: {},
      geometry: { type: 'Point' as const, coordinates: [...coordinates] },
    });
    const line = {
      type: 'Feature' as const,
      properties: {},
      geometry: { type: 'LineString' as const, coordinates: places.map((place) => [...place]) },
    };
    const features = [...(places.length > 1 ? [line] : []), ...places.map(point)];
    map.getSource<GeoJSONSource>('measured')?.setData({ type: 'FeatureCollection', features });
  };
  const sayMeasured = () => {
    drawMeasured();
    listener.measured(path && { places: path.length, length: lengthOf(path), area: areaOf(path) });
  };
  const ruler = document.createElement('button');
  const measure = (on: boolean) => {
    path = on ? [] : undefined;
    ruler.setAttribute('aria-pressed', String(on));
    map.getContainer().classList.toggle('is-measuring', on);
    if (on) map.doubleClickZoom.disable();
    else map.doubleClickZoom.enable();
    sayMeasured();
    if (on) map.getCanvas().focus({ preventScroll: true });
  };
  const addPlace = (lon: number, lat: number) => {
    path?.push([lon, lat]);
    sayMeasured();
  };
  const undoMeasure = () => {
    path?.pop();
    sayMeasured();
  };
  if (options.measures) {
    ruler.type = 'button';
    ruler.className = 'map-ruler';
    ruler.title = options.text('measure');
    ruler.setAttribute('aria-label', options.text('measure'));
    ruler.setAttribute('aria-pressed', 'false');
    const icon = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    icon.setAttribute('class', 'icon');
    icon.setAttribute('aria-hidden', 'true');
    const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
    use.setAttribute('href', `${options.iconsAddress}#ruler`);
    icon.append(use);
    ruler.append(icon);
    ruler.addEventListener('click', () => measure(path === undefined));
    const control: IControl = {
      onAdd() {
        const group = document.createElement('div');
        group.className = 'maplibregl-ctrl maplibregl-ctrl-group';
        group.append(ruler);
        return group;
      },
      onRemove: () => ruler.parentElement?.remove(),
    };
    map.addControl(control, 'top-right');
    map.getCanvas().addEventListener('keydown', (event) => {
      if (!path || event.altKey) return;
      if (event.key === 'Enter') addPlace(map.getCenter().lng, map.getCenter().lat);
      else if (event.key === 'Backspace') undoMeasure();
      else if (event.key === 'Escape') measure(false);
      else return;
      event.preventDefault();
      event.stopImmediatePropagation();
    });
  }

  await new Promise<void>((resolve) => {
    map.once('style.load', () => {
      addMarks(marks);
      resolve();
    });
  });

  const apply = (layer: LayerName) => {
    tell(layer, 'loading');
    map.getSource<VectorTileSource>(layer)?.setTiles(tiles(layer));
  };
  let wanted = 0;
  const changeTheme = async () => {
    const now = currentTheme();
    if (now === theme) return;
    theme = now;
    const turn = ++wanted;
    const [next, images] = await Promise.all([loadStyle(), makeMarks(options.iconsAddress, theme)]);
    if (turn !== wanted) return;
    map.once('style.load', () => {
      addMarks(images);
      // The filter may have changed while the style was on its way.
      kLayers.forEach(apply);
    });
    map.setStyle(next, { diff: false });
  };
  const themeFailed = (error: unknown) => console.warn('map theme:', error);
  document.addEventListener('simpul:theme', () => void changeTheme().catch(themeFailed));
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => void changeTheme().catch(themeFailed));

  const seen = () => map.getContainer().clientHeight - options.covered();
  const at = (point: { x: number; y: number }, reach: number): Feature[] => {
    const box: [[number, number], [number, number]] = [
      [point.x - reach, point.y - reach],
      [point.x + reach, point.y + reach],
    ];
    const layers = kTouchable.filter((id) => map.getLayer(id));
    const found = map.queryRenderedFeatures(box, { layers }).flatMap((feature) => toFeature(feature, map, options.text('untitled')) ?? []);
    const first = found[0];
    if (!first) return [];
    if (first.kind !== 'potential') return [first];
    const bySlug = new Map(found.filter((feature) => feature.kind === 'potential').map((one) => [one.id, one]));
    return [...bySlug.values()];
  };

  let pointed: string | undefined;
  map.on('mousemove', (event) => {
    if (path) return;
    const first = at(event.point, 2)[0];
    map.getCanvas().classList.toggle('is-over', first !== undefined);
    const potential = first?.kind === 'potential' ? first : undefined;
    if (potential?.id === pointed) return;
    pointed = potential?.id;
    listener.pointed(potential);
  });
  map.on('mouseout', () => {
    if (pointed !== undefined) listener.pointed(undefined);
    pointed = undefined;
  });
  map.on('click', (event) => {
    if (path) return addPlace(event.lngLat.lng, event.lngLat.lat);
    const features = at(event.point, kClickReach);
    if (features.length) return listener.chosen(features);
    if (!classes) return;
    const [region] = map.queryRenderedFeatures(event.point, { layers: kStyleLayers.indicator!.filter((id) => map.getLayer(id)) });
    if (region) listener.regionChosen(String(region.properties.code ?? ''));
  });
  const view = () => {
    const { lng, lat } = map.getCenter();
    return { zoom: map.getZoom(), lat, lon: lng };
  };
  map.on('moveend', () => listener.moved(view()));
  map.on('idle', () => listener.idle());

  return {
    element: map.getCanvas(),
    setQuery(next) {
      if (next === query) return;
      query = next;
      kLayers.filter((layer) => layer !== 'areas').forEach(apply);
    },
    retry: apply,
    paint(next) {
      classes = next;
      dress();
    },
    show(layers) {
      shown = layers;
      dress();
    },
    markRegion(code) {
      map.setFilter('region-ring', ['==', ['get', 'code'], code ?? '']);
    },
    measure,
    undoMeasure,
    mark(role, place) {
      marked[role] = place;
      drawMarked();
    },
    go: ({ zoom, lat, lon }) => void map.jumpTo({ center: [lon, lat], zoom }),
    fit: (box) => void map.fitBounds(box, { padding: padding(), maxZoom: 12, duration: 350 }),
    approach(lon, lat, zoom) {
      map.easeTo({ center: [lon, lat], zoom, offset: [0, -options.covered() / 2], duration: 350 });
    },
    reveal(lon, lat) {
      const { x, y } = map.project([lon, lat]);
      const inside = x > 24 && y > 24 && x < map.getContainer().clientWidth - 24 && y < seen() - 24;
      if (!inside) map.easeTo({ center: [lon, lat], offset: [0, -options.covered() / 2], duration: 350 });
    },
    view,
    box(): Box {
      const high = map.unproject([0, 0]);
      const low = map.unproject([map.getContainer().clientWidth, seen()]);
      return [high.lng, low.lat, low.lng, high.lat];
    },
    features() {
      const layers = kTouchable.filter((id) => map.getLayer(id));
      const height = seen();
      const width = map.getContainer().clientWidth;
      return map
        .queryRenderedFeatures({ layers })
        .flatMap((feature) => toFeature(feature, map, options.text('untitled')) ?? [])
        .filter(({ x, y }) => x >= 0 && y >= 0 && x <= width && y <= height);
    },
  };
}
