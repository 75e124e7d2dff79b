import type { GateDocument } from '../../result/gate-document.ts';
import { inline } from '../markdown.ts';
import {
  columnsLegend,
  countersText,
  counterText,
  intervalText,
  nanosecondsText,
  noiseText,
  ratioText,
  timingText,
  verdictWords,
} from './rows.ts';

/** A comment of a pull request has room for 65,536 characters. */
const shownDifferences = 200;

/** The gate as a summary for a pull request: the verdict first, in GitHub's Markdown. */
export function gateMarkdown(document: GateDocument): string {
  const { verdict, counters, timing, notes, environment } = document;
  const { cpu, cores, os, node } = environment;
  const parts = [
    `## shardlab gate: ${verdictWords[verdict.status]}`,
    verdict.reasons.map(({ text }) => `- ${inline(text)}`).join('\n'),
    times(document),
    timing === null ? '' : `${inline(columnsLegend(timing))} ${inline(timingText(document))}`,
    `${inline(countersText(counters))}.`,
    differences(document),
    notes.map(({ text }) => `- ${inline(text)}`).join('\n'),
    inline(`${cpu}, ${cores} cores, ${os}, Node ${node}; ${document.startedAt}`),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function times({ timing }: GateDocument): string {
  if (timing === null) return '';
  const heads = ['router', 'base ns', 'head ns', 'ratio', 'interval', 'noise', 'pairs', 'verdict'];
  const rules = ['---', '---:', '---:', '---:', '---:', '---:', '---:', '---'];
  const rows = timing.routers.map((router) =>
    row([
      inline(router.router),
      ...nanosecondsText(router),
      ratioText(router.head),
      intervalText(router.head),
      noiseText(router),
      String(router.pairs),
      router.status === 'pass' ? 'pass' : `**${router.status}**`,
    ]),
  );
  return [row(heads), row(rules), ...rows].join('\n');
}

function differences({ counters }: GateDocument): string {
  if (counters.differences.length === 0) return '';
  const rows = counters.differences
    .slice(0, shownDifferences)
    .map(({ subject, counter, expected, found }) =>
      row([subject, counter, counterText(expected), counterText(found)].map(inline)),
    );
  const more = counters.differences.length - rows.length;
  const rest = more > 0 ? `\n\nAnd ${more} more.` : '';
  const heads = [row(['', 'counter', 'expected', 'found']), row(['---', '---', '---', '---'])];
  return [...heads, ...rows].join('\n') + rest;
}
