import type { Layout } from '../../scenario/layout-types.ts';
import type { Scenario } from '../../scenario/types.ts';
import { layoutsOf } from '../../sql/layouts.ts';
import type { StatementReader } from '../../sql/sql-reader.ts';
import type { TenantText } from '../../workload/tenants.ts';

/** Where the tables of a scenario lie, by the name of the shard key; none in the short form. */
export function tableLayouts(
  { tables, operations, strategies, tenants }: Scenario,
  file: TenantText | null,
  reader: StatementReader,
): ReadonlyMap<string, Layout> {
  if (tables === undefined) return new Map();
  const count = tenants.distribution === 'file' ? linesOf(file?.text ?? '') : tenants.count;
  return layoutsOf({ set: tables, operations, strategies, tenants: count, reader });
}

/** Without the head. */
function linesOf(text: string): number {
  return Math.max(0, text.split('\n').filter((line) => line.trim() !== '').length - 1);
}
