// The list of potentials as its address says it: the vocabulary of filters that pages, tiles and API share.
import type { paths } from '../generated/rest.d.ts';

export const kFacets = ['state', 'region', 'group', 'sector', 'commodity', 'confirm', 'assignee', 'tag', 'import'] as const;
// Of these one value at a time.
export const kSingle: readonly string[] = ['assignee', 'tag', 'import'];
export type Facet = (typeof kFacets)[number];
const kSorts = ['-changed', 'changed', 'title', '-title', 'region', '-region'] as const;
type Sort = (typeof kSorts)[number];
export type Task = '' | 'mine' | 'review';

export interface ListState {
  q: string;
  task: Task;
  sort: Sort;
  chosen: Record<Facet, string[]>;
}

export const nothingChosen = (): ListState['chosen'] => ({ state: [], region: [], group: [], sector: [], commodity: [], confirm: [], assignee: [], tag: [], import: [] });

export function readState(query: URLSearchParams): ListState {
  const chosen = nothingChosen();
  for (const facet of kFacets) {
    chosen[facet] = [...new Set((query.get(facet) ?? '').split(',').filter(Boolean))];
  }
  const sort = query.get('sort') as Sort;
  const task = query.get('task') as Task;
  return {
    q: query.get('q') ?? '',
    task: task === 'mine' || task === 'review' ? task : '',
    sort: kSorts.includes(sort) ? sort : '-changed',
    chosen,
  };
}

// "?state=draft&region=74.01,74.02" without the '?'; nothing that is as it is anyway.
export function writeState(state: ListState): string {
  const query = new URLSearchParams();
  if (state.task) query.set('task', state.task);
  if (state.q.trim()) query.set('q', state.q.trim());
  for (const facet of kFacets) {
    if (state.chosen[facet].length > 0) query.set(facet, [...state.chosen[facet]].sort().join(','));
  }
  if (state.sort !== '-changed') query.set('sort', state.sort);
  return query.toString().replaceAll('%2C', ',');
}

type Query = NonNullable<paths['/potentials']['get']['parameters']['query']>;

export function apiQuery(state: ListState): Query {
  const query: Query = { sort: state.sort };
  if (state.task) query.task = state.task;
  if (state.q.trim()) query.q = state.q.trim();
  for (const facet of kFacets) {
    if (state.chosen[facet].length === 0) continue;
    if (facet === 'assignee' || facet === 'import') query[facet] = Number(state.chosen[facet][0]) || 0;
    else query[facet] = state.chosen[facet].join(',');
  }
  return query;
}
