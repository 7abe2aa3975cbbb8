// What the maps of the office share: colours of the theme, and the regions as ground. Needs OpenLayers, so only maps
// import it.
import MVT from 'ol/format/MVT.js';
import VectorTileLayer from 'ol/layer/VectorTile.js';
import VectorTileSource from 'ol/source/VectorTile.js';
import Fill from 'ol/style/Fill.js';
import Stroke from 'ol/style/Stroke.js';
import Style from 'ol/style/Style.js';

const kTileDepth = 14;

export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

export function regions() {
  return new VectorTileLayer({
    source: new VectorTileSource({ format: new MVT(), url: '/tiles/regions/{z}/{x}/{y}.mvt', maxZoom: kTileDepth }),
    background: colour('--sea'),
    style: new Style({ fill: new Fill({ color: colour('--land') }), stroke: new Stroke({ color: colour('--control'), width: 1 }) }),
  });
}
