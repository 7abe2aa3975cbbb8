// The page of each section, loaded when it is opened first.
import type { Component } from 'svelte';

type Loader = () => Promise<{ default: Component }>;

const kPages: Record<string, Loader> = {
  '': () => import('./Dashboard.svelte'),
  akun: () => import('./Account.svelte'),
};

export const pageOf = (section: string): Loader | undefined => kPages[section];
