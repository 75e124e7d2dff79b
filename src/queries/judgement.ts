import type { Node, ParseResult } from 'libpg-query';
import type { StatementLayout } from '../scenario/layout-types.ts';
import { analyse } from '../sql/analysis.ts';
import { readApplicationSql } from '../sql/application-sql.ts';
import type { Grammar } from '../sql/grammar.ts';
import { numberedFacts } from '../sql/numbered-facts.ts';
import type { ReadStatement } from '../sql/sql-reader.ts';
import { statementFate } from '../sql/statement-fate.ts';
import { nodeOf, soleStatement } from '../sql/tree.ts';
import { type PassedOver, passedOver } from './passed-over.ts';
import type { QueryTables } from './query-tables.ts';

/** What becomes of one statement under a shard key. */
export type Judgement =
  /** It is none that reads or writes rows of tables. */
  | { readonly kind: 'passed over'; readonly as: PassedOver; readonly control?: 'begin' | 'end' }
  /** `at`: index into the statement as written, in UTF-16 units. */
  | { readonly kind: 'unread'; readonly message: string; readonly at: number }
  | { readonly kind: 'not judged'; readonly tables: readonly string[] }
  | JudgedStatement;

export interface JudgedStatement {
  readonly kind: 'judged';
  readonly layout: StatementLayout;
  /** By number, as they were written. */
  readonly parameters: readonly string[];
  /** Columns that the scenario does not have. */
  readonly unknownColumns: readonly string[];
}

/** A judgement, and what tells the statement from others; null where nothing does. */
export interface Judged {
  readonly judgement: Judgement;
  readonly fingerprint: string | null;
}

export function judge(sql: string, tables: QueryTables, grammar: Grammar): Judged {
  const read = readApplicationSql(sql, grammar);
  const judgement = judgementOf(read, tables);
  const isKnown = judgement.kind === 'judged' || judgement.kind === 'not judged';
  return { judgement, fingerprint: isKnown ? grammar.fingerprint(read.text) : null };
}

function judgementOf(read: ReadStatement, { catalog, placing }: QueryTables): Judgement {
  const { fault, names, tree } = read;
  if (fault !== undefined) return { kind: 'unread', ...fault };
  const node = soleStatement(tree);
  // Comments and nothing else.
  if (node === undefined) return { kind: 'passed over', as: 'settings' };
  const inner = wrapped(node) ?? node;
  const passed = passedOver(inner);
  if (passed !== null) return { kind: 'passed over', ...passed };
  const facts = numberedFacts({ names });
  const analysis = analyse({ ...read, tree: treeOf(inner) }, catalog, () => undefined);
  const unknown = analysis.unknown.filter(({ what }) => what === 'table');
  if (unknown.length > 0) return { kind: 'not judged', tables: namesIn(unknown) };
  const layout = statementFate(analysis, facts, placing);
  const unknownColumns = namesIn(analysis.unknown);
  return { kind: 'judged', layout, parameters: names, unknownColumns };
}

const namesIn = (problems: readonly { readonly name: string }[]): readonly string[] => [
  ...new Set(problems.map(({ name }) => name)),
];

const treeOf = (stmt: Node): ParseResult => ({ version: 0, stmts: [{ stmt }] });

/** The statement that another one is about; its places are those in the whole text. */
function wrapped(node: Node): Node | undefined {
  return (
    nodeOf(node, 'ExplainStmt')?.query ??
    nodeOf(node, 'PrepareStmt')?.query ??
    nodeOf(node, 'DeclareCursorStmt')?.query ??
    nodeOf(node, 'CopyStmt')?.query
  );
}
