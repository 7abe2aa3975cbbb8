// Short notes at the foot of the page, with a way back where there is one. Shown by kit/Toasts.svelte.
interface Toast {
  id: number;
  text: string;
  kind: 'ok' | 'err' | 'info';
  undo: (() => void) | undefined;
}

let list = $state.raw<Toast[]>([]);
let last = 0;
const kStay = 10_000;

export const toasts = {
  get list(): Toast[] {
    return list;
  },
};

export function dismiss(id: number): void {
  list = list.filter((toast) => toast.id !== id);
}

export function toast(text: string, kind: Toast['kind'] = 'ok', undo?: () => void): void {
  const id = ++last;
  list = [...list.slice(-2), { id, text, kind, undo }];
  setTimeout(() => dismiss(id), kStay);
}
