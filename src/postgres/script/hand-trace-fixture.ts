// Operations on two shards and where they go, by hand: what scripts on a target need of the layout,
// the routers and the rows of an arrival, without any of them.
import type { Layout, OperationLayout } from '../../scenario/layout-types.ts';
import type { Script, ScriptParameter, ScriptStatement } from '../../scenario/table-types.ts';
import type { Operation } from '../../scenario/types.ts';
import type { RoutePlan } from '../../traffic/route-plan.ts';
import type { OperationTrace } from '../../traffic/tables/trace.ts';
import type { ArrivalRows } from '../../workload/arrival-rows.ts';

export const shardCount = 2;

/** Of what goes to one shard the tenant's number decides which; `both` goes to both. */
type Where = 'tenant' | 'both' | 0 | 1;

export interface HandStatement {
  readonly sql: string;
  readonly where: Where;
  readonly parameters?: readonly ScriptParameter[];
  readonly as?: string;
  /** How often it runs. */
  readonly times?: number;
}

/** Columns of every arrival: its number, its tenant, and one that is NULL. */
export const column = (name: 'number' | 'tenant' | 'nothing'): ScriptParameter => ({
  kind: 'row',
  draw: 0,
  column: name,
  form: 'value',
});

export const answer = (statement: number, name: string): ScriptParameter => ({
  kind: 'answer',
  statement,
  column: name,
});

export interface HandOperation {
  readonly transaction: Script['transaction'];
  readonly statements: readonly HandStatement[];
  readonly rollsBack?: true;
}

/** As a scenario has it. */
export function operationOf(name: string, { transaction, statements, rollsBack }: HandOperation) {
  const script: Script = {
    transaction,
    draws: [],
    values: [],
    groups: [],
    statements: statements.map(
      ({ sql, parameters = [], as = null }): ScriptStatement => ({
        sql,
        text: sql,
        parameters,
        as,
        group: 0,
        path: [],
      }),
    ),
  };
  return {
    name,
    kind: 'write',
    weight: 1,
    statements: [],
    script,
    ...(rollsBack && { rollsBack }),
  } satisfies Operation;
}

/** All of it runs. */
export function handLayout(operations: readonly HandOperation[]): Layout {
  const layouts = operations.map(
    ({ statements }): OperationLayout => ({
      fate: 'single',
      runs: 'own',
      statements: statements.map(() => ({ fate: 'single', route: { to: 'all' }, locks: true })),
    }),
  );
  return { key: 'hand', tables: [], operations: layouts, lost: [] };
}

interface HandStep {
  readonly statement: number;
  readonly repetition: number;
  readonly shards: readonly number[];
}

export class HandTrace implements OperationTrace {
  readonly shardCount = shardCount;
  readonly script = null;
  readonly rows: ArrivalRows;
  private readonly operations: readonly HandOperation[];
  private steps: HandStep[] = [];
  private touched: number[] = [];
  private texts: Readonly<Record<string, string | null>> = {};

  constructor(operations: readonly HandOperation[]) {
    this.operations = operations;
    this.rows = {
      open: () => undefined,
      repetitions: () => 1,
      row: () => 0,
      rowCount: () => 1,
      text: (_draw, _repetition, _index, name) => this.texts[name] ?? null,
      valueText: () => '',
    };
  }

  open(operation: number, tenant: number, number: number): number {
    const { statements = [] } = this.operations[operation] ?? {};
    const own = tenant % shardCount;
    this.texts = { number: String(number), tenant: String(tenant) };
    this.steps = statements.flatMap(({ where, times = 1 }, statement) =>
      Array.from({ length: times }, (_, repetition) => ({
        statement,
        repetition,
        shards: where === 'both' ? [0, 1] : [where === 'tenant' ? own : where],
      })),
    );
    this.touched = [0, 1].filter((shard) =>
      this.steps.some(({ shards }) => shards.includes(shard)),
    );
    return this.touched.length;
  }

  get stepCount(): number {
    return this.steps.length;
  }

  get fanOut(): number {
    return this.touched.length;
  }

  get crossShard(): boolean {
    return this.fanOut > 1;
  }

  statementOf = (step: number): number => this.steps[step]?.statement ?? 0;
  repetitionOf = (step: number): number => this.steps[step]?.repetition ?? 0;
  shardCountOf = (step: number): number => this.steps[step]?.shards.length ?? 0;
  shardOf = (step: number, index: number): number => this.steps[step]?.shards[index] ?? 0;
  shardAt = (index: number): number => this.touched[index] ?? 0;
}

/** Routes as the trace says. */
export function handPlan(trace: HandTrace): RoutePlan {
  return {
    shardCount,
    get crossShard() {
      return trace.crossShard;
    },
    route(operation, tenant, row, shards, statements) {
      const fanOut = trace.open(operation, tenant, row);
      for (let i = 0; i < fanOut; i += 1) {
        shards[i] = trace.shardAt(i);
        statements[i] = 1;
      }
      return fanOut;
    },
  };
}
