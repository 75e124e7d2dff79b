import type { ComparisonDocument } from '../../result/comparison-document.ts';
import type { Difference } from '../../result/difference.ts';
import { junitXml, type TestCase } from '../junit-xml.ts';
import { changeText, intervalText, tagsText } from './values.ts';

/**
 * A comparison as JUnit XML: a case for each run of the compared sides, an error where its numbers
 * are not valid, and one for each difference that is claimed or could be.
 */
export function comparisonJunit(document: ComparisonDocument): string {
  const { differences, family, sides } = document;
  const judged = differences.filter(
    ({ metric, interval, verdict }) =>
      metric === family.metric || (interval === null && verdict !== 'not-comparable'),
  );
  const compared = [sides[0], sides.at(-1)].filter((side) => side !== undefined);
  return junitXml('shardlab', 'shardlab.compare', document.startedAt, [
    ...compared.flatMap(({ side, runs }) =>
      runs.map(
        ({ file, doubtful }): TestCase => ({
          name: `numbers of side ${side}: ${file}`,
          outcome: doubtful.length === 0 ? 'passed' : 'error',
          message: doubtful.join(', '),
          details: doubtful,
        }),
      ),
    ),
    ...judged.map(ofDifference),
  ]);
}

function ofDifference(each: Difference): TestCase {
  const of = tagsText(each.tags);
  const text = `side b is ${each.verdict}: ${changeText(each.ratio)} (${intervalText(each)})`;
  const why = each.note?.text ?? '';
  const claims = each.verdict === 'worse' || each.verdict === 'better';
  return {
    name: `${each.strategy}, ${each.metric}${of === '' ? '' : ` of ${of}`}`,
    outcome: outcomeOf(each),
    message: claims ? text : why,
    details: claims ? [text, ...(why === '' ? [] : [why])] : [why],
  };
}

/** What could not be judged is no pass. */
function outcomeOf({ verdict, primary, interval }: Difference): TestCase['outcome'] {
  if (verdict === 'worse') return 'failure';
  if (verdict === 'not-comparable') return 'skipped';
  return primary || interval === null ? 'passed' : 'skipped';
}
