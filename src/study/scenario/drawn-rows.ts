import { type Fact, fact } from '../../result/finding.ts';
import { rowsOf } from '../../workload/rows.ts';
import type { LoadedScenario } from './load-scenario.ts';

/** That a plan was made with fewer rows than there are; empty where all of them were drawn. */
export function drawnRowsNotes({
  scenario: { data },
  workload: { rows },
}: Pick<LoadedScenario, 'scenario' | 'workload'>): Fact[] {
  if (rows.standsFor === 1) return [];
  const { totalBytes, rowBytes } = data;
  return [
    fact('rows-drawn', {
      numbers: {
        totalBytes,
        rowBytes,
        rows: rowsOf(data),
        drawnRows: rows.count,
        rowsPerDrawnRow: rows.standsFor,
      },
    }),
  ];
}
