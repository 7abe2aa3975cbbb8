// Work that the server does by itself (imports, backups): what is under way, for the tray in the bar and for whoever
// waits for one. Asks again and again only while something runs: each request counts as activity of the session, so
// that an office left open would never be signed out.
import { api, need, type Schemas } from './api.ts';

export type Job = Schemas['Job'];

const kPause = 1_500; // ms between two questions while something runs

let list = $state.raw<Job[]>([]);
let timer: ReturnType<typeof setTimeout> | undefined;
let onEnd: ((job: Job) => void) | null = null;
let watching = false;
let stop = new AbortController();
let asking: Promise<void> | null = null;
let again = false; // wanted while an answer was on its way, which may not know of it

export const atWork = (job: Job): boolean => job.state === 'queued' || job.state === 'running';

export const jobs = {
  get list(): Job[] {
    return list;
  },
  get running(): Job[] {
    return list.filter(atWork);
  },
};

async function ask(): Promise<void> {
  const { signal } = stop;
  try {
    const { items } = await need(api.GET('/jobs', { params: { query: { limit: 10 } }, signal }));
    if (signal.aborted) return;
    const before = new Map(list.map((job) => [job.id, job]));
    list = items;
    for (const job of items) {
      const known = before.get(job.id);
      if (known && atWork(known) && !atWork(job)) onEnd?.(job);
    }
  } catch {
    // the tray shows what was known last; whoever needs the answer asks for it itself
  }
}

async function askUntilKnown(): Promise<void> {
  do {
    again = false;
    await ask();
  } while (again && watching);
  asking = null;
  if (watching && !document.hidden && jobs.running.length > 0) timer = setTimeout(() => void lookAtJobs(), kPause);
}

// Asks now, and goes on asking while something runs. Called when something was begun, and when the tray is opened.
export function lookAtJobs(): Promise<void> {
  clearTimeout(timer);
  if (!watching) return Promise.resolve();
  if (asking) again = true;
  else asking = askUntilKnown();
  return asking;
}

// For the shell: begins to look, and says when something has ended. Gives the way to stop.
export function watchJobs(ended: (job: Job) => void): () => void {
  onEnd = ended;
  watching = true;
  stop = new AbortController();
  const { signal } = stop;
  // Back at the page: at once when something ran, else when somebody does something.
  let away = false;
  const seen = () => {
    if (document.hidden) away = true;
    else if (jobs.running.length > 0) back();
  };
  const back = () => {
    if (!away) return;
    away = false;
    void lookAtJobs();
  };
  document.addEventListener('visibilitychange', seen, { signal });
  for (const what of ['pointerdown', 'keydown']) document.addEventListener(what, back, { signal, capture: true });
  void lookAtJobs();
  return () => {
    onEnd = null;
    watching = false;
    list = [];
    clearTimeout(timer);
    stop.abort();
  };
}
