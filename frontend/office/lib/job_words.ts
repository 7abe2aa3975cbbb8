// Words for the work that the server does by itself.
import { tr } from './i18n.svelte.ts';
import type { Job } from './jobs.svelte.ts';

export const jobName = (kind: Job['kind']): string =>
  ({
    'import.check': tr('Dry run of an import'), 'import.run': tr('Import'), 'import.undo': tr('Undoing an import'), 'import.clean': tr('Tidying up imports'),
    backup: tr('Backup'),
  })[kind as string] ?? kind;

export const jobState = (state: Job['state']): string =>
  ({ queued: tr('Waiting its turn'), running: tr('Running'), done: tr('Done'), failed: tr('Failed'), cancelled: tr('Cancelled') })[state];
