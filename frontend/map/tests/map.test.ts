import { expect, test } from 'vitest';
import { mayLoadByItself } from '../map.ts';

test('the map loads by itself only where it costs little', () => {
  expect(mayLoadByItself(undefined, false, true)).toBe(true);
  expect(mayLoadByItself({ effectiveType: '4g' }, false, true)).toBe(true);
  expect(mayLoadByItself({ effectiveType: '3g' }, false, true)).toBe(false);
  expect(mayLoadByItself({ effectiveType: '4g', saveData: true }, false, true)).toBe(false);
  expect(mayLoadByItself(undefined, true, true)).toBe(false);
  expect(mayLoadByItself({ effectiveType: '4g' }, false, false)).toBe(false);
});
