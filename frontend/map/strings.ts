// The page's own texts, in its language: `<template id="map-strings">` holds one `<span data-key>` each.

export type Strings = (key: string) => string;

export function readStrings(document: Document): Strings {
  const template = document.getElementById('map-strings');
  const texts = new Map<string, string>();
  if (template instanceof HTMLTemplateElement) {
    for (const span of template.content.querySelectorAll<HTMLElement>('[data-key]')) {
      texts.set(span.dataset.key ?? '', span.textContent?.trim() ?? '');
    }
  }
  return (key) => texts.get(key) ?? key;
}
