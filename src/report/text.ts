import { listed } from '../wording/format.ts';

/**
 * Names and messages come from scenarios, databases and old files: nothing in them may steer a
 * terminal, turn the line's direction or fill the page.
 */

/** Controls (C0, C1), bidirectional marks and overrides, byte order mark, lone surrogates. */
const steering =
  // oxlint-disable-next-line no-control-regex -- these are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]/gu;

/** The text on one line, with characters that steer written as \u{202e}. */
export function visible(text: string): string {
  return text
    .replaceAll(/[\t\n\r]+/g, ' ')
    .replaceAll(steering, (found) => `\\u{${(found.codePointAt(0) ?? 0).toString(16)}}`);
}

/** At most `limit` characters and the number of those left out. */
export function shortened(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const head = text.slice(0, limit).replace(/[\ud800-\udbff]$/, '');
  return `${head}… (${text.length - head.length} more characters)`;
}

/** A name of a strategy, column, operation or tenant: one line, at most 120 characters. */
export function name(text: string): string {
  return visible(shortened(text, 120));
}

/** Up to five names, then how many more. */
export function namesOf(strategies: readonly string[]): string {
  return listed(strategies.map(name), 5);
}

/** A sentence: one line, at most 1,000 characters. */
export function sentence(text: string): string {
  return visible(shortened(text, 1000));
}

/** One or several lines of code, JSON or a command: line breaks stay. */
export function lines(text: string): string {
  return text.split(/\r?\n/).map(visible).join('\n');
}

const wide = new RegExp(
  String.raw`[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f]` +
    String.raw`|[\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]`,
  'u',
);
const zeroWidth = /[\p{Mn}\p{Me}\u200b-\u200d]/u;

/** Columns that a terminal gives to the text. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) {
    columns += zeroWidth.test(character) ? 0 : wide.test(character) ? 2 : 1;
  }
  return columns;
}

/** The text cut to `limit` columns, ending in … where something is left out. */
export function clipped(text: string, limit: number): string {
  if (columnsOf(text) <= limit) return text;
  let kept = '';
  let columns = 0;
  for (const character of text) {
    const next = columns + columnsOf(character);
    if (next > limit - 1) break;
    kept += character;
    columns = next;
  }
  return `${kept}…`;
}
