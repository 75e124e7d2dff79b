import { present } from '../../base/assert.ts';
import type { Draw, DrawFrom, DrawnValue, Repeat, Script } from '../../scenario/table-types.ts';
import type { Operation } from '../../scenario/types.ts';
import { below, saltOf } from '../mix.ts';
import type { Workload } from '../types.ts';
import { dayText, plainText, type RowText } from './plain-values.ts';
import { type AmongTenants, amongTenants } from './among-tenants.ts';
import { nodeOf, type TableNode } from './table-tree.ts';
import { type TenantRows, tenantRows } from './tenant-rows.ts';

/** A draw of a script with all that it needs at hand. */
export interface PlannedDraw {
  readonly node: TableNode;
  readonly group: number;
  readonly from: DrawFrom;
  readonly rows: number;
  /** Whether its rows are adjacent, because statements name it by its first and last one. */
  readonly adjacent: boolean;
  /** Of the seed, the operation and the draw. */
  readonly salt: number;
  /** Added to what NURand draws; the same in the whole run. */
  readonly shift: number;
  /** Loaded rows of each tenant; null for a table without, and where none is drawn. */
  readonly byTenant: TenantRows | null;
  /** Of a new row: how many of its table come before it in the same arrival. */
  readonly before: number;
  /** Of a new row below a new one: how many stand below that one before it. */
  readonly siblings: number;
  /** Of a new row below a new one: whether that one is made anew in each repetition too. */
  readonly withParent: boolean;
}

export interface PlannedValue {
  readonly group: number;
  readonly salt: number;
  /** By the tenant and a word that stands for the arrival and the repetition. */
  readonly text: RowText;
}

export interface PlannedScript {
  /** Whose arrivals it runs for; null: all tenants'. */
  readonly among: AmongTenants | null;
  readonly draws: readonly PlannedDraw[];
  readonly values: readonly PlannedValue[];
  readonly repeats: readonly {
    readonly repeat: Repeat;
    readonly salt: number;
    /** Of children: the table whose rows they are. */
    readonly node: TableNode | null;
  }[];
}

/** The script's own rows and those of its way round are the same where draws have the same name. */
export function planScript(
  workload: Workload,
  nodes: ReadonlyMap<string, TableNode>,
  operation: Operation,
  script: Script,
): PlannedScript {
  const { seed } = workload;
  return {
    among: amongTenants(workload, nodes, operation),
    draws: script.draws.map((draw, index) =>
      planDraw(workload, nodes, operation, script, draw, index),
    ),
    values: script.values.map(({ name, group, generator }) => {
      const salt = saltOf(seed, `${operation.name}/value/${name}`);
      return { group, salt, text: valueText(generator, salt, workload) };
    }),
    repeats: script.groups.map(({ repeat }, group) => ({
      repeat,
      salt: saltOf(seed, `${operation.name}/group/${group}`),
      node: repeat.kind === 'children' ? nodeOf(nodes, repeat.table) : null,
    })),
  };
}

/** Days are equally likely: there is no order in which the values come. */
function valueText(
  generator: DrawnValue['generator'],
  salt: number,
  { tenants }: Workload,
): RowText {
  if (generator.kind !== 'date') return plainText(generator, salt, tenants, 0);
  const { fromDay, toDay } = generator;
  return (_, word) => dayText(fromDay + below(word, toDay - fromDay + 1));
}

function planDraw(
  workload: Workload,
  nodes: ReadonlyMap<string, TableNode>,
  operation: Operation,
  script: Script,
  draw: Draw,
  index: number,
): PlannedDraw {
  const { name, table, group, from, rows } = draw;
  const { seed, tenants } = workload;
  const node = nodeOf(nodes, table);
  const a = from.kind === 'nurand' ? from.a : 0;
  const parent =
    from.kind === 'new' && from.parent !== null ? script.draws[from.parent] : undefined;
  return {
    node,
    group,
    from,
    rows,
    adjacent: isRange(script, index),
    salt: saltOf(seed, `${operation.name}/draw/${name}`),
    shift: saltOf(seed, `nurand/${table}`) % (a + 1),
    byTenant: drawsByTenant.has(from.kind) ? tenantRows(node, tenants.count) : null,
    before: newRowsBefore(script, index, (other) => other.table === table, true),
    siblings: newRowsBefore(
      script,
      index,
      (other) =>
        other.table === table &&
        from.kind === 'new' &&
        other.from.kind === 'new' &&
        other.from.parent === from.parent,
      parent?.group !== group,
    ),
    withParent: parent?.group === group,
  };
}

const drawsByTenant: ReadonlySet<DrawFrom['kind']> = new Set([
  'tenant',
  'remote',
  'sameTenant',
  'nurand',
  'new',
]);

function isRange({ statements }: Script, draw: number): boolean {
  return statements.some(({ parameters }) =>
    parameters.some(
      (parameter) =>
        parameter.kind === 'row' &&
        parameter.draw === draw &&
        (parameter.form === 'from' || parameter.form === 'to'),
    ),
  );
}

/** @param repeated whether the repetitions of a group count */
function newRowsBefore(
  { draws, groups }: Script,
  index: number,
  counts: (draw: Draw) => boolean,
  repeated: boolean,
): number {
  let before = 0;
  for (const draw of draws.slice(0, index)) {
    if (draw.from.kind !== 'new' || !counts(draw)) continue;
    before +=
      draw.rows * (repeated ? mostRepetitions(present(groups[draw.group], 'group').repeat) : 1);
  }
  return before;
}

function mostRepetitions(repeat: Repeat): number {
  return repeat.kind === 'times' ? repeat.to : repeat.limit;
}

/** The most new rows of a table that one arrival of any operation can make. */
export function mostNewRows(operations: readonly Operation[], table: string): number {
  const scripts = operations.flatMap(({ script, instead }) => [script, instead]);
  return scripts.reduce((most, script) => {
    if (script === undefined) return most;
    const own = newRowsBefore(script, script.draws.length, (draw) => draw.table === table, true);
    return Math.max(most, own);
  }, 0);
}
