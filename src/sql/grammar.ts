// libpg_query: the parser of Postgres 18 itself, compiled to WebAssembly.
import type { ParseResult } from 'libpg-query';
import type { SqlFault } from '../scenario/vocabulary.ts';
import { type Tokens, tokensOf } from './tokens.ts';
import { unitsOfBytes } from './utf8-places.ts';

/** SQL as Postgres reads it. */
export interface Grammar {
  parse(sql: string): ParsedSql | { readonly fault: SqlFault };
  tokens(sql: string): Tokens;
  /**
   * The same for statements that differ only in constants, in the length of lists of them, and in
   * the order of what has none; null for what it cannot read. The names of tables stand behind it:
   * the library takes `from orders o` and `from offers o` for the same, and t_10 for t_11.
   */
  fingerprint(sql: string): string | null;
}

export interface ParsedSql {
  readonly tree: ParseResult;
}

/** Takes 20 to 120 ms: for those who have SQL to read. */
export async function loadGrammar(): Promise<Grammar> {
  const library = await import('libpg-query');
  const { parseSync, scanSync, fingerprintSync, hasSqlDetails } = library;
  await library.loadModule();
  return {
    tokens: (sql) => tokensOf(sql, scanSync),
    fingerprint: (sql) => {
      if (sql.includes('\0')) return null;
      try {
        const found = fingerprintSync(sql);
        // Some faults it throws as plain errors, others it answers in place of a fingerprint.
        if (!/^[0-9a-f]{16}$/.test(found)) return null;
        return [found, ...tableNames(parseSync(sql))].join(' ');
      } catch (error) {
        if (error instanceof Error) return null;
        throw error;
      }
    },
    parse: (sql) => {
      const nul = sql.indexOf('\0');
      // The parser, which is C, would see the end there.
      if (nul !== -1)
        return { fault: { message: 'a NUL character, which SQL cannot hold', at: nul } };
      // It takes no empty text, Postgres does.
      if (sql === '') return { tree: { version: 0, stmts: [] } };
      try {
        const tree = parseSync(sql);
        const stray = parameterAfterType(tree);
        return stray === undefined ? { tree } : { fault: strayFault(stray, sql) };
      } catch (error) {
        if (error instanceof RangeError) return { fault: { message: tooDeep, at: 0 } };
        if (!hasSqlDetails(error)) throw error;
        const characters = error.sqlDetails?.cursorPosition ?? 0;
        return { fault: { message: error.message, at: unitsOf(sql, characters) } };
      }
    },
  };
}

/** Of tables and CTEs, with their schemas as far as they are written, in an order of the tree's. */
function tableNames(tree: unknown): string[] {
  const names: string[] = [];
  const waiting = [tree];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (typeof node !== 'object' || node === null) continue;
    const { schemaname, relname } = node as { schemaname?: string; relname?: string };
    if (relname !== undefined) names.push([schemaname ?? [], relname].flat().join('.'));
    waiting.push(...Object.values(node));
  }
  return names;
}

const tooDeep = 'the statement is nested too deeply, or one of its lists of + or of || is too long';

/** Postgres counts characters; those beyond U+FFFF take two UTF-16 units. */
function unitsOf(sql: string, characters: number): number {
  let at = 0;
  for (let seen = 0; seen < characters && at < sql.length; seen += 1) {
    at += (sql.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  }
  return at;
}

interface ParameterRef {
  readonly number: number;
  /** In bytes of UTF-8. */
  readonly location: number;
}

/**
 * The library's one addition to the grammar that hides a common mistake: it takes `where a $1` (no
 * =) for a constant of type a. Postgres wants a quoted text there. Such a cast, unlike a:: and
 * cast(), has no place of its own.
 */
function parameterAfterType(tree: unknown): ParameterRef | undefined {
  const waiting = [tree];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (typeof node !== 'object' || node === null) continue;
    const { TypeCast: cast } = node as { TypeCast?: TypeCast };
    if (cast?.location === -1 && cast.arg?.ParamRef !== undefined) return cast.arg.ParamRef;
    waiting.push(...Object.values(node));
  }
  return undefined;
}

interface TypeCast {
  readonly arg?: { readonly ParamRef?: ParameterRef };
  readonly location?: number;
}

function strayFault({ number, location }: ParameterRef, sql: string): SqlFault {
  const at = unitsOfBytes(sql)(location);
  return { message: `syntax error at or near "$${number}"`, at };
}
