import { type Finding, unknownCode } from './finding.ts';

/**
 * The same text for findings that say the same, wherever their places are: code, numbers and names.
 * Only of a sentence of version 1 nothing else is known.
 */
export function contentOf({ code, numbers, names, text }: Finding): string {
  return JSON.stringify([code, numbers, names ?? {}, code === unknownCode ? text : '']);
}
