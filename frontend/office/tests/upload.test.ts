import { describe, expect, test, vi } from 'vitest';
import { OfflineError, ProblemError } from '../lib/problem.ts';
import type { Memory } from '../lib/upload_memory.ts';
import type { UploadState, Wire } from '../lib/upload_wire.ts';

vi.mock('../lib/upload_wire.ts', () => ({ wire: null }));
vi.mock('../lib/upload_memory.ts', () => ({ kept: null }));
const { Cancelled, upload } = await import('../lib/upload.ts');
type Progress = import('../lib/upload.ts').Progress;

// What the server has, and what goes wrong at the n-th piece.
class Server implements Wire {
  uploads = new Map<string, { state: UploadState; parts: Blob[] }>();
  pieces = 0;
  created = 0;
  removed: string[] = [];
  constructor(readonly fault: (piece: number, server: Server, id: string) => void = () => {}) {}

  create(name: string, bytes: number) {
    const id = `u${++this.created}`;
    this.uploads.set(id, { state: { id, name, bytes, offset: 0 }, parts: [] });
    return this.status(id);
  }
  async status(id: string) {
    const found = this.uploads.get(id);
    if (!found) throw new ProblemError(404, undefined);
    return { ...found.state };
  }
  async put(id: string, offset: number, part: Blob, signal: AbortSignal) {
    this.fault(++this.pieces, this, id);
    if (signal.aborted) throw new OfflineError('aborted');
    const found = this.uploads.get(id);
    if (!found) throw new ProblemError(404, undefined);
    if (offset !== found.state.offset) throw new ProblemError(409, undefined);
    expect(part.size).toBeLessThanOrEqual(4 * 1024 * 1024);
    found.parts.push(part);
    found.state.offset += part.size;
    return { ...found.state };
  }
  async remove(id: string) {
    this.removed.push(id);
    this.uploads.delete(id);
  }
  async content(id: string) {
    return new Uint8Array(await new Blob(this.uploads.get(id)!.parts).arrayBuffer());
  }
}

class Remembered implements Memory {
  map = new Map<string, string>();
  find = async (file: File) => this.map.get(file.name);
  remember = async (file: File, id: string) => void this.map.set(file.name, id);
  forget = async (file: File) => void this.map.delete(file.name);
}

const kBytes = 1_500_000;
const content = Uint8Array.from({ length: kBytes }, (_, index) => (index * 31 + (index >> 8)) & 255);
// Faster than toEqual() on a million bytes.
const same = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((byte, index) => byte === b[index]);
const photo = () => new File([content], 'teluk.jpg', { lastModified: 7 });

function begin(server: Server, memory = new Remembered()) {
  const seen: Progress[] = [];
  const waits: number[] = [];
  let clock = 0;
  const tools = { wire: server, memory, now: () => (clock += 400), wait: async (ms: number) => void waits.push(ms) };
  return { running: upload(photo(), (one) => seen.push(one), tools), seen, waits, memory };
}

// Lets everything that is ready to run have its turn, without a clock.
async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    const { port1, port2 } = new MessageChannel();
    await new Promise((resolve) => {
      port1.onmessage = resolve;
      port2.postMessage(null);
    });
    port1.close();
  }
}

