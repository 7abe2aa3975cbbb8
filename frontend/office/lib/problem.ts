// What the server says when it refuses (RFC 9457), as an exception. Used by everything that calls the API.
import type { components } from '../generated/rest.d.ts';

export type Problem = components['schemas']['Problem'];
export type FieldError = components['schemas']['FieldError'];

export class ProblemError extends Error {
  readonly status: number;
  readonly key: string;
  readonly fields: FieldError[];
  readonly retryAfter: number;

  constructor(status: number, problem: Partial<Problem> | undefined, retryAfter = 0) {
    super(problem?.title ?? '');
    this.status = status;
    this.key = problem?.key ?? '';
    this.fields = problem?.errors ?? [];
    this.retryAfter = retryAfter;
  }
}

// The request never reached the server, or its answer never came back.
export class OfflineError extends Error {}

// Whether the same request would be refused again: not for who has to sign in first, was too slow or too fast.
export const isFinal = (problem: unknown): boolean =>
  problem instanceof ProblemError && problem.status >= 400 && problem.status < 500 && ![401, 408, 429].includes(problem.status);
