import { expect, test } from 'vitest';
import { mayLoadByItself } from '../map.ts';

test('the map loads by itself only where it costs little', () => {
  expect(mayLoadByItself(undefined, false)).toBe(true);
  expect(mayLoadByItself({ effectiveType: '4g' }, false)).toBe(true);
  expect(mayLoadByItself({ effectiveType: '3g' }, false)).toBe(false);
  expect(mayLoadByItself({ effectiveType: '4g', saveData: true }, false)).toBe(false);
  expect(mayLoadByItself(undefined, true)).toBe(false);
});
