import type { CellWork } from '../result/cell-work.ts';
import type { Cell, RunResult } from '../result/types.ts';
import { listed, ratio, significant } from '../wording/format.ts';
import { name } from './text.ts';

/** How many databases' work the cells do: `2.76`, or from the worst to the best over salts. */
export function capacityText(...cells: readonly Cell[]): string {
  const ends = cells.flatMap(({ work }) => {
    if (work === undefined) return [];
    const { placement, band } = work.relativeCapacity;
    return band === null ? [placement] : [band.p5, band.p95];
  });
  if (ends.length === 0) return '—';
  const low = ratio(Math.min(...ends));
  const high = ratio(Math.max(...ends));
  return low === high ? low : `${low} to ${high}`;
}

const costsShown = 6;

/** What counts as work, a sentence; none where nothing knows of work. */
export function costSentence({ cells, source }: RunResult): readonly string[] {
  const work = cells.find((cell) => cell.work !== undefined)?.work;
  if (work === undefined) return [];
  const of = (costSource: string) => work.operations.filter((one) => one.costSource === costSource);
  const given = of('given');
  const measured = of('measured');
  const unit = 'One database without shards does the work of 1';
  if (given.length + measured.length === 0) {
    return [`${unit}; each operation counts as the same work, for its cost is not known.`];
  }
  const parts = [
    ...costsOf(`as ${source}`, measured),
    ...costsOf('as the scenario gives it', given),
    ...(of('unmeasured').length === 0 ? [] : ['1 for every other operation']),
  ];
  return [`${unit}; each operation counts with its cost, ${parts.join('; ')}.`];
}

function costsOf(how: string, operations: CellWork['operations']): readonly string[] {
  if (operations.length === 0) return [];
  const parts = operations.slice(0, costsShown).map(({ operation, cost, scan }) => {
    return `${name(operation)} ${significant(cost)}${scan ? ' (scan)' : ''}`;
  });
  const more = operations.length - parts.length;
  return [`${how}: ${listed(more > 0 ? [...parts, `${more} more`] : parts)}`];
}

/** Why a cell has no band over salts; for a dash or between brackets. */
export function whyNoBand({ hash }: Cell): string {
  if (hash === null) return 'this router uses no hash, so it has one placement';
  if (hash === 'identity') return 'the hash identity takes no salt, so it has one placement';
  return 'placements with other salts were not counted';
}
