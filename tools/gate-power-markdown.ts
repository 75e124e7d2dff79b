import { powerConditions, type PowerRow, type PowerRun } from './gate-power-summary.ts';
import type { MachineFacts } from '../src/host/environment.ts';

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function shareOf(count: number, { runs }: PowerRow, interval: PowerRow['passShare']): string {
  return `${count} of ${runs} (${percent(interval.low)} to ${percent(interval.high)})`;
}

/** The committed page of `npm run bench:gate-power`. */
export function powerMarkdown(
  rows: readonly PowerRow[],
  runs: readonly PowerRun[],
  machine: MachineFacts,
  maxTimeMs: number,
): string {
  const dates = [...new Set(runs.map(({ startedAt }) => startedAt.slice(0, 10)))].toSorted();
  const days = dates.length > 1 ? `${dates[0]} to ${dates.at(-1)}` : (dates[0] ?? 'never');
  const loads = runs.map(({ loadAverage }) => loadAverage).toSorted((a, b) => a - b);
  const gib = Math.round(machine.memoryBytes / 2 ** 30);
  return [
    '# `npm run bench:gate-power`',
    '',
    `${days}, ${machine.cores} cores (${machine.cpu}), ${gib} GiB, ${machine.os}, Node ` +
      `${machine.node}, commit ${machine.gitCommit ?? 'unknown'}. Gates of jump at 16 ` +
      `shards, text keys, at most ${maxTimeMs / 1000} s each; the conditions take turns. ` +
      'Shares with their exact 95 % intervals (Clopper-Pearson). Load average when a gate ' +
      `began: median ${loads[loads.length >> 1] ?? 0}, at most ${loads.at(-1) ?? 0}.`,
    '',
    '| base and head | pass | regressed | undecided | median ratio, control | median time ' +
      '| reach | |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...rows.map((row) => {
      const cells = [
        row.condition,
        shareOf(row.pass, row, row.passShare),
        shareOf(row.regressed, row, row.regressedShare),
        `${row.undecided}${row.missing > 0 ? `, missing ${row.missing}` : ''}`,
        `${row.medianRatio?.toFixed(4) ?? '-'}, ${row.medianControlRatio?.toFixed(4) ?? '-'}`,
        `${(row.medianElapsedMs / 1000).toFixed(1)} s`,
        row.reach,
        row.reached ? 'reached' : 'MISSED',
      ];
      return `| ${cells.join(' | ')} |`;
    }),
    '',
    `\`${powerConditions[0]}\`: two copies of one tree, in folders whose paths differ in ` +
      `length, and in each run by another length. \`${powerConditions[1]}\`: the same, ` +
      'with a process that spins on one core. Slower: head does 10 % (5 %) more look-ups ' +
      'in the same loop, and so takes exactly that much longer by construction.',
    '',
  ].join('\n');
}
