// Small conveniences of every public page. Everything here also works without it: the switches are forms that the
// server answers.

// A choice that the server must know to render the next page right: kept in a cookie for a year.
export function preferenceCookie(name: string, value: string, secure: boolean): string {
  const year = 365 * 24 * 3600;
  const age = value === '' ? 0 : year;
  return `${name}=${encodeURIComponent(value)}; Path=/; Max-Age=${age}; SameSite=Lax${secure ? '; Secure' : ''}`;
}

// A control inside `[data-preference="theme"]` (buttons, radios or a select; values auto, light, dark) or
// `[data-preference="lowdata"]` (values 1, 0) was used.
function applyPreference(name: string, value: string): void {
  const root = document.documentElement;
  const stored = value === 'auto' || value === '0' ? '' : value;
  document.cookie = preferenceCookie(name, stored, location.protocol === 'https:');
  if (name === 'theme') {
    if (stored) root.dataset.theme = stored;
    else delete root.dataset.theme;
    for (const control of document.querySelectorAll<HTMLElement>('[data-preference="theme"] [value]')) {
      if (control instanceof HTMLButtonElement) control.ariaPressed = String(control.value === value);
    }
    document.dispatchEvent(new CustomEvent('simpul:theme', { detail: stored }));
  } else {
    location.reload();
  }
}

function start(): void {
  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const choice = target?.closest<HTMLButtonElement>('[data-preference] button[value]');
    if (choice) {
      event.preventDefault();
      applyPreference(choice.closest<HTMLElement>('[data-preference]')?.dataset.preference ?? '', choice.value);
    }
  });
  document.addEventListener('change', (event) => {
    const control = event.target;
    if (!(control instanceof HTMLInputElement || control instanceof HTMLSelectElement)) return;
    const group = control.closest<HTMLElement>('[data-preference]');
    if (!group) return;
    const off = control instanceof HTMLInputElement && control.type === 'checkbox' && !control.checked;
    applyPreference(group.dataset.preference ?? '', off ? '0' : control.value);
  });
}

if (typeof document !== 'undefined') start();
