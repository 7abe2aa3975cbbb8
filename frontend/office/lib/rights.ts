// What a right allows, in words. The codes are those of src/domain/permission.hpp.
import { tr } from './i18n.svelte.ts';

export function rightName(right: string): string {
  const words: Record<string, string> = {
    view: tr('Read records, drafts included'), edit: tr('Enter and change records'), submit: tr('Submit records'),
    check: tr('Check records of the region'), verify: tr('Verify records'), publish: tr('Publish records'),
    archive: tr('Archive and reopen records'), confirm: tr('Confirm that records are current'), import: tr('Import files'),
    export: tr('Export lists'), manage_users: tr('Manage accounts'), view_audit: tr('Read the log'), settings: tr('Change settings'),
    indicators: tr('Keep indicators and studies'),
  };
  return words[right] ?? right;
}
