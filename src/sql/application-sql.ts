import type { Grammar } from './grammar.ts';
import { numberPlaceholders } from './placeholders.ts';
import type { ReadStatement } from './sql-reader.ts';
import { unitsOfBytes } from './utf8-places.ts';

/**
 * One statement as an application writes it, with placeholders of any library; it is read anew each
 * time, for a folder of SQL may have more of them than should be kept.
 */
export function readApplicationSql(sql: string, grammar: Grammar): ReadStatement {
  const { tokens } = grammar.tokens(sql);
  const { text, names, writtenAt } = numberPlaceholders(sql, tokens);
  const verb = tokens.find(({ kind }) => kind === 'word')?.text.toLowerCase() ?? '';
  const toUnits = unitsOfBytes(text);
  const placeOf = (bytes: number): number => writtenAt(toUnits(bytes));
  const read = { sql, text, names, verb, problems: [], placeOf };
  const parsed = grammar.parse(text);
  if ('tree' in parsed) return { ...read, tree: parsed.tree };
  const { message, at } = parsed.fault;
  return { ...read, fault: { message, at: writtenAt(at) }, tree: null };
}