describe('an upload', () => {
  test('arrives whole, in growing pieces, and says how far it is', async () => {
    const server = new Server();
    const { running, seen } = begin(server);
    const id = await running.done;
    expect(same(await server.content(id), content)).toBe(true);
    expect(server.pieces).toBeGreaterThan(2);
    expect(seen.map((one) => one.sent)).toEqual([...seen.map((one) => one.sent)].sort((a, b) => a - b));
    expect(seen.at(-1)).toMatchObject({ state: 'sending', sent: kBytes, bytes: kBytes });
    expect(seen.at(-1)!.speed).toBeGreaterThan(0);
  });

  test('goes on from where the server is when the connection breaks, also when only the answer was lost', async () => {
    const server = new Server((piece, here, id) => {
      if (piece === 2) throw new OfflineError('gone');
      if (piece === 4) {
        const found = here.uploads.get(id)!;
        const half = content.slice(found.state.offset, found.state.offset + 1000);
        found.parts.push(new Blob([half]));
        found.state.offset += half.length;
        throw new OfflineError('answer lost');
      }
    });
    const { running, seen, waits } = begin(server);
    expect(same(await server.content(await running.done), content)).toBe(true);
    expect(seen.some((one) => one.state === 'waiting')).toBe(true);
    expect(waits).toEqual([1000, 1000]);
    expect(server.created).toBe(1);
  });

  test('waits longer each time, and as long as the server asks', async () => {
    let left = 5;
    const server = new Server(() => {
      if (left-- > 0) throw left === 0 ? new ProblemError(429, undefined, 60) : new OfflineError('gone');
    });
    const { running, waits } = begin(server);
    await running.done;
    expect(waits).toEqual([1000, 2000, 4000, 8000, 60_000]);
  });

  test('after a reload the same file goes on, it does not begin again', async () => {
    const server = new Server((piece) => {
      if (piece === 3) throw new ProblemError(403, undefined);
    });
    const first = begin(server);
    await expect(first.running.done).rejects.toThrow(ProblemError);
    const reached = [...server.uploads.values()][0]!.state.offset;
    expect(reached).toBeGreaterThan(0);
    const second = begin(server, first.memory);
    expect(same(await server.content(await second.running.done), content)).toBe(true);
    expect(server.created).toBe(1);
    expect(second.seen[0]!.sent).toBe(reached);
  });

  test('begins anew when the server has taken it away', async () => {
    const server = new Server((piece, here, id) => {
      if (piece === 2) here.uploads.delete(id);
    });
    const { running } = begin(server);
    expect(same(await server.content(await running.done), content)).toBe(true);
    expect(server.created).toBe(2);
  });

  test('pauses and goes on', async () => {
    const server = new Server((piece) => {
      if (piece === 2) running.pause();
    });
    const { running, seen } = begin(server);
    await vi.waitFor(() => expect(seen.at(-1)?.state).toBe('paused'));
    const reached = server.pieces;
    await turns(20);
    expect(server.pieces).toBe(reached);
    running.resume();
    expect(same(await server.content(await running.done), content)).toBe(true);
  });

  test('cancelled: nothing is left on the server or on the device', async () => {
    const server = new Server((piece) => {
      if (piece === 2) running.cancel();
    });
    const { running, memory } = begin(server);
    await expect(running.done).rejects.toThrow(Cancelled);
    expect(server.removed).toEqual(['u1']);
    expect(memory.map.size).toBe(0);
  });

  test.each(['pause', 'cancel'] as const)('%s ends a wait at once', async (what) => {
    const server = new Server((piece) => {
      if (piece === 2) throw new OfflineError('gone');
    });
    const seen: Progress[] = [];
    let waits = 0;
    const wait = (_: number, signal: AbortSignal) => new Promise<void>((resolve) => {
      waits++;
      signal.addEventListener('abort', () => resolve());
    });
    const running = upload(photo(), (one) => seen.push(one), { wire: server, memory: new Remembered(), now: () => 0, wait });
    await vi.waitFor(() => expect(waits).toBe(1));
    running[what]();
    if (what === 'cancel') {
      await expect(running.done).rejects.toThrow(Cancelled);
      return;
    }
    await vi.waitFor(() => expect(seen.at(-1)?.state).toBe('paused'));
    running.resume();
    expect(same(await server.content(await running.done), content)).toBe(true);
  });

  test('a refusal is said, not tried again', async () => {
    const server = new Server(() => {
      throw new ProblemError(413, { title: 'too large' } as never);
    });
    const { running, waits } = begin(server);
    await expect(running.done).rejects.toMatchObject({ status: 413, message: 'too large' });
    expect(waits).toEqual([]);
  });
});
