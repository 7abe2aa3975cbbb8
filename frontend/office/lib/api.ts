// The REST client: typed by openapi/rest.yaml, with the CSRF token, the language, and a session that ends in the
// middle: the person signs in over the page and the call is made again, so nothing typed is lost.
import createClient from 'openapi-fetch';
import type { components, paths } from '../generated/rest.d.ts';
import { language } from './i18n.svelte.ts';
import { OfflineError, ProblemError, type Problem } from './problem.ts';

export type Schemas = components['schemas'];
export type Session = Schemas['Session'];
export type Me = Schemas['Me'];
export type Potential = Schemas['Potential'];
export type PotentialDraft = Schemas['PotentialDraft'];
export type PotentialItem = Schemas['PotentialItem'];
export type Figure = Schemas['Figure'];
export type Attachment = Schemas['Attachment'];
export type State = Schemas['State'];
export type Action = Schemas['Action'];
export type User = Schemas['User'];
export type Role = Schemas['Role'];

let csrf = '';
let signInAgain: (() => Promise<void>) | null = null;

export function useToken(token: string): void {
  csrf = token;
}

// Called when an answer is 401: resolves once somebody is signed in again.
export function onExpiry(handler: () => Promise<void>): void {
  signInAgain = handler;
}

function prepared(request: Request): Request {
  const copy = request.clone();
  copy.headers.set('Accept-Language', language());
  if (copy.method !== 'GET') copy.headers.set('X-CSRF-Token', csrf);
  return copy;
}

async function send(request: Request): Promise<Response> {
  try {
    return await fetch(prepared(request));
  } catch (error) {
    throw new OfflineError(String(error));
  }
}

async function guarded(request: Request): Promise<Response> {
  const answer = await send(request);
  // The sign-in itself is refused with 401 too; asking who is there or signing out is no reason to sign in.
  const own = new URL(request.url).pathname.endsWith('/session');
  if (answer.status !== 401 || own || !signInAgain) return answer;
  await signInAgain();
  return send(request);
}

export const api = createClient<paths>({ baseUrl: '/api/v1', fetch: guarded });

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

function refuse(answer: Answer<unknown>): never {
  const problem = answer.error && typeof answer.error === 'object' ? (answer.error as Partial<Problem>) : undefined;
  throw new ProblemError(answer.response.status, problem, Number(answer.response.headers.get('Retry-After') ?? 0));
}

// The answer's content. Throws ProblemError or OfflineError.
export async function need<T>(call: Promise<Answer<T>>): Promise<T> {
  const answer = await call;
  if (!answer.response.ok) refuse(answer);
  return answer.data as T;
}

// A file that the server makes, its name, and what else the answer says. Throws as need() does.
export async function needFile(address: string): Promise<{ content: Blob; name: string; headers: Headers }> {
  const response = await guarded(new Request(address));
  if (!response.ok) refuse({ error: await response.json().catch(() => undefined), response });
  const name = /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1];
  try {
    return { content: await response.blob(), name: name ?? new URL(response.url).pathname.split('/').at(-1) ?? '', headers: response.headers };
  } catch (error) {
    throw new OfflineError(String(error)); // it broke off on the way
  }
}

// As need(), with the version that a change has to send back.
export async function needVersioned<T>(call: Promise<Answer<T>>): Promise<{ value: T; etag: string }> {
  const answer = await call;
  if (!answer.response.ok) refuse(answer);
  return { value: answer.data as T, etag: answer.response.headers.get('ETag') ?? '' };
}
