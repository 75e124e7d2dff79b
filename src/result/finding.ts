import { z } from 'zod';

export const severities = ['error', 'warning', 'info'] as const;

/**
 * Something that a reader must know, as data: other programs read the code and the numbers, people
 * read `text`, which wording/ makes of the rest and which nothing may compare or parse.
 */
export const finding = z.strictObject({
  /** What was found, in kebab case; stable from version to version. */
  code: z.string(),
  severity: z.enum(severities),
  /** By name, with its unit last: `responseMs`, `lostFraction`. */
  numbers: z.record(z.string(), z.number()),
  /** Names and choices that the sentence says, one or a list: a strategy's, its operations'. */
  names: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
  /** JSON pointer (RFC 6901) to what it is about within the document; '' is all of it. */
  place: z.string(),
  text: z.string(),
});

export type Finding = z.infer<typeof finding>;
export type Severity = Finding['severity'];

/** A finding before it has a sentence: what the arithmetic leaves. */
export type Fact = Omit<Finding, 'text'>;

/** A value of a document whose findings have no sentences yet. */
export type Unworded<T> = T extends Finding
  ? Fact
  : T extends object
    ? { [Part in keyof T]: Unworded<T[Part]> }
    : T;

type Perhaps<T> = { readonly [Name in string]: T | null | undefined };

/** What there is to say beside the code; what is null or undefined is left out. */
interface Details {
  readonly severity?: Severity;
  readonly numbers?: Perhaps<number>;
  readonly names?: Perhaps<string | readonly string[]>;
  readonly place?: string;
}

export function fact(
  code: string,
  { severity = 'info', numbers = {}, names = {}, place = '' }: Details = {},
): Fact {
  const said = known(names).map(([name, value]): [string, string | string[]] => [
    name,
    typeof value === 'string' ? value : [...value],
  ]);
  return {
    code,
    severity,
    numbers: Object.fromEntries(known(numbers)),
    ...(said.length > 0 && { names: Object.fromEntries(said) }),
    place,
  };
}

function known<T>(values: Perhaps<T>): (readonly [string, T])[] {
  return Object.entries(values).flatMap(([name, value]) =>
    value === null || value === undefined ? [] : [[name, value] as const],
  );
}

/** Code of sentences in documents of version 1, which say nothing else. */
export const unknownCode = 'text-only';

/** A sentence of a document of version 1. */
export function textOnly(text: string): Finding {
  return { code: unknownCode, severity: 'info', numbers: {}, place: '', text };
}
