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
  /** Names that the sentence says, such as a strategy's; absent: none. */
  names: z.record(z.string(), z.string()).optional(),
  /** JSON pointer (RFC 6901) to what it is about within the document; '' is all of it. */
  place: z.string(),
  text: z.string(),
});

export type Finding = z.infer<typeof finding>;
export type Severity = Finding['severity'];

/** A finding before it has a sentence: what the arithmetic leaves. */
export type Fact = Omit<Finding, 'text'>;

/** Code of sentences in documents of version 1, which say nothing else. */
export const unknownCode = 'text-only';

/** A sentence of a document of version 1. */
export function textOnly(text: string): Finding {
  return { code: unknownCode, severity: 'info', numbers: {}, place: '', text };
}
