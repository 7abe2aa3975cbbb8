// How a key press is written in the list of shortcuts: "j", "g p" with what was pressed before, "Ctrl+k" (Cmd as well).
export function pressed(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>, before: string): string {
  if (event.altKey) return '';
  if (event.ctrlKey || event.metaKey) return `Ctrl+${event.key.toLowerCase()}`;
  return before ? `${before} ${event.key}` : event.key;
}
