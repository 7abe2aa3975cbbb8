// Who is signed in. Used by the shell, which shows the sign-in page, the things that must be done first, or the
// office; and by api.ts when a session ends in the middle.
import { api, need, onExpiry, useToken, type Session } from './api.ts';
import { ProblemError } from './problem.ts';

let info = $state.raw<Session | null>(null);
let known = $state(false);
let expired = $state(false);
let waiting: { promise: Promise<void>; done: () => void } | null = null;

export const session = {
  get info(): Session | null {
    return info;
  },
  // Whether the first question has been answered.
  get known(): boolean {
    return known;
  },
  get expired(): boolean {
    return expired;
  },
  can(...rights: string[]): boolean {
    return rights.some((right) => info?.user.rights.includes(right) ?? false);
  },
};

function take(next: Session): void {
  const other = info !== null && info.user.id !== next.user.id;
  info = next;
  useToken(next.csrf);
  expired = false;
  // Somebody else's page must not stay open under another name.
  if (other) location.reload();
  waiting?.done();
  waiting = null;
}

export async function askWho(): Promise<void> {
  try {
    take(await need(api.GET('/session')));
  } catch (error) {
    if (!(error instanceof ProblemError && error.status === 401)) throw error;
    info = null;
  }
  known = true;
}

export async function signIn(username: string, password: string, totp: string): Promise<void> {
  take(await need(api.POST('/session', { body: { username, password, ...(totp ? { totp } : {}) } })));
}

export async function signOut(): Promise<void> {
  await api.DELETE('/session');
  info = null;
  expired = false; // a question that was on its way has found the session gone
  useToken('');
}

// After a change of password: the session was renewed.
export function renewed(next: Session): void {
  take(next);
}

onExpiry(() => {
  if (!waiting) {
    let done = () => {};
    const promise = new Promise<void>((resolve) => {
      done = resolve;
    });
    waiting = { promise, done };
    expired = true;
  }
  return waiting.promise;
});
