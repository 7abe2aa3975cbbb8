// Faults and comments by the name of their field. "figures[0].unit" and "figures.0.unit" are one; what stands at a part
// of a field is found under the part's own name and counted to the field.
export type ByField = Map<string, string>;

export const plainField = (field: string): string => field.replace(/\[(\w+)\]/g, '.$1');

export function draftErrors(list: { field: string; message: string }[]): ByField {
  const out: ByField = new Map();
  for (const { field, message } of list) {
    const name = plainField(field);
    out.set(name, out.has(name) ? `${out.get(name)} ${message}` : message);
  }
  return out;
}

// What is said of `field` or of any part of it.
export function within(errors: ByField, field: string): string {
  return [...errors].filter(([name]) => name === field || name.startsWith(`${field}.`)).map(([, message]) => message).join(' ');
}
