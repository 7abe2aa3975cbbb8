// The column beside the map: list, count, groups and downloads, always of one answer of the server.
import { fetchHtml, listAddress, readFound, showCounts, showDownloads, showQuery, type Found } from './list.ts';
import type { Notices } from './notices.ts';
import type { Strings } from './strings.ts';

export interface Results {
  readonly list: HTMLElement;
  readonly form: HTMLFormElement;
  readonly panel: HTMLElement;
  found(): Found | undefined;
  // Asks for the list of a filter in an area ("w,s,e,n", empty: everywhere); of several questions the last counts.
  refresh(query: string, area: string): Promise<void>;
}

export function makeResults(notices: Notices, text: Strings, arrived: (found: Found) => void): Results {
  const list = document.getElementById('map-list')!;
  const form = document.getElementById('map-form') as HTMLFormElement;
  const panel = document.getElementById('map-panel')!;
  const status = document.getElementById('map-status')!;
  let found = readFound(list);
  let request: AbortController | undefined;

  const refresh = async (query: string, area: string): Promise<void> => {
    request?.abort();
    const mine = (request = new AbortController());
    list.setAttribute('aria-busy', 'true');
    try {
      list.innerHTML = await fetchHtml(listAddress(location.pathname, query, area), mine.signal);
      list.scrollTop = 0;
      notices.clear('list');
      found = readFound(list);
      if (found) {
        if (status.textContent !== found.status) status.textContent = found.status;
        showQuery(form, found.query);
        showCounts(form, found.groups);
        showDownloads(panel, found.query);
        arrived(found);
      }
    } catch (error) {
      if (mine.signal.aborted) return;
      console.warn('map list:', error);
      notices.show('list', text('listFailed'), () => void refresh(query, area));
    }
    list.removeAttribute('aria-busy');
  };
  return { list, form, panel, found: () => found, refresh };
}
