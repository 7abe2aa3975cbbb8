// One sentence for whatever went wrong, in the language of the page.
import { tr } from './i18n.svelte.ts';
import { OfflineError, ProblemError } from './problem.ts';

export function said(error: unknown): string {
  if (error instanceof OfflineError) return tr('The server cannot be reached. Nothing was lost; please try again.');
  if (error instanceof ProblemError) {
    if (error.message) return error.message;
    if (error.status === 404) return tr('This does not exist, or it is not yours to see.');
    return tr('The server answered with fault {status}.', { status: error.status });
  }
  console.error(error);
  return tr('Something went wrong on this page.');
}
