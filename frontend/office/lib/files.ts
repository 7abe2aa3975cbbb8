// Photos and documents of a record: what is said of each is part of the draft, what the server knows of the file itself
// stands beside it. Used by the files section and by whoever shows a record.
import type { Attachment, Schemas } from './api.ts';
import { tr, type LocalText } from './i18n.svelte.ts';
import { fileSize } from './measures.ts';

export type StoredFile = Schemas['StoredFile'];
export type FileKind = Attachment['kind'];
// As the form holds it: every member there.
export interface FormFile {
  file: string;
  kind: FileKind;
  name: string;
  caption: LocalText;
  alt: LocalText;
  credit: string;
  licence: string;
}

export const toFormFile = (from: Attachment): FormFile => ({
  file: from.file, kind: from.kind, name: from.name ?? '', caption: { ...from.caption }, alt: { ...from.alt }, credit: from.credit ?? '', licence: from.licence ?? '',
});

const said = (texts: LocalText): LocalText => Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== ''));

// Back to what the contract wants: a member that says nothing is left out.
export function toAttachment(file: FormFile): Attachment {
  const out: Attachment = { file: file.file, kind: file.kind };
  if (file.name) out.name = file.name;
  for (const name of ['caption', 'alt'] as const) {
    const texts = said(file[name]);
    if (Object.keys(texts).length > 0) out[name] = texts;
  }
  if (file.credit.trim()) out.credit = file.credit;
  if (file.licence.trim()) out.licence = file.licence;
  return out;
}

const kPhotos = ['jpg', 'jpeg', 'png', 'webp', 'heic', 'heif'];
export const kEndings = [...kPhotos, 'pdf'];
export const kLargestFile = 20 * 1024 * 1024;

const endingOf = (name: string) => name.toLowerCase().split('.').at(-1) ?? '';

// By the name only, so that nothing is sent in vain; the server looks at the bytes. Undefined: neither.
export function kindOf(name: string): FileKind | undefined {
  const ending = endingOf(name);
  if (kPhotos.includes(ending)) return 'photo';
  return ending === 'pdf' ? 'document' : undefined;
}

// Why a file need not be sent at all, in words; empty: it may be. `wrongKind`: what to say of another ending.
export function refusalOf(file: File, endings: readonly string[], largest: number, wrongKind: string): string {
  if (!endings.includes(endingOf(file.name))) return wrongKind;
  if (file.size === 0) return tr('{name} is empty.', { name: file.name });
  return file.size > largest ? tr('{name} is larger than {limit}.', { name: file.name, limit: fileSize(largest) }) : '';
}

export const fileAddress = (record: number, file: string, variant: string): string => `/api/v1/potentials/${record}/files/${file}/${variant}`;
