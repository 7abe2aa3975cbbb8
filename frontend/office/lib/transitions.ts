// Steps of a record's course, one by one or many at once.
import { api, needVersioned, type Action, type Potential, type Schemas } from './api.ts';

export function step(id: number, etag: string, action: Action, reason = '', comments: Schemas['Comment'][] = []) {
  const body = { action, ...(reason ? { reason } : {}), ...(comments.length > 0 ? { comments } : {}) };
  return needVersioned<Potential>(
    api.POST('/potentials/{id}/transitions', { params: { path: { id }, header: { 'If-Match': etag } }, body }),
  );
}

// The version as the server writes it into an ETag.
export const etagOf = (version: number): string => `"${version}"`;
