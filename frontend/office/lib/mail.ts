// Whether the server sends e-mail: the page it gave says so.
export const sendsMail = (): boolean => document.documentElement.dataset['mail'] === 'on';
