// What a right allows, in words. The codes are those of reference/roles.toml.
import { tr } from './i18n.svelte.ts';

export function rightName(right: string): string {
  const words: Record<string, string> = {
    edit_potential: tr('Enter and change potentials'), submit_potential: tr('Submit potentials'), check_potential: tr('Check potentials of the region'),
    verify_potential: tr('Verify potentials'), publish_potential: tr('Publish potentials'), archive_potential: tr('Archive potentials'),
    manage_users: tr('Manage accounts'), read_audit: tr('Read the log'),
  };
  return words[right] ?? right;
}
