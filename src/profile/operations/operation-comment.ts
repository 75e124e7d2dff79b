import { counted, percent } from '../../wording/format.ts';
import type { CheckedDraft } from './checked-drafts.ts';
import { worksIn } from './operation-plan.ts';

const because: Readonly<Record<string, string>> = {
  empty: 'Perhaps no row matches: none such was loaded, or an operation has deleted it.',
  '23505': 'A value that has to be unique may be there already (23505).',
  '23503': 'A row that it points to may be gone, or rows may still point to it (23503).',
};

/** Where the numbers of an operation come from, in lines. */
export function operationComment(
  { plan, statements, standsFor }: CheckedDraft,
  whole: number,
  expect: readonly string[],
): string {
  const works = worksIn(plan);
  const share = whole === 0 ? 0 : plan.calls / whole;
  const all = `${counted(Math.round(plan.calls), 'call')}, ${percent(share)} of all`;
  const time = meanText(works.map(({ meanMs, calls }) => ({ meanMs, calls })));
  const lead = plan.isTransaction
    ? `${counted(Math.round(plan.count), 'transaction')} of ${all}${time}`
    : `${all}${time}`;
  const filled = [...new Set(statements.flatMap((each) => each.filled))];
  const several = statements.filter(({ times }) => times > 1);
  return [
    `${lead}.`,
    ...(standsFor > alikeLeast
      ? [`It stands for rare ones like it, too: ${percent(share * standsFor)} of all.`]
      : []),
    ...several.map(({ times }) => `One INSERT of ${times} rows, here ${times} of one row each.`),
    ...(filled.length === 0
      ? []
      : [`Here it has values of ${filled.join(', ')}, which the database fills itself.`]),
    ...expect.map((word) => because[word] ?? word),
  ].join('\n');
}

/** Less is not worth a line. */
const alikeLeast = 1.05;

function meanText(
  works: readonly { readonly meanMs: number | null; readonly calls: number }[],
): string {
  const known = works.flatMap(({ meanMs, calls }) => (meanMs === null ? [] : [{ meanMs, calls }]));
  const calls = known.reduce((sum, each) => sum + each.calls, 0);
  if (calls === 0) return '';
  const total = known.reduce((sum, each) => sum + each.meanMs * each.calls, 0);
  return `, ${Number((total / calls).toPrecision(3))} ms each on average`;
}
