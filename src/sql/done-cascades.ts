import type { PointingColumns } from '../scenario/table-types.ts';
import { keySetOf } from './key-sets.ts';
import type { Cascade } from './placing.ts';
import type { StatementFacts } from './script-facts.ts';

/**
 * Whether one of the statements before has deleted (or changed) the rows below a deleted one by
 * itself: those that point to the same values, so that nothing is left for a cascade to do.
 */
export function doneBefore(
  { statement, analysis, parameters }: StatementFacts,
  before: readonly StatementFacts[],
): (cascade: Cascade) => boolean {
  const { deletedBelow } = statement;
  if (deletedBelow !== undefined) return (cascade) => includes(deletedBelow, cascade);
  const { block } = analysis;
  if (block?.kind !== 'write' || block.target === null) return () => false;
  const { target } = block;
  return ({ table, columns, references, deletes }) => {
    const parent = keySetOf(target, references, parameters);
    if (parent?.kind !== 'keys') return false;
    return before.some((each) => {
      const other = each.analysis.block;
      if (other?.kind !== 'write' || other.table !== table || other.target === null) return false;
      if (deletes && !other.deletes) return false;
      const below = keySetOf(other.target, columns, each.parameters);
      const known = below?.kind === 'keys' ? below.keys.map(({ identity }) => identity) : [];
      return parent.keys.every(({ identity }) => known.includes(identity));
    });
  };
}

const includes = (list: readonly PointingColumns[], { table, columns }: Cascade): boolean =>
  list.some((each) => each.table === table && each.columns.join() === columns.join());
