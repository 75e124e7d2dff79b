import type { z } from 'zod';
import { assert } from '../base/assert.ts';
import { exitCodes } from '../base/exit-codes.ts';
import { UserError } from '../base/user-error.ts';
import type { Upgrade } from './older-documents.ts';

/** A kind of output document, for messages. */
export interface DocumentSource {
  /** Versions that can be read. */
  readonly schemas: readonly string[];
  /** What to give instead of something else, a sentence. */
  readonly given: string;
  /** How to get a sound one, after a semicolon: `run the scenario again`. */
  readonly again: string;
  /** By the version that it comes from, for those of `schemas` that are not the present one. */
  readonly upgrades?: Readonly<Record<string, Upgrade>>;
}

/**
 * Reads an output document of one kind from its text.
 *
 * @param file its name, for messages only
 * @throws UserError (exit code 2) that lists every problem with its path in the document
 */
export function readDocument<T extends z.ZodType>(
  text: string,
  file: string,
  type: T,
  source: DocumentSource,
): z.output<T> {
  const json = parseJson(text, file, source);
  const schema = knownSchema(json, file, source);
  const upgrade = source.upgrades?.[schema];
  const current = upgrade === undefined ? json : upgrade(json);
  const parsed = type.safeParse(current, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw invalidDocument(file, parsed.error.issues.map(describeIssue), source);
}

/** How documents of one kind are read and written. */
export interface DocumentFormat<T> {
  /**
   * @param text the document, JSON
   * @param file its name, for messages only
   * @throws UserError (exit code 2) that lists every problem with its path in the document
   */
  readonly parse: (text: string, file: string) => T;
  /**
   * Keys in the order of the schema, checked as it is when read back. One that does not pass is a
   * bug of whoever built it, not of the user.
   */
  readonly format: (document: T) => string;
}

/**
 * The documents that a command writes: `shardlab grow`.
 *
 * @param upgrades of older versions, by their schemas
 */
export function documentFormat<T>(
  type: z.ZodType<T> & { readonly shape: { readonly schema: z.ZodLiteral<string> } },
  command: string,
  upgrades: Readonly<Record<string, Upgrade>> = {},
): DocumentFormat<T> {
  const source: DocumentSource = {
    schemas: [type.shape.schema.value, ...Object.keys(upgrades)],
    upgrades,
    given: `Give the JSON that \`${command}\` has written.`,
    again: `run \`${command}\` again`,
  };
  return {
    parse: (text, file) => readDocument(text, file, type, source),
    format(document) {
      const parsed = type.safeParse(document, { reportInput: true });
      const problems = parsed.success ? [] : parsed.error.issues.map(describeIssue);
      assert(parsed.success, `a valid document: ${problems.join('; ')}`);
      return `${JSON.stringify(parsed.data, null, 2)}\n`;
    },
  };
}

function parseJson(text: string, file: string, { given }: DocumentSource): unknown {
  if (isTooDeep(text)) {
    throw new UserError(
      `${file} has more than ${deepestLevel} levels of objects and lists within each other, ` +
        'which no document of shardlab has',
      { exitCode: exitCodes.usage, hint: given },
    );
  }
  try {
    const json: unknown = JSON.parse(text);
    return json;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UserError(`${file} is not JSON: ${reason}`, {
      exitCode: exitCodes.usage,
      hint: given,
      cause,
    });
  }
}

/** More than any document has, and fewer than what reads them recursively can take. */
const deepestLevel = 100;

function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[{]|[\]}]/gs)) {
    if (token === '[' || token === '{') depth += 1;
    else if (token === ']' || token === '}') depth -= 1;
    if (depth > deepestLevel) return true;
  }
  return false;
}

/** The version of a document, which is one that can be read. */
function knownSchema(json: unknown, file: string, source: DocumentSource): string {
  if (typeof json !== 'object' || json === null || !('schema' in json)) {
    throw new UserError(`${file} is not a document of shardlab: it has no "schema"`, {
      exitCode: exitCodes.usage,
      hint: source.given,
    });
  }
  const known = source.schemas.find((schema) => schema === json.schema);
  if (known !== undefined) return known;
  const isOfKind = source.schemas.some((schema) => kindOf(schema) === kindOf(json.schema));
  throw new UserError(
    `${file}: schema is ${JSON.stringify(json.schema)}; known: ${source.schemas.join(', ')}`,
    {
      exitCode: exitCodes.usage,
      hint: isOfKind
        ? `Read it with the version of shardlab that wrote it, or ${source.again}.`
        : `It is another kind of document. ${source.given}`,
    },
  );
}

/** `shardlab/result` of `shardlab/result/v2`. */
const kindOf = (schema: unknown): string => String(schema).replace(/\/v\d+$/, '');

export function invalidDocument(
  file: string,
  problems: readonly string[],
  { again }: DocumentSource,
): UserError {
  const noun = problems.length === 1 ? 'problem' : 'problems';
  const lines = problems.map((problem) => `  ${problem}`).join('\n');
  return new UserError(`${file} has ${problems.length} ${noun}:\n${lines}`, {
    exitCode: exitCodes.usage,
    hint: `Documents should not be edited by hand; to get a new one, ${again}.`,
  });
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly input?: unknown;
}

/** `cells[2].shards[0].writeQps: what is wrong (found ...)`. */
export function describeIssue(issue: Issue): string {
  const found = issue.input === undefined || typeof issue.input === 'object';
  const value = found ? '' : ` (found ${JSON.stringify(issue.input)})`;
  return `${pathOf(issue.path)}: ${issue.message}${value}`;
}

function pathOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return '(document)';
  return path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`;
      return index === 0 ? String(part) : `.${String(part)}`;
    })
    .join('');
}
