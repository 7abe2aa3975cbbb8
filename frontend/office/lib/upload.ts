// Sends one file in pieces and survives what field work brings: a lost connection, a pause, an ended session (api.ts
// signs in again), a closed tab. The server knows how far it got; this device remembers which upload belongs to which
// file, so that the same file chosen again goes on where it stopped. Used by the photos and by the import.
import { kept, type Memory } from './upload_memory.ts';
import { wire, type UploadState, type Wire } from './upload_wire.ts';
import { OfflineError, ProblemError } from './problem.ts';

export interface Progress {
  state: 'sending' | 'paused' | 'waiting'; // waiting: the connection is gone, it tries again by itself
  sent: number; // bytes
  bytes: number;
  speed: number; // bytes a second, 0 while unknown
}

export interface Running {
  // The id of the complete upload. Rejects with Cancelled, or with the server's refusal.
  done: Promise<string>;
  pause(): void;
  resume(): void;
  cancel(): void;
}

export class Cancelled extends Error {}

interface Tools {
  wire: Wire;
  memory: Memory;
  now(): number;
  // Resolves after `ms`, when the device says that it is online again, or when `signal` ends the wait.
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

const kSmallest = 128 * 1024;
const kLargest = 4 * 1024 * 1024; // the contract's limit of one piece
const kWanted = 2_000; // ms a piece should take: progress is seen, and little is lost when it breaks
const kLongestWait = 30_000;

function waitOrOnline(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener('online', end);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    addEventListener('online', end);
    signal.addEventListener('abort', end);
  });
}

const passing = (error: unknown): boolean =>
  error instanceof OfflineError || (error instanceof ProblemError && (error.status >= 500 || error.status === 429));

export function upload(file: File, told: (progress: Progress) => void, given: Partial<Tools> = {}): Running {
  const tools: Tools = { wire, memory: kept, now: () => performance.now(), wait: waitOrOnline, ...given };
  let piece = kSmallest * 2;
  let speed = 0;
  let offset = 0;
  let known = '';
  let cancelled = false;
  let stop = new AbortController();
  let paused: { promise: Promise<void>; go: () => void } | null = null;

  const tell = (state: Progress['state']) => told({ state, sent: offset, bytes: file.size, speed });

  // Goes on with what this device knows of, when the server still has it; else begins.
  async function begin(): Promise<UploadState> {
    const remembered = known || (await tools.memory.find(file));
    if (remembered) {
      try {
        const found = await tools.wire.status(remembered);
        if (found.bytes === file.size) return found;
      } catch (error) {
        if (!(error instanceof ProblemError && error.status === 404)) throw error;
      }
    }
    const fresh = await tools.wire.create(file.name, file.size);
    if (cancelled) {
      void tools.wire.remove(fresh.id).catch(() => {});
      throw new Cancelled();
    }
    await tools.memory.remember(file, fresh.id);
    return fresh;
  }

  function learn(bytes: number, ms: number) {
    const measured = (bytes * 1000) / Math.max(ms, 1);
    speed = speed === 0 ? measured : speed * 0.7 + measured * 0.3;
    piece = Math.min(kLargest, Math.max(kSmallest, Math.min(piece * 2, (speed * kWanted) / 1000)));
  }

  // One piece from `offset` on; the offset after it.
  async function send(): Promise<number> {
    const from = tools.now();
    const part = file.slice(offset, Math.min(file.size, offset + Math.floor(piece)));
    const answer = await tools.wire.put(known, offset, part, stop.signal);
    learn(part.size, tools.now() - from);
    return answer.offset;
  }

  async function run(): Promise<string> {
    let attempt = 0;
    let sure = false; // whether `offset` is what the server has
    for (;;) {
      if (cancelled) throw new Cancelled();
      if (paused) {
        tell('paused');
        await paused.promise;
        continue;
      }
      try {
        if (!sure) {
          const state = await begin();
          known = state.id;
          offset = state.offset;
          sure = true;
          continue;
        }
        tell('sending');
        if (offset >= file.size) return known;
        offset = await send();
        attempt = 0;
      } catch (error) {
        sure = false;
        if (cancelled) throw new Cancelled();
        if (paused) continue;
        if (error instanceof ProblemError && error.status === 404 && known) {
          known = ''; // taken away meanwhile: from the beginning
          await tools.memory.forget(file);
        } else if (!(error instanceof ProblemError && error.status === 409) && !passing(error)) {
          throw error;
        }
        if (++attempt > 1 || passing(error)) {
          tell('waiting');
          const asked = error instanceof ProblemError ? error.retryAfter * 1000 : 0;
          await tools.wait(Math.max(asked, Math.min(kLongestWait, 500 * 2 ** Math.min(attempt, 6))), stop.signal);
        }
      }
    }
  }

  function resume() {
    const was = paused;
    paused = null;
    was?.go();
  }

  return {
    done: run(),
    pause() {
      if (paused) return;
      let go = () => {};
      const promise = new Promise<void>((resolve) => (go = resolve));
      paused = { promise, go };
      stop.abort();
      stop = new AbortController();
      tell('paused');
    },
    resume,
    cancel() {
      cancelled = true;
      stop.abort();
      resume();
      void tools.memory.forget(file);
      if (known) void tools.wire.remove(known).catch(() => {}); // what is left over the server takes away itself
    },
  };
}
