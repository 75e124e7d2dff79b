import type { ComparisonDocument } from '../../result/comparison-document.ts';
import { integer } from '../../wording/format.ts';
import { inline } from '../markdown.ts';
import { name, sentence } from '../text.ts';
import { claimedOf, comparisonAnswer } from './answer.ts';
import { shownDifferences } from './rows.ts';
import { changeText, intervalText, metricText, sideText, tagsText, verdictText } from './values.ts';

/** A comment of a pull request has room for 65,536 characters. */
const shownRows = 100;

/** The comparison as a summary for a pull request, in GitHub's Markdown. */
export function comparisonSummary(document: ComparisonDocument): string {
  const [a, b] = [document.sides[0], document.sides.at(-1)];
  const parts = [
    `## shardlab compare: ${wordOf(document)}`,
    [a, b]
      .map((side, index) =>
        side === undefined ? '' : `- ${'ab'[index]}: ${inline(sideText(side))}`,
      )
      .join('\n'),
    comparisonAnswer(document)
      .map((text) => inline(sentence(text)))
      .join('\n\n'),
    document.notes.map(({ text }) => `- ${inline(sentence(text))}`).join('\n'),
    differencesTable(document),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function wordOf(document: ComparisonDocument): string {
  const claimed = claimedOf(document);
  const worse = claimed.filter(({ verdict }) => verdict === 'worse').length;
  if (worse > 0) return `${integer(worse)} worse`;
  return claimed.length > 0 ? `${integer(claimed.length)} better` : 'nothing claimed';
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function differencesTable(document: ComparisonDocument): string {
  const all = shownDifferences(document);
  if (all.length === 0) return '';
  const rows = all
    .slice(0, shownRows)
    .map((each) =>
      row([
        inline(name(each.strategy)),
        inline(each.metric),
        inline(tagsText(each.tags)),
        metricText(each.metric, each.a),
        metricText(each.metric, each.b),
        changeText(each.ratio),
        each.interval === null ? 'exact' : intervalText(each),
        each.verdict === 'worse' ? '**WORSE**' : verdictText(each),
      ]),
    );
  const more = all.length - rows.length;
  const heads = ['strategy', 'metric', 'of', 'a', 'b', 'b/a', 'interval', 'verdict'];
  const rules = ['---', '---', '---', '---:', '---:', '---:', '---', '---'];
  return [row(heads), row(rules), ...rows].join('\n') + (more > 0 ? `\n\nAnd ${more} more.` : '');
}
