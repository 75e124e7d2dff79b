import type { RunResult } from '../../result/types.ts';
import { isValid, verdictWord, withCellNames } from '../../result/cells.ts';
import { rate, significant } from '../../wording/format.ts';
import { headline } from '../headline.ts';
import { inline } from '../markdown.ts';
import { measuredAgainLines } from '../measured-again.ts';
import { name, sentence, visible } from '../text.ts';
import {
  thresholdCell,
  thresholdCells,
  thresholdSummary,
  thresholdValueText,
} from '../threshold-lines.ts';

/** A comment of a pull request has room for 65,536 characters. */
const shownLimits = 200;

/** A run as a summary for a pull request: whether it passes first, in GitHub's Markdown. */
export function runMarkdown(stored: RunResult): string {
  const result = withCellNames(stored);
  const { environment, thresholds = [] } = result;
  const { cpu, cores, os, node, fleet } = environment;
  const parts = [
    `## shardlab ${inline(name(result.name))}: ${wordOf(result)}`,
    thresholds.length === 0 ? '' : thresholdSummary(thresholds),
    limitsTable(stored),
    headline(result)
      .map((line) => inline(sentence(line)))
      .join('\n\n'),
    measuredAgainLines(result).map(inline).join('\n\n'),
    cellsTable(result),
    inline(`${cpu}, ${cores} cores, ${os}, Node ${node}, shards: ${fleet}; ${result.startedAt}`),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** As the exit code has it: where numbers are not valid, limits say nothing. */
function wordOf({ cells, thresholds = [] }: RunResult): string {
  const whole = cells.filter(({ status }) => status === 'ok');
  if (!whole.every(isValid)) return 'NOT VALID';
  const ended = thresholds.some(({ endedAtMs }) => endedAtMs !== undefined);
  const broken = cells.find(({ status }) => status !== 'ok');
  if (broken !== undefined && !ended) return broken.status.toUpperCase();
  if (thresholds.length === 0) return 'VALID';
  return thresholds.every(({ ok }) => ok) ? 'PASS' : 'FAILED';
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function limitsTable({ thresholds = [] }: RunResult): string {
  if (thresholds.length === 0) return '';
  const cells = thresholdCells(thresholds);
  const inOrder = thresholds.toSorted((a, b) => Number(a.ok) - Number(b.ok));
  const rows = inOrder
    .slice(0, shownLimits)
    .map((each) =>
      row([
        inline(visible(each.expression)),
        inline(thresholdCell(each, cells)),
        inline(thresholdValueText(each)),
        each.ok ? 'kept' : '**BROKEN**',
        inline(sentence(each.note.text)),
      ]),
    );
  const more = thresholds.length - rows.length;
  const heads = ['limit', 'strategy', 'value', 'outcome', 'note'];
  const rules = ['---', '---', '---:', '---', '---'];
  return [row(heads), row(rules), ...rows].join('\n') + (more > 0 ? `\n\nAnd ${more} more.` : '');
}

function cellsTable({ cells }: RunResult): string {
  if (cells.length === 0) return '';
  const orDash = (value: number | null | undefined, format: (value: number) => string): string =>
    value === null || value === undefined ? '—' : format(value);
  const heads = ['strategy', 'verdict', 'accepted/s', 'p50 ms', 'p99 ms', 'max/mean'];
  const rules = ['---', '---', '---:', '---:', '---:', '---:'];
  const rows = cells.map((cell) =>
    row([
      inline(name(cell.strategy)),
      verdictWord(cell),
      orDash(cell.load?.acceptedQps, rate),
      orDash(cell.overall?.responseMs.p50, significant),
      orDash(cell.overall?.responseMs.p99, significant),
      orDash(cell.imbalance?.writeQps.maxOverMean, significant),
    ]),
  );
  return [row(heads), row(rules), ...rows].join('\n');
}
