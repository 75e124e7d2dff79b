import type { Cell, RunResult } from '../result/types.ts';
import { cellName, verdictWord } from '../result/cells.ts';
import { listed, percent } from '../wording/format.ts';
import { name } from './text.ts';

/** What of the workload a cell runs, where its strategy cannot run all of it. */

export const servesAll = ({ notRunnable }: Cell): boolean => (notRunnable?.fraction ?? 0) === 0;

export const servedFraction = ({ notRunnable }: Cell): number => 1 - (notRunnable?.fraction ?? 0);

const operationsNamed = 3;

/** `18 % of the workload (feed and search)`; null where nothing is left out. */
export function partsLeftOut({ notRunnable }: Cell): string | null {
  if (notRunnable === undefined || notRunnable.fraction === 0) return null;
  const names = notRunnable.operations.map(({ operation }) => name(operation));
  return `${percent(notRunnable.fraction)} of the workload (${listed(names, operationsNamed)})`;
}

const cellsNamed = 4;

/** Which cells run only a part of the workload, a sentence; none where all run all of it. */
export function servedSentence({ cells }: RunResult): readonly string[] {
  const partly = cells.filter((cell) => verdictWord(cell) !== 'FAILED' && !servesAll(cell));
  if (partly.length === 0) return [];
  const parts = partly
    .slice(0, cellsNamed)
    .map((cell) => `${name(cellName(cell, cells))} leaves out ${partsLeftOut(cell) ?? ''}`);
  const more = partly.length - parts.length;
  const others = more > 0 ? [`${more} more leave out a part`] : [];
  return [
    'Operations that a strategy cannot run on shards are not in its numbers: ' +
      `${[...parts, ...others].join('; ')}.`,
  ];
}
