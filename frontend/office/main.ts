// Entry of the office: the texts of the chosen language first, then the app in place of the waiting page.
import { mount } from 'svelte';
import './office.css';
import App from './App.svelte';
import { useLanguage, type Language } from './lib/i18n.svelte.ts';
import { startRouter } from './lib/router.svelte.ts';

async function start(): Promise<void> {
  const wanted: Language = document.documentElement.lang === 'en' ? 'en' : 'id';
  await useLanguage(wanted, false);
  startRouter();
  const target = document.getElementById('app');
  if (!target) throw new Error('the page has no #app');
  target.replaceChildren();
  mount(App, { target });
}

void start();
