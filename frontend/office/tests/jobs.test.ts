import { afterEach, beforeEach, expect, test, vi } from 'vitest';

let answers: (() => Promise<unknown>)[] = [];
let asked = 0;
const GET = vi.fn((_path: string, _options: { signal: AbortSignal }) => {
  asked++;
  return (answers.length > 1 ? answers.shift()! : answers[0]!)();
});
vi.mock('../lib/api.ts', () => ({ api: { GET }, need: (call: Promise<unknown>) => call }));
const { jobs, lookAtJobs, watchJobs } = await import('../lib/jobs.svelte.ts');

const job = (state: string) => ({ id: 1, kind: 'import', state });
const says = (...list: unknown[]) => () => Promise.resolve({ items: list });
let page: EventTarget & { hidden: boolean };
let stop = () => {};

beforeEach(() => {
  vi.useFakeTimers();
  page = Object.assign(new EventTarget(), { hidden: false });
  vi.stubGlobal('document', page);
  asked = 0;
});
afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

test('asks once, and not again while nothing runs: an office left open is no activity', async () => {
  answers = [says(job('done'))];
  stop = watchJobs(() => {});
  await pass(3_600_000);
  expect(asked).toBe(1);
});

test('asks while something runs, and says once that it has ended', async () => {
  answers = [says(job('running')), says(job('running')), says(job('done'))];
  const ended = vi.fn();
  stop = watchJobs(ended);
  await pass(60_000);
  expect(asked).toBe(3);
  expect(ended).toHaveBeenCalledTimes(1);
});

test('what was begun while an answer was on its way is asked for after it', async () => {
  let give = (_: unknown) => {};
  answers = [() => new Promise((resolve) => (give = resolve)), says(job('running')), says(job('done'))];
  stop = watchJobs(() => {});
  void lookAtJobs();
  void lookAtJobs();
  expect(asked).toBe(1);
  give({ items: [] });
  await pass(0);
  expect(asked).toBe(2);
  expect(jobs.running).toHaveLength(1);
});

test('after the end nothing is asked, and an answer on its way is not heard', async () => {
  let give = (_: unknown) => {};
  answers = [() => new Promise((resolve) => (give = resolve))];
  const ended = vi.fn();
  watchJobs(ended)();
  expect(GET.mock.lastCall?.[1].signal.aborted).toBe(true);
  give({ items: [job('running')] });
  await lookAtJobs();
  await pass(60_000);
  expect(asked).toBe(1);
  expect(jobs.list).toEqual([]);
  expect(ended).not.toHaveBeenCalled();
});

test('back at the page it asks when somebody does something', async () => {
  answers = [says()];
  stop = watchJobs(() => {});
  await pass(0);
  page.hidden = true;
  page.dispatchEvent(new Event('visibilitychange'));
  page.hidden = false;
  page.dispatchEvent(new Event('visibilitychange'));
  await pass(60_000);
  expect(asked).toBe(1);
  page.dispatchEvent(new Event('pointerdown'));
  page.dispatchEvent(new Event('pointerdown'));
  await pass(0);
  expect(asked).toBe(2);
});
