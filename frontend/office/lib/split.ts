// Cuts the lines or areas of a place along a drawn line. Plane geometry on degrees is enough here: new vertices lie on
// the outline that was there. Used by the map to draw on.
import type { GeoJsonGeometry } from './draft.ts';
import { fromParts, partsOf, type Vertex } from './geometry.ts';

interface Crossing {
  along: number; // position on the cut: index of its segment and the share of it
  at: number; // the same on the outline
  point: Vertex;
}

const kNear = 1e-9; // share of a segment: an end that was snapped onto the outline meets it

function crossing(a: Vertex, b: Vertex, c: Vertex, d: Vertex): { t: number; u: number } | null {
  const [rx, ry] = [b[0] - a[0], b[1] - a[1]];
  const [sx, sy] = [d[0] - c[0], d[1] - c[1]];
  const cross = rx * sy - ry * sx;
  if (cross === 0) return null; // side by side
  const [qx, qy] = [c[0] - a[0], c[1] - a[1]];
  const t = (qx * sy - qy * sx) / cross;
  const u = (qx * ry - qy * rx) / cross;
  const within = (value: number) => value >= -kNear && value <= 1 + kNear;
  return within(t) && within(u) ? { t: Math.min(1, Math.max(0, t)), u: Math.min(1, Math.max(0, u)) } : null;
}

// Where the cut meets a list of vertices, in the order of the cut. A vertex that is met belongs to two segments of the
// outline and is one crossing.
function crossings(cut: Vertex[], list: Vertex[]): Crossing[] {
  const found: Crossing[] = [];
  for (let i = 0; i + 1 < cut.length; i++) {
    for (let j = 0; j + 1 < list.length; j++) {
      const hit = crossing(cut[i]!, cut[i + 1]!, list[j]!, list[j + 1]!);
      if (!hit) continue;
      const [from, to] = [list[j]!, list[j + 1]!];
      found.push({ along: i + hit.t, at: j + hit.u, point: [from[0] + (to[0] - from[0]) * hit.u, from[1] + (to[1] - from[1]) * hit.u] });
    }
  }
  found.sort((one, other) => one.along - other.along);
  return found.filter((one, index) => index === 0 || one.along - found[index - 1]!.along > 1e-7);
}

function inside([x, y]: Vertex, ring: Vertex[]): boolean {
  let odd = false;
  for (let i = 0; i + 1 < ring.length; i++) {
    const [ax, ay] = ring[i]!;
    const [bx, by] = ring[i + 1]!;
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) odd = !odd;
  }
  return odd;
}

const rounded = ([x, y]: Vertex): Vertex => [Number(x.toFixed(7)), Number(y.toFixed(7))];

function closed(list: Vertex[]): Vertex[] {
  const ring = list.map(rounded).filter((vertex, index, all) => index === 0 || vertex[0] !== all[index - 1]![0] || vertex[1] !== all[index - 1]![1]);
  const [first, last] = [ring[0]!, ring.at(-1)!];
  return first[0] === last[0] && first[1] === last[1] ? ring : [...ring, first];
}

function splitLine(line: Vertex[], cut: Vertex[]): Vertex[][] | null {
  const at = crossings(cut, line).filter((one) => one.at > 0 && one.at < line.length - 1).sort((one, other) => one.at - other.at);
  if (at.length === 0) return null;
  const pieces: Vertex[][] = [];
  let from = 0;
  let start: Vertex[] = [];
  for (const one of at) {
    const between = line.filter((_, index) => index >= from && index < one.at);
    pieces.push([...start, ...between, rounded(one.point)]);
    start = [rounded(one.point)];
    from = Math.floor(one.at) + 1;
  }
  pieces.push([...start, ...line.slice(from)]);
  return pieces;
}

// The cut has to go in at one place of the outline and out at another, beside the holes.
function splitArea(rings: Vertex[][], cut: Vertex[]): Vertex[][][] | null {
  const [outer = [], ...holes] = rings;
  const met = crossings(cut, outer);
  if (met.length !== 2 || holes.some((hole) => crossings(cut, hole).length > 0)) return null;
  const [first, second] = met as [Crossing, Crossing];
  const path = cut.filter((_, index) => index > first.along && index < second.along);
  const way = [first.point, ...path, second.point];
  const middle = way[Math.floor((way.length - 1) / 2)]!;
  const next = way[Math.floor((way.length - 1) / 2) + 1]!;
  if (!inside([(middle[0] + next[0]) / 2, (middle[1] + next[1]) / 2], outer)) return null;
  const turned = first.at > second.at;
  const [a, b] = turned ? [second, first] : [first, second];
  const onWay = turned ? [...path].reverse() : path; // from a to b
  const open = outer.slice(0, -1);
  const one = closed([a.point, ...open.filter((_, index) => index > a.at && index <= b.at), b.point, ...[...onWay].reverse()]);
  const other = closed([b.point, ...open.filter((_, index) => index > b.at), ...open.filter((_, index) => index <= a.at), a.point, ...onWay]);
  if (one.length < 4 || other.length < 4) return null;
  const areas: Vertex[][][] = [[one], [other]];
  for (const hole of holes) areas[inside(hole[0]!, one) ? 0 : 1]!.push(hole);
  return areas;
}

// Null: the line cuts nothing in two.
export function split(geometry: GeoJsonGeometry, cut: Vertex[]): GeoJsonGeometry | null {
  const all = partsOf(geometry);
  if (!all || all.kind === 'Point' || cut.length < 2) return null;
  let hit = false;
  const parts = all.parts.flatMap((part): unknown[] => {
    const pieces = all.kind === 'LineString' ? splitLine(part as Vertex[], cut) : splitArea(part as Vertex[][], cut);
    hit ||= pieces !== null;
    return pieces ?? [part];
  });
  return hit ? fromParts({ kind: all.kind, parts }) : null;
}
