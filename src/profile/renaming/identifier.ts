import type { Grammar } from '../../sql/grammar.ts';
import type { SqlToken } from '../../sql/tokens.ts';

/** The name that a token stands for, as Postgres folds it; undefined: it is none. */
export function nameOfToken({ kind, text }: SqlToken): string | undefined {
  if (text.startsWith('"')) return text.slice(1, -1).replaceAll('""', '"');
  return kind === 'word' ? text.toLowerCase() : undefined;
}

/** A name as SQL has it: in quotes only where it must be. */
export function identifier(name: string, grammar: Grammar): string {
  const [only, other] = /^[a-z_][a-z0-9_]*$/.test(name) ? grammar.tokens(name).tokens : [];
  const isPlain = only?.kind === 'word' && only.operand && other === undefined;
  // Words such as these may stand at the end of an operand, but are no names.
  const isKeyword = ['end', 'null', 'true', 'false'].includes(name);
  return isPlain && !isKeyword ? name : `"${name.replaceAll('"', '""')}"`;
}
