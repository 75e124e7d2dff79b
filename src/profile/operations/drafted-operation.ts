import { OperationDraws } from './operation-draws.ts';
import type { OperationPlan, PlannedStep } from './operation-plan.ts';
import { worksIn } from './operation-plan.ts';
import type { TemplateWork } from './template-works.ts';
import { statementName } from './operation-names.ts';
import type { WrittenOperation, WrittenStep } from './written-operation.ts';
import { type WritingTables, writtenStatement } from './written-statement.ts';

/** An operation without what only all of them together say: its weight, what it may expect. */
export interface DraftedOperation {
  readonly plan: OperationPlan;
  readonly written: Omit<WrittenOperation, 'name' | 'weight' | 'comment' | 'expect'>;
  /** What it is to be called. */
  readonly wanted: string;
  /** Its statements in their order, each with what it was written from. */
  readonly statements: readonly DraftedStatement[];
}

export interface DraftedStatement {
  readonly work: TemplateWork;
  readonly sql: string;
  /** Columns of an INSERT that must have a value but are given none. */
  readonly missing: readonly string[];
  /** Columns of an INSERT that its template leaves to the database. */
  readonly filled: readonly string[];
  /** Rows of an INSERT of several. */
  readonly times: number;
}

/** @param isOther whether second rows of a table are of another tenant */
export function draftedOperation(
  plan: OperationPlan,
  tables: WritingTables,
  isOther: boolean,
): DraftedOperation {
  const draws = new OperationDraws(tables.tree);
  const isRepeated = ({ from, to }: PlannedStep): boolean => from !== 1 || to !== 1;
  const write = (work: TemplateWork, own: OperationDraws): DraftedStatement => {
    const written = writtenStatement(work, tables, own, isOther);
    return { work, ...written, times: Math.min(written.times, 1000) };
  };
  // What the operation draws goes before what repetitions draw, for these see it.
  const plain = plan.steps.map((step) =>
    isRepeated(step) ? [] : step.works.map((work) => write(work, draws)),
  );
  const written = plan.steps.map((step, index) => {
    if (!isRepeated(step)) return plainSteps(plain[index] ?? []);
    const inner = new OperationDraws(tables.tree, draws);
    const statements = step.works.map((work) => write(work, inner));
    const sqls = statements.map(({ sql }) => sql);
    const repeat = step.from === step.to ? String(step.from) : `${step.from}..${step.to}`;
    return { steps: [{ repeat, draw: inner.entries, statements: sqls }], statements };
  });
  const kind = worksIn(plan).some((work) => writes(work, tables)) ? 'write' : 'read';
  return {
    plan,
    written: {
      kind,
      ...(plan.isTransaction && { transaction: 'interactive' as const }),
      draw: draws.entries,
      statements: written.flatMap(({ steps }) => steps),
    },
    wanted: wantedName(plan, kind, tables),
    statements: written.flatMap(({ statements }) => statements),
  };
}

function plainSteps(statements: readonly DraftedStatement[]): {
  readonly steps: readonly WrittenStep[];
  readonly statements: readonly DraftedStatement[];
} {
  const steps = statements.map(
    ({ sql, times }): WrittenStep =>
      times > 1 ? { repeat: String(times), draw: {}, statements: [sql] } : sql,
  );
  return { steps, statements };
}

/** Whether it writes rows or locks those that it reads. */
function writes({ sql }: TemplateWork, { analyst }: WritingTables): boolean {
  const { block, locks, writes: inner } = analyst.of(sql).analysis;
  return locks || block?.kind === 'write' || inner.length > 0;
}

function wantedName(
  plan: OperationPlan,
  kind: WrittenOperation['kind'],
  tables: WritingTables,
): string {
  const works = worksIn(plan);
  const [first] = works;
  if (!plan.isTransaction && first !== undefined) return statementName(first.sql, tables);
  const used = works.flatMap(({ sql }) => {
    const { instances, block } = tables.analyst.of(sql).analysis;
    if (kind === 'write') return block?.kind === 'write' ? (block.table ?? []) : [];
    return instances.flatMap(({ table }) => table ?? []);
  });
  return [kind, ...[...new Set(used)].slice(0, 4)].join('_');
}
