// Work that the server does by itself (imports, backups): what is under way, for the tray in the bar and for whoever
// waits for one. Asks often while something runs, rarely otherwise.
import { api, need, type Schemas } from './api.ts';

export type Job = Schemas['Job'];

const kOften = 1_500;
const kSeldom = 60_000;

let list = $state.raw<Job[]>([]);
let timer: ReturnType<typeof setTimeout> | undefined;
let onEnd: ((job: Job) => void) | null = null;

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
  const before = new Map(list.map((job) => [job.id, job]));
  try {
    list = (await need(api.GET('/jobs', { params: { query: { limit: 10 } } }))).items;
    for (const job of list) {
      const known = before.get(job.id);
      if (known && atWork(known) && !atWork(job)) onEnd?.(job);
    }
  } catch {
    // the tray shows what was known last; whoever needs the answer asks for it itself
  }
}

// Asks now, and goes on asking. Called when something was begun, too.
export async function lookAtJobs(): Promise<void> {
  clearTimeout(timer);
  if (!document.hidden) await ask();
  clearTimeout(timer);
  timer = setTimeout(() => void lookAtJobs(), jobs.running.length > 0 ? kOften : kSeldom);
}

// For the shell: begins to look, and says when something has ended. Gives the way to stop.
export function watchJobs(ended: (job: Job) => void): () => void {
  onEnd = ended;
  const visible = () => {
    if (!document.hidden) void lookAtJobs();
  };
  document.addEventListener('visibilitychange', visible);
  void lookAtJobs();
  return () => {
    onEnd = null;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', visible);
  };
}
