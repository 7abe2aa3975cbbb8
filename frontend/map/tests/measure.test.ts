import { describe, expect, it } from 'vitest';
import { areaOf, areaText, distance, lengthOf, lengthText } from '../measure.ts';

describe('measuring', () => {
  // Kendari to Baubau: 162.633 km on the WGS 84 ellipsoid (Vincenty).
  const kendari = [122.5145, -3.9985] as const;
  const baubau = [122.6, -5.4667] as const;

  it('lengths are those of the ellipsoid', () => {
    expect(Math.abs(distance(kendari, baubau) - 162_633.2)).toBeLessThan(5);
    expect(distance(kendari, kendari)).toBe(0);
    expect(lengthOf([kendari, baubau, kendari])).toBeCloseTo(2 * distance(kendari, baubau), 6);
    expect(lengthOf([kendari])).toBe(0);
  });

  it('areas do not care for the direction and need three places', () => {
    const square = [
      [122, -4],
      [122.1, -4],
      [122.1, -4.1],
      [122, -4.1],
    ] as const;
    // A tenth of a degree squared at 4 degrees: 122.79 km2 on the ellipsoid.
    expect(areaOf(square) / 1e6).toBeCloseTo(122.79, 1);
    expect(areaOf([...square].reverse())).toBeCloseTo(areaOf(square), 3);
    expect(areaOf(square.slice(0, 2))).toBe(0);
  });

  it('says them in the units people use', () => {
    expect(lengthText(640.4, 'id')).toBe('640 m');
    expect(lengthText(12_430, 'id')).toBe('12,4 km');
    expect(areaText(32_000, 'id')).toBe('3,2 ha');
    expect(areaText(48_100_000, 'en')).toBe('48.1 km²');
  });
});
