import { describe, expect, test } from 'vitest';
import { fromParts, looksSwapped, parseGeometry, partsOf, rowsOf, swapped, withVertex } from '../lib/geometry.ts';
import type { GeoJsonGeometry } from '../lib/draft.ts';

const ring = [[122, -4], [123, -4], [123, -5], [122, -4]];
const hole = [[122.5, -4.2], [122.6, -4.2], [122.6, -4.3], [122.5, -4.2]];
const area: GeoJsonGeometry = { type: 'Polygon', coordinates: [ring, hole] };

describe('what is pasted', () => {
  test('GeoJSON: geometry, feature, collection of one kind', () => {
    expect(parseGeometry(JSON.stringify(area))).toEqual(area);
    expect(parseGeometry(JSON.stringify({ type: 'Feature', geometry: area, properties: {} }))).toEqual(area);
    const point = (x: number) => ({ type: 'Feature', geometry: { type: 'Point', coordinates: [x, -4, 17] } });
    expect(parseGeometry(JSON.stringify({ type: 'FeatureCollection', features: [point(122), point(123)] }))).toEqual({
      type: 'MultiPoint', coordinates: [[122, -4], [123, -4]],
    });
  });
  test('WKT', () => {
    expect(parseGeometry('POINT (122.5 -4.1)')).toEqual({ type: 'Point', coordinates: [122.5, -4.1] });
    expect(parseGeometry('SRID=4326;LINESTRING(122 -4, 123 -4.5)')).toEqual({ type: 'LineString', coordinates: [[122, -4], [123, -4.5]] });
    expect(parseGeometry('MULTIPOINT((122 -4),(123 -4))')).toEqual({ type: 'MultiPoint', coordinates: [[122, -4], [123, -4]] });
    expect(parseGeometry('MULTIPOINT(122 -4, 123 -4)')).toEqual({ type: 'MultiPoint', coordinates: [[122, -4], [123, -4]] });
    expect(parseGeometry('POLYGON((122 -4,123 -4,123 -5,122 -4),(122.5 -4.2,122.6 -4.2,122.6 -4.3,122.5 -4.2))')).toEqual(area);
    expect(parseGeometry('multipolygon(((122 -4,123 -4,123 -5,122 -4)))')).toEqual({ type: 'MultiPolygon', coordinates: [[ring]] });
  });
  test('anything else is refused', () => {
    for (const text of ['', 'Kendari', '{"type":"Point"}', '{"type":"Circle","coordinates":[1,2]}', 'POINT(a b)', '{"type":"FeatureCollection","features":[]}', '{']) {
      expect(parseGeometry(text), text).toBeNull();
    }
  });
  test('latitude first is noticed only when it is sure', () => {
    const point = (x: number, y: number): GeoJsonGeometry => ({ type: 'Point', coordinates: [x, y] });
    expect(looksSwapped(point(-4, 122.5))).toBe(true);
    expect(looksSwapped(point(122.5, -4))).toBe(false);
    expect(looksSwapped(point(106, -6))).toBe(false);
    expect(swapped(point(-4, 122.5))).toEqual(point(122.5, -4));
    expect(swapped(swapped(area))).toEqual(area);
  });
});

describe('parts and vertices', () => {
  test('there and back', () => {
    for (const one of [area, { type: 'MultiPolygon', coordinates: [[ring], [ring, hole]] } as GeoJsonGeometry]) {
      expect(fromParts(partsOf(one)!)).toEqual(one);
    }
    expect(fromParts({ kind: 'Point', parts: [] })).toBeNull();
  });
  test('a closed ring shows its first vertex once', () => expect(rowsOf(area)).toHaveLength(6));
  test('moving the first vertex keeps the ring closed', () => {
    const moved = withVertex(area, { part: 0, ring: 0, index: 0 }, [121, -4])!;
    expect((moved.coordinates as number[][][])[0]).toEqual([[121, -4], [123, -4], [123, -5], [121, -4]]);
    expect(area.coordinates).toEqual([ring, hole]);
  });
  test('with too few vertices the hole goes, then the part', () => {
    const less = withVertex(area, { part: 0, ring: 1, index: 0 }, null)!;
    expect(less.coordinates).toEqual([ring]);
    expect(withVertex(less, { part: 0, ring: 0, index: 1 }, null)).toBeNull();
    expect(withVertex({ type: 'MultiPoint', coordinates: [[1, 2], [3, 4]] }, { part: 0, ring: 0, index: 0 }, null)).toEqual({
      type: 'Point', coordinates: [3, 4],
    });
  });
});
