import { expect, test } from 'vitest';
import { preferenceCookie } from '../boot.ts';

test('a choice is kept for a year, and only on the site', () => {
  expect(preferenceCookie('theme', 'dark', true)).toBe('theme=dark; Path=/; Max-Age=31536000; SameSite=Lax; Secure');
});

test('going back to the default removes the cookie', () => {
  expect(preferenceCookie('lowdata', '', false)).toBe('lowdata=; Path=/; Max-Age=0; SameSite=Lax');
});
