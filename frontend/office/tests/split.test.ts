import { describe, expect, test } from 'vitest';
import type { Vertex } from '../lib/geometry.ts';
import { split } from '../lib/split.ts';

const square: Vertex[] = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]];
const hole: Vertex[] = [[1, 1], [1, 1.5], [1.5, 1.5], [1.5, 1], [1, 1]];
const area = (ring: Vertex[]) => Math.abs(ring.reduce((sum, [x, y], i) => sum + (i === 0 ? 0 : ring[i - 1]![0] * y - x * ring[i - 1]![1]), 0)) / 2;
const polygon = (...coordinates: Vertex[][]) => ({ type: 'Polygon' as const, coordinates });

describe('cutting areas', () => {
  test('a straight cut makes two that are as large together', () => {
    const cut = split(polygon(square), [[1, -1], [1, 5]])!;
    expect(cut.type).toBe('MultiPolygon');
    const parts = cut.coordinates as Vertex[][][];
    expect(parts.map(([outer]) => area(outer!)).sort()).toEqual([12, 4]);
    for (const [outer] of parts) expect(outer!.at(-1)).toEqual(outer![0]);
  });
  test('either direction and a bent cut do the same', () => {
    for (const line of [[[2, -1], [2, 2], [5, 2]], [[5, 2], [2, 2], [2, -1]]] as Vertex[][]) {
      const parts = split(polygon(square), line)!.coordinates as Vertex[][][];
      expect(parts.map(([outer]) => area(outer!)).sort()).toEqual([12, 4]);
    }
  });
  test('from vertex to vertex, as snapping makes it', () => {
    const parts = split(polygon(square), [[0, 0], [4, 4]])!.coordinates as Vertex[][][];
    expect(parts.map(([outer]) => area(outer!))).toEqual([8, 8]);
    expect(parts.map(([outer]) => outer!.length)).toEqual([4, 4]);
  });
  test('a hole goes with the side it lies on', () => {
    const parts = split(polygon(square, hole), [[2, -1], [2, 5]])!.coordinates as Vertex[][][];
    const withHole = parts.find((rings) => rings.length === 2)!;
    expect(withHole[1]).toEqual(hole);
    expect(Math.min(...withHole[0]!.map(([x]) => x))).toBe(0);
    expect(parts.filter((rings) => rings.length === 1)).toHaveLength(1);
  });
  test('what does not cut through is refused: outside, only in, along a side, through a hole', () => {
    expect(split(polygon(square), [[5, 0], [6, 4]])).toBeNull();
    expect(split(polygon(square), [[-1, 2], [2, 2]])).toBeNull();
    expect(split(polygon(square), [[-1, 0], [5, 0]])).toBeNull();
    expect(split(polygon(square), [[-1, 1], [1, -1]])).toBeNull();
    expect(split(polygon(square), [[-1, 2], [2, -1]])).not.toBeNull();
    expect(split(polygon(square), [[-1, 1], [-1, -1], [1, -1]])).toBeNull();
    expect(split(polygon(square, hole), [[1.2, -1], [1.2, 5]])).toBeNull();
  });
  test('other parts stay as they are', () => {
    const far = square.map(([x, y]): Vertex => [x + 10, y]);
    const cut = split({ type: 'MultiPolygon', coordinates: [[square], [far]] }, [[2, -1], [2, 5]])!;
    expect((cut.coordinates as unknown[]).length).toBe(3);
    expect((cut.coordinates as unknown[])[2]).toEqual([far]);
  });
});

describe('cutting lines', () => {
  test('at one place and at several', () => {
    const line = { type: 'LineString' as const, coordinates: [[0, 0], [4, 0], [4, 4]] };
    expect(split(line, [[1, -1], [1, 1]])).toEqual({ type: 'MultiLineString', coordinates: [[[0, 0], [1, 0]], [[1, 0], [4, 0], [4, 4]]] });
    expect((split(line, [[2, -1], [2, 2], [5, 2]])!.coordinates as unknown[]).length).toBe(3);
    expect(split(line, [[4, 0], [5, -1]])).toEqual({ type: 'MultiLineString', coordinates: [[[0, 0], [4, 0]], [[4, 0], [4, 4]]] });
  });
  test('its ends cut nothing', () => expect(split({ type: 'LineString', coordinates: [[0, 0], [4, 0]] }, [[0, -1], [0, 1]])).toBeNull());
  test('points cannot be cut', () => expect(split({ type: 'Point', coordinates: [0, 0] }, [[-1, 0], [1, 0]])).toBeNull());
});
