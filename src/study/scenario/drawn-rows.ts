import { formatSize } from '../../base/units.ts';
import { rowsOf } from '../../workload/rows.ts';
import type { LoadedScenario } from './load-scenario.ts';

/** That a plan was made with fewer rows than there are; empty where all of them were drawn. */
export function drawnRowsNotes({
  scenario: { data },
  workload: { rows },
}: Pick<LoadedScenario, 'scenario' | 'workload'>): string[] {
  if (rows.standsFor === 1) return [];
  const { totalBytes, rowBytes } = data;
  return [
    `${formatSize(totalBytes)} (data.total) are ${whole(rowsOf(data))} rows of ` +
      `${formatSize(rowBytes)}. ${whole(rows.count)} rows were drawn, and each of them represents ` +
      `${rows.standsFor.toLocaleString('en-US', { maximumSignificantDigits: 4 })}. Shares of the ` +
      'rows are exact to about 0.1 %.',
  ];
}

const whole = (count: number): string => count.toLocaleString('en-US');
