// The four calls of an upload. Apart from upload.ts, so that its behaviour can be tested without a network.
import { api, need } from './api.ts';

export interface UploadState {
  id: string;
  name: string;
  bytes: number;
  offset: number; // bytes that have arrived
}

export interface Wire {
  create(name: string, bytes: number): Promise<UploadState>;
  status(id: string): Promise<UploadState>;
  put(id: string, offset: number, part: Blob, signal: AbortSignal): Promise<UploadState>;
  remove(id: string): Promise<void>;
}

export const wire: Wire = {
  create: (name, bytes) => need(api.POST('/uploads', { body: { name, bytes } })),
  status: (id) => need(api.GET('/uploads/{id}', { params: { path: { id } } })),
  put: (id, offset, part, signal) =>
    need(
      api.PUT('/uploads/{id}', {
        params: { path: { id }, query: { offset } },
        body: part as unknown as string, // the contract says binary, which its types call a string
        bodySerializer: (body: unknown) => body as Blob,
        headers: { 'Content-Type': 'application/octet-stream' },
        signal,
      }),
    ),
  remove: async (id) => void (await need(api.DELETE('/uploads/{id}', { params: { path: { id } } }))),
};
