import type { Operation } from '../../scenario/types.ts';
import type { CheckedDraft } from './checked-drafts.ts';
import { worksIn } from './operation-plan.ts';
import { layoutsByKey } from './statement-fates.ts';
import { wayRound } from './way-round.ts';
import { readBack } from './written-check.ts';
import type { WrittenOperation } from './written-operation.ts';
import type { WritingTables } from './written-statement.ts';

/**
 * Gives joins that cannot run by some key of the scenario the way round that an application takes
 * then.
 *
 * @param operations in the order of `drafts`
 */
export function withWaysRound(
  operations: readonly WrittenOperation[],
  drafts: readonly CheckedDraft[],
  tables: WritingTables,
): readonly WrittenOperation[] {
  const tried = operations.map((operation, index): [WrittenOperation, Operation] | undefined => {
    const works = drafts[index] === undefined ? [] : worksIn(drafts[index].plan);
    const [work] = works;
    const instead = works.length > 1 || work === undefined ? null : wayRound(work, tables);
    if (instead === null) return undefined;
    const written = {
      ...operation,
      instead,
      comment:
        `${operation.comment}\n` +
        'Where these tables do not lie together, the application joins their rows (`instead`).',
    };
    const read = readBack(written, tables);
    return 'problem' in read ? undefined : [written, read];
  });
  const found = tried.filter((each) => each !== undefined);
  if (found.length === 0) return operations;
  const layouts = layoutsByKey(
    found.map(([, operation]) => operation),
    tables,
  );
  const taken = new Map(found.map(([written], at) => [written, at]));
  return operations.map((operation, index) => {
    const written = tried[index]?.[0];
    const at = written === undefined ? undefined : taken.get(written);
    if (written === undefined || at === undefined) return operation;
    const isUsed = layouts.some((layout) => layout.operations[at]?.runs === 'instead');
    return isUsed ? written : operation;
  });
}
