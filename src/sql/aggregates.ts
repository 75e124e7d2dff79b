import type { Node, SelectStmt } from 'libpg-query';
import { nodeOf, textsOf } from './tree.ts';

/** Of Postgres 18; another function with a star or DISTINCT, ORDER BY or FILTER is one as well. */
const aggregates = new Set(
  `any_value array_agg avg bit_and bit_or bit_xor bool_and bool_or corr count covar_pop covar_samp
cume_dist dense_rank every json_agg json_agg_strict json_object_agg json_object_agg_strict
json_object_agg_unique json_object_agg_unique_strict jsonb_agg jsonb_agg_strict jsonb_object_agg
jsonb_object_agg_strict jsonb_object_agg_unique jsonb_object_agg_unique_strict max min mode
percent_rank percentile_cont percentile_disc range_agg range_intersect_agg rank regr_avgx regr_avgy
regr_count regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy stddev stddev_pop
stddev_samp string_agg sum var_pop var_samp variance xmlagg`.split(/\s/),
);

/** Whether an aggregate over the rows of this statement is in an expression. */
export function isAggregate(node: Node | undefined): boolean {
  if (typeof node !== 'object' || node === null) return false;
  const call = nodeOf(node, 'FuncCall');
  if (call !== undefined && call.over === undefined) {
    const name = textsOf(call.funcname).at(-1) ?? '';
    const { agg_star, agg_distinct, agg_order, agg_filter, agg_within_group } = call;
    const marks = [agg_star, agg_distinct, agg_order, agg_filter, agg_within_group];
    if (aggregates.has(name) || marks.some((mark) => mark !== undefined)) return true;
  }
  if (nodeOf(node, 'JsonArrayAgg') !== undefined || nodeOf(node, 'JsonObjectAgg') !== undefined)
    return true;
  // Those of a sub-select are its own.
  if (nodeOf(node, 'SubLink') !== undefined) return isAggregate(nodeOf(node, 'SubLink')?.testexpr);
  return Object.values(node).some((below: unknown) =>
    Array.isArray(below)
      ? below.some((each) => isAggregate(each as Node))
      : isAggregate(below as Node),
  );
}

/** PARTITION BY of each window that a function of the statement looks through. */
export function windowsIn(select: SelectStmt): (readonly Node[])[] {
  const named = new Map(
    (select.windowClause ?? []).flatMap((node) => {
      const window = nodeOf(node, 'WindowDef');
      return window?.name === undefined ? [] : [[window.name, window] as const];
    }),
  );
  const found: (readonly Node[])[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const node = value as Node;
    if (nodeOf(node, 'SubLink') !== undefined) return;
    const over = nodeOf(node, 'FuncCall')?.over;
    if (over !== undefined) {
      const base = named.get(over.name ?? over.refname ?? '');
      found.push(over.partitionClause ?? base?.partitionClause ?? []);
    }
    for (const below of Object.values(value)) visit(below);
  };
  for (const node of [...(select.targetList ?? []), ...(select.sortClause ?? [])]) visit(node);
  return found;
}
