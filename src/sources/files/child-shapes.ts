import type { ChildShape } from '../../profile/evidence.ts';
import { type CountOfCounts, quantiles } from './count-shape.ts';
import type { FileEngine } from './file-engine.ts';
import type { FileRows } from './file-rows.ts';

/**
 * Rows of `child` by each row of the other files whose only identifying column it has under the
 * same name. A column that identifies the child's own rows points nowhere: every file has an `id`.
 */
export async function childShapes(
  engine: FileEngine,
  child: FileRows,
  others: readonly FileRows[],
): Promise<ChildShape[]> {
  const shapes: ChildShape[] = [];
  for (const parent of others) {
    const [key] = parent.evidence.primary;
    if (key === undefined || parent === child || child.evidence.primary[0] === key) continue;
    const pair = { parent: parent.column(key), child: child.column(key) };
    if (pair.parent === null || pair.child === null) continue;
    if (pair.parent.type !== pair.child.type) continue;
    const counts = await engine.query(`select coalesce(c.n, 0)::double as size,
        count(*)::double as parents
      from ${parent.loaded.table} as p left join (select ${pair.child.sql} as k, count(*) as n
        from ${child.loaded.table} where ${pair.child.sql} is not null group by k) as c
      on c.k = p.${pair.parent.sql} group by size order by size`);
    const ascending = counts.map((each) => ({
      rows: Number(each['size']),
      values: Number(each['parents']),
    }));
    shapes.push(shapeOf(parent.evidence.name, child.evidence.name, key, ascending));
  }
  return shapes;
}

function shapeOf(
  parent: string,
  child: string,
  column: string,
  ascending: readonly CountOfCounts[],
): ChildShape {
  const parents = ascending.reduce((sum, { values }) => sum + values, 0);
  const children = ascending.reduce((sum, { rows, values }) => sum + rows * values, 0);
  const [least] = ascending;
  return {
    parent,
    child,
    columns: [column],
    basis: 'exact',
    parents,
    childless: least?.rows === 0 ? least.values / parents : 0,
    mean: children / parents,
    quantiles: quantiles(ascending, parents),
  };
}
