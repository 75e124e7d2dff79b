import type { Analysis } from '../../sql/analysis.ts';
import type { Instance } from '../../sql/blocks.ts';
import type { Cond, Term } from '../../sql/terms.ts';

/** A parameter that is compared with a column of one use of a table. */
export interface BoundParameter {
  /** Index of the use among those of the statement. */
  readonly instance: number;
  readonly table: string;
  readonly column: string;
  readonly by: 'equal' | 'list' | 'low' | 'high';
}

/** By number; what is compared with several columns is bound by each of them. */
export function boundParameters({
  instances,
}: Analysis): ReadonlyMap<number, readonly BoundParameter[]> {
  const found = new Map<number, BoundParameter[]>();
  const add = (number: number, term: Term, by: BoundParameter['by']): void => {
    const instance = term.kind === 'column' ? instances[term.instance] : undefined;
    const table = tableOf(instance);
    if (term.kind !== 'column' || table === undefined) return;
    const bound = { instance: term.instance, table, column: term.column, by };
    const before = found.get(number) ?? [];
    const isKnown = before.some(
      (each) => each.instance === bound.instance && each.column === bound.column,
    );
    if (!isKnown) found.set(number, [...before, bound]);
  };
  const seen = new Set<Cond>();
  const look = (conds: readonly Cond[]): void => {
    for (const cond of conds) {
      if (seen.has(cond)) continue;
      seen.add(cond);
      lookAt(cond, add);
      if (cond.kind === 'either') for (const branch of cond.branches) look(branch);
    }
  };
  for (const { conds } of instances) look(conds);
  return found;
}

const tableOf = (instance: Instance | undefined): string | undefined =>
  instance?.table ?? undefined;

function lookAt(
  cond: Cond,
  add: (number: number, term: Term, by: BoundParameter['by']) => void,
): void {
  if (cond.kind === 'either') return;
  const [one, other] =
    cond.kind === 'equal'
      ? [cond.left, cond.right]
      : cond.kind === 'list'
        ? [cond.term, cond.list]
        : [cond.term, cond.bound];
  if (other.kind === 'parameter') add(other.number, one, cond.kind);
  if (one.kind === 'parameter' && cond.kind === 'equal') add(one.number, other, 'equal');
}
