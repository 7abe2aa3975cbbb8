import { expect, test } from 'vitest';
import { fileSize, timeLeft } from '../lib/measures.ts';

test('sizes as people say them', () => {
  expect([0, 1023, 1024, 1_600_000, 15_000_000, 200 * 1024 * 1024].map(fileSize)).toEqual(['0 B', '1.023 B', '1 KB', '1,5 MB', '14 MB', '200 MB']);
});

test('time that is left is rough, and never less than there is', () => {
  expect([1, 7, 59, 60, 61, 5340, 7200].map(timeLeft)).toEqual([
    'a moment', 'about 10 seconds', 'about 60 seconds', 'about 1 minute', 'about 2 minutes', 'about 89 minutes', 'about 2 hours',
  ]);
});
