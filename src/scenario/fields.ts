import { z } from 'zod';

/**
 * The leaves of the document. A message says what is allowed, in words, and nothing else: what was
 * found, where, and what may have been meant are added when the problem is reported (issues.ts).
 */

export function text(allowed: string, pattern = /\S/) {
  return z.string({ error: allowed }).regex(pattern, { error: allowed });
}

/** Both bounds are inclusive. */
export function integer(min: number, max: number, what = 'a whole number') {
  const range = `${what} from ${min.toLocaleString('en')} to ${max.toLocaleString('en')}`;
  return z.int({ error: range }).min(min, { error: range }).max(max, { error: range });
}

export function atLeast(min: number, max: number, what = 'a number') {
  const range = `${what} from ${min.toLocaleString('en')} to ${max.toLocaleString('en')}`;
  return z.number({ error: range }).min(min, { error: range }).max(max, { error: range });
}

/** Above zero; the upper bound is inclusive. */
export function aboveZero(max: number, what = 'a number') {
  const range = `${what} above 0, up to ${max.toLocaleString('en')}`;
  return z.number({ error: range }).gt(0, { error: range }).max(max, { error: range });
}

export function flag() {
  return z.boolean({ error: 'true or false' });
}

/** A word of a closed list; `allowed` where the list is only part of what may stand there. */
export function oneOf<const T extends readonly [string, ...string[]]>(
  words: T,
  allowed: string = words.join(', '),
) {
  return z.enum(words, { error: allowed });
}

export function list<T extends z.ZodType>(element: T, allowed: string) {
  return z.array(element, { error: allowed }).min(1, { error: allowed });
}

/** A map with these keys and no others. */
export function record<T extends z.ZodRawShape>(shape: T) {
  const names = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? listNames(names) : `a map with ${listNames(names)}`,
  });
}

/** The largest value, as a number and as a text, and what all texts look like. */
interface Quantity {
  readonly value: number;
  readonly text: string;
  readonly pattern: string;
}

/**
 * A text with a unit; `parse` gives undefined for what it does not understand or allow. That there
 * is a largest one is said only to those who go beyond it.
 */
export function quantity(
  parse: (written: string) => number | undefined,
  allowed: string,
  { value: most, text: shownMost, pattern }: Quantity,
) {
  // An editor checks by the pattern, which says nothing that the parser does not.
  const field = z.string({ error: allowed }).meta({ pattern });
  return field.transform((written, context) => {
    const value = parse(written);
    if (value !== undefined && value <= most) return value;
    const message = value === undefined ? allowed : `at most ${shownMost}`;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });
}

const separator = ', ';

export function listNames(names: readonly string[]): string {
  return names.join(separator);
}

/** The names in a message made by `listNames`. */
export function namesIn(message: string): string[] {
  return message.split(separator);
}
