import { present } from '../base/assert.ts';
import { type Fact, fact } from '../result/finding.ts';
import type { Fate } from '../result/table-result.ts';
import type { FateReason, Layout, OperationLayout } from '../scenario/layout-types.ts';
import type { Operation } from '../scenario/types.ts';

/** What a shard key makes of an operation on several tables, as documents have it. */
export interface OperationFate {
  readonly fate: Fate;
  /** Why it is not single, or why it runs by its way round. */
  readonly reason?: Fact;
  /** It runs by its way round. */
  readonly instead?: true;
}

/** In the order of the operations. */
export function operationFates(
  { operations: layouts }: Pick<Layout, 'operations'>,
  operations: readonly Operation[],
): readonly OperationFate[] {
  return operations.map((operation, index) => {
    const layout = present(layouts[index], 'layout of an operation');
    return fateOf({ operation, index, layout });
  });
}

interface LaidOutOperation {
  readonly operation: Operation;
  readonly index: number;
  readonly layout: OperationLayout;
}

function fateOf(laidOut: LaidOutOperation): OperationFate {
  const { fate, runs } = laidOut.layout;
  if (runs === 'instead') return { fate, reason: wayRound(laidOut), instead: true };
  const decisive = decisiveStatement(laidOut.layout);
  if (decisive === null) return { fate };
  return { fate, reason: statementFact(laidOut, decisive) };
}

interface DecisiveStatement {
  readonly statement: number;
  readonly reason: FateReason;
}

/** The first statement with the operation's fate that has a reason for it. */
function decisiveStatement({ fate, refused, statements }: OperationLayout) {
  if (fate === 'notRunnable' && refused !== undefined) return refused;
  if (fate === 'single' || fate === 'reference') return null;
  const statement = statements.findIndex((one) => one.fate === fate && one.reason !== undefined);
  const reason = statements[statement]?.reason;
  return reason === undefined ? null : { statement, reason };
}

function wayRound(laidOut: LaidOutOperation): Fact {
  const { operation, index, layout } = laidOut;
  const refused = layout.refused && statementFact(laidOut, layout.refused);
  return fact('operation-by-way-round', {
    numbers: refused?.numbers ?? {},
    names: {
      ...refused?.names,
      operation: operation.name,
      reasons: refused === undefined ? [] : [refused.code],
    },
    place: placeOf(index),
  });
}

/** Within the cell. */
const placeOf = (operation: number): string => `/operations/${operation}`;

function statementFact(
  { operation: { name, script }, index, layout }: LaidOutOperation,
  { statement, reason: { code, names, at } }: DecisiveStatement,
): Fact {
  const statements = script?.statements ?? [];
  const { sql = '' } = statements[statement] ?? {};
  const refused = layout.fate === 'notRunnable' || layout.runs === 'instead';
  return fact(code, {
    severity: layout.fate === 'notRunnable' ? 'error' : 'info',
    numbers: {
      statement: statements.length > 1 ? statement + 1 : null,
      ...(at !== undefined && lineAndColumn(sql, at)),
    },
    names: {
      operation: name,
      names,
      near: at === undefined ? null : wordsAt(sql, at),
      runs: refused ? 'no' : 'yes',
    },
    place: placeOf(index),
  });
}

/** Where it stands in the SQL, both from 1; one line of SQL needs no line. */
function lineAndColumn(sql: string, at: number) {
  const before = sql.slice(0, at).split('\n');
  const column = (before.at(-1)?.length ?? 0) + 1;
  return sql.trimEnd().includes('\n') ? { line: before.length, column } : { column };
}

const wordsShown = 40;

/** The SQL from there on, as much as a reader needs to find it. */
function wordsAt(sql: string, at: number): string {
  const rest = sql.slice(at).replaceAll(/\s+/g, ' ').trim();
  if (rest.length <= wordsShown) return rest;
  const cut = rest.slice(0, wordsShown).replace(/[\ud800-\udbff]$/, '');
  return `${cut.replace(/\s\S*$/, '')} …`;
}
