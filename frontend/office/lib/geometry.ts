// The place of a record as parts of one kind, which is how it is drawn and listed; and what people paste: GeoJSON or
// WKT. Nothing here judges validity: the server does.
import { nearProvince } from '../../shared/coordinates.ts';
import type { GeoJsonGeometry } from './draft.ts';

export type Kind = 'Point' | 'LineString' | 'Polygon';
export type Vertex = [number, number];
// A Point part is one vertex, a LineString part a list, a Polygon part a list of rings, the outer first.
export interface Parts {
  kind: Kind;
  parts: unknown[];
}

export function partsOf(geometry: GeoJsonGeometry | null): Parts | null {
  if (!geometry) return null;
  const multi = geometry.type.startsWith('Multi');
  return {
    kind: geometry.type.replace('Multi', '') as Kind,
    parts: multi ? (geometry.coordinates as unknown[]) : [geometry.coordinates],
  };
}

export function fromParts({ kind, parts }: Parts): GeoJsonGeometry | null {
  if (parts.length === 0) return null;
  return parts.length === 1 ? { type: kind, coordinates: parts[0] } : { type: `Multi${kind}`, coordinates: parts };
}

// The rows of the vertex table. A closed ring shows its first vertex once.
export interface Row {
  part: number;
  ring: number; // 0: outer ring, or the only list
  index: number;
  vertex: Vertex;
}

function lists(kind: Kind, part: unknown): Vertex[][] {
  if (kind === 'Point') return [[part as Vertex]];
  return kind === 'LineString' ? [part as Vertex[]] : (part as Vertex[][]).map((ring) => ring.slice(0, -1));
}

export function rowsOf(geometry: GeoJsonGeometry | null): Row[] {
  const all = partsOf(geometry);
  return (all?.parts ?? []).flatMap((content, part) =>
    lists(all!.kind, content).flatMap((list, ring) => list.map((vertex, index) => ({ part, ring, index, vertex }))),
  );
}

// The geometry with another position at `row`; null takes the vertex out, and with too few left the ring or part.
export function withVertex(geometry: GeoJsonGeometry, row: Pick<Row, 'part' | 'ring' | 'index'>, vertex: Vertex | null): GeoJsonGeometry | null {
  const all = partsOf(structuredClone(geometry))!;
  const content = lists(all.kind, all.parts[row.part]);
  const list = content[row.ring] ?? [];
  if (vertex) list[row.index] = vertex;
  else list.splice(row.index, 1);
  const least = { Point: 1, LineString: 2, Polygon: 3 }[all.kind];
  if (list.length < least) content.splice(row.ring, 1);
  const gone = content.length === 0 || (all.kind === 'Polygon' && row.ring === 0 && list.length < least);
  if (gone) all.parts.splice(row.part, 1);
  else if (all.kind === 'Polygon') all.parts[row.part] = content.map((ring) => [...ring, ring[0]]);
  else all.parts[row.part] = all.kind === 'Point' ? list[0] : list;
  return fromParts(all);
}

const kTypes = ['Point', 'LineString', 'Polygon', 'MultiPoint', 'MultiLineString', 'MultiPolygon'];

// Positions keep their first two numbers: heights are not part of the register.
function flat(coordinates: unknown): unknown {
  if (!Array.isArray(coordinates)) throw new Error('no coordinates');
  if (typeof coordinates[0] === 'number') {
    const [x, y] = coordinates as number[];
    if (!Number.isFinite(x) || !Number.isFinite(y)) throw new Error('no position');
    return [x, y];
  }
  return coordinates.map(flat);
}

function joined(geometries: GeoJsonGeometry[]): GeoJsonGeometry | null {
  const all = geometries.map((one) => partsOf(one)!);
  const kind = all[0]?.kind;
  if (!kind || all.some((one) => one.kind !== kind)) return null;
  return fromParts({ kind, parts: all.flatMap((one) => one.parts) });
}

function fromJson(value: unknown): GeoJsonGeometry | null {
  if (!value || typeof value !== 'object') return null;
  const { type, coordinates, geometry, features, geometries } = value as Record<string, unknown>;
  if (type === 'Feature') return fromJson(geometry);
  const many = type === 'FeatureCollection' ? features : type === 'GeometryCollection' ? geometries : null;
  if (Array.isArray(many)) {
    const found = many.map(fromJson);
    return found.includes(null) ? null : joined(found as GeoJsonGeometry[]);
  }
  return kTypes.includes(String(type)) ? { type: type as GeoJsonGeometry['type'], coordinates: flat(coordinates) } : null;
}

function fromWkt(text: string): GeoJsonGeometry | null {
  const match = /^(?:SRID=4326;)?\s*(MULTI)?(POINT|LINESTRING|POLYGON)\s*Z?\s*(\(.*\))$/is.exec(text);
  if (!match) return null;
  const kind = { POINT: 'Point', LINESTRING: 'LineString', POLYGON: 'Polygon' }[match[2]!.toUpperCase()] as Kind;
  // Parentheses become brackets, "x y" becomes [x,y]: then it is JSON.
  const json = match[3]!
    .replace(/(-?[\d.]+(?:e[+-]?\d+)?)\s+(-?[\d.]+(?:e[+-]?\d+)?)(?:\s+-?[\d.]+)?/gi, '[$1,$2]')
    .replaceAll('(', '[').replaceAll(')', ']');
  let coordinates = JSON.parse(json) as unknown;
  const multi = Boolean(match[1]);
  if (kind === 'Point') {
    const points = (coordinates as unknown[]).map((one) => (Array.isArray(one) && Array.isArray(one[0]) ? one[0] : one));
    coordinates = multi ? points : points[0];
  }
  return { type: (multi ? `Multi${kind}` : kind) as GeoJsonGeometry['type'], coordinates: flat(coordinates) };
}

// Null: neither GeoJSON nor WKT of one kind.
export function parseGeometry(text: string): GeoJsonGeometry | null {
  const clean = text.trim();
  try {
    return clean.startsWith('{') ? fromJson(JSON.parse(clean)) : fromWkt(clean);
  } catch {
    return null;
  }
}

// Latitude first by mistake: only the other way round it lies near the province.
export function looksSwapped(geometry: GeoJsonGeometry): boolean {
  const rows = rowsOf(geometry);
  const near = (swap: boolean) => rows.every(({ vertex: [x, y] }) => nearProvince(swap ? { lon: y, lat: x } : { lon: x, lat: y }));
  return rows.length > 0 && !near(false) && near(true);
}

export function swapped(geometry: GeoJsonGeometry): GeoJsonGeometry {
  const turn = (one: unknown): unknown => {
    const list = one as unknown[];
    return typeof list[0] === 'number' ? [list[1], list[0]] : list.map(turn);
  };
  return { type: geometry.type, coordinates: turn(geometry.coordinates) };
}
