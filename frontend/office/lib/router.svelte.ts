// Addresses of the office: below /kantor/, read by the shell, changed by links and navigate(). Every address can be
// opened afresh, because the server gives the same page for all of them.
export const kBase = '/kantor/';

function here(): { path: string; query: URLSearchParams } {
  return { path: location.pathname.slice(kBase.length).replace(/\/$/, ''), query: new URLSearchParams(location.search) };
}

let current = $state.raw(here());

export const route = {
  // "", "potensi", "potensi/12"
  get path(): string {
    return current.path;
  },
  get query(): URLSearchParams {
    return current.query;
  },
};

// `to` is relative to /kantor/: "potensi?state=draft".
export function navigate(to: string, replace = false): void {
  const url = kBase + to;
  if (url === location.pathname + location.search) return;
  history[replace ? 'replaceState' : 'pushState'](null, '', url);
  const moved = here().path !== current.path;
  current = here();
  if (moved) window.scrollTo(0, 0);
}

export function startRouter(): void {
  addEventListener('popstate', () => {
    current = here();
  });
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
    if (!(link instanceof HTMLAnchorElement) || link.target || link.origin !== location.origin) return;
    if (!link.pathname.startsWith(kBase) || link.hasAttribute('download')) return;
    if (link.hash && link.pathname === location.pathname) return;
    event.preventDefault();
    navigate(link.pathname.slice(kBase.length) + link.search);
  });
}
