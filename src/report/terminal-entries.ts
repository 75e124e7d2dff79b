import type { Entry, Head } from './terminal-layout.ts';

/** Heads of columns; `drop` says in which order they go where the terminal is too narrow. */
export const words = (head: string, drop = 0): Head => ({ text: head, number: false, drop });
export const number = (head: string, drop = 0): Head => ({ text: head, number: true, drop });

export const plain = (text: string): Entry => ({ text, tone: 'plain' });

/** Where there is no number. */
export const dash = '—';
