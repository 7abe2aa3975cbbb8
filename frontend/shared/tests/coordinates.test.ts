import { describe, expect, test } from 'vitest';
import { formatPosition, fromUtm51, nearProvince, parsePosition, toUtm51 } from '../coordinates.ts';

const close = (text: string, lat: number, lon: number) => {
  const found = parsePosition(text);
  expect(found, text).not.toBeNull();
  expect(found!.lat).toBeCloseTo(lat, 5);
  expect(found!.lon).toBeCloseTo(lon, 5);
};

describe('what officers write', () => {
  test('decimal degrees, with points or commas', () => {
    close('-4.05, 122.5', -4.05, 122.5);
    close('-4.05,122.5', -4.05, 122.5);
    close('-4,05; 122,5', -4.05, 122.5);
    close('-4,05 122,5', -4.05, 122.5);
    close('−4.05 122.5', -4.05, 122.5);
  });
  test('longitude first is seen and put right', () => close('122.5, -4.05', -4.05, 122.5));
  test('degrees, minutes, seconds with Indonesian and English letters', () => {
    close('4° 3\' 0" LS 122° 30\' 0" BT', -4.05, 122.5);
    close("4°3'0\"S, 122°30'0\"E", -4.05, 122.5);
    close('122° 30\' BT 4° 3\' LS', -4.05, 122.5);
    close('1° 30\' 36" LU 122° 30\' BT', 1.51, 122.5);
  });
  test('UTM 51S', () => close('51S 444498 9552313', -4.050142, 122.499983));
  test('nonsense is refused', () => {
    for (const text of ['', 'Kendari', '4', '-4.05', '-91, 200', '4° 75\' LS 122° BT', '4° LS 5° LS', '51S 1 2', '-4.05, 122.5, 7']) {
      expect(parsePosition(text), text).toBeNull();
    }
  });
});

// latitude, longitude, easting, northing: printed by gdaltransform -s_srs EPSG:4326 -t_srs EPSG:32751
const kProj = [
  [-4.05, 122.5, 444499.827866, 9552328.730284],
  [-5.47, 122.6, 455690.998852, 9395367.491777],
  [-3.2, 121.1, 288866.308246, 9646104.691361],
  [-5.32, 123.6, 566480.495767, 9411930.939167],
  [-6.1, 124.6, 677061.206235, 9325478.43293],
] as const;

test('UTM agrees with PROJ', () => {
  for (const [lat, lon, easting, northing] of kProj) {
    const there = toUtm51({ lat, lon });
    expect(there.easting).toBeCloseTo(easting, 2);
    expect(there.northing).toBeCloseTo(northing, 2);
    const back = fromUtm51(easting, northing, true);
    expect(back.lat).toBeCloseTo(lat, 7);
    expect(back.lon).toBeCloseTo(lon, 7);
  }
});

test('each notation is read back as the same place', () => {
  for (let index = 0; index < 400; index++) {
    const position = { lat: -6.2 + (index % 20) * 0.17, lon: 120.9 + Math.floor(index / 20) * 0.18 };
    for (const notation of ['decimal', 'dms', 'utm'] as const) {
      const text = formatPosition(position, notation);
      const back = parsePosition(text);
      expect(back, text).not.toBeNull();
      expect(Math.abs(back!.lat - position.lat), text).toBeLessThan(2e-5);
      expect(Math.abs(back!.lon - position.lon), text).toBeLessThan(2e-5);
    }
  }
});

test('near the province', () => {
  expect(nearProvince({ lat: -4, lon: 122.5 })).toBe(true);
  expect(nearProvince({ lat: -6.2, lon: 106.8 })).toBe(false);
});
