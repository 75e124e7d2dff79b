import { contentOf } from '../../result/finding-content.ts';
import type { CostRow, GrowthDocument } from '../../result/growth-document.ts';
import { name, sentence } from '../text.ts';
import { counted } from '../../wording/format.ts';

/** Why plans are not sound, in the document's words: those with one cause in one sentence. */
export function doubtfulPlans(
  { cost }: GrowthDocument,
  statuses: readonly CostRow['verdict']['status'][],
): readonly string[] {
  return statuses.flatMap((status) => {
    const rows = cost.filter(({ verdict }) => verdict.status === status);
    const byCause = Map.groupBy(rows, (row) => `${row.shardCount} ${causeContent(row)}`);
    return [...byCause.values()].map((own) => `${status}: ${namesOf(own)}`);
  });
}

/** The numbers before it stand in the table. */
const causeOf = ({ verdict }: CostRow): string => sentence(verdict.reasons.at(-1)?.text ?? '');

function causeContent({ verdict }: CostRow): string {
  const cause = verdict.reasons.at(-1);
  return cause === undefined ? '' : contentOf(cause);
}

function namesOf(rows: readonly CostRow[]): string {
  const [row] = rows;
  if (row === undefined) return '';
  const names = rows.map(({ strategy }) => name(strategy ?? '')).join(', ');
  const what =
    row.strategy === null ? 'one instance' : `${counted(row.shardCount, 'shard')} with ${names}`;
  return `${what}: ${causeOf(row)}`;
}
