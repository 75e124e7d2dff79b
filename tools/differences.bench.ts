import { fileURLToPath } from 'node:url';
import { exactInterval, upperTail } from '../src/gate/exact-interval.ts';
import { latencyRanks } from '../src/gate/differences/latency-ranks.ts';
import { documentRules } from '../src/gate/differences/judge-family.ts';
import { runDifferences } from '../src/gate/differences/run-differences.ts';
import { writeAtomically } from '../src/host/files.ts';
import { type Noise, noises, simulatedRun, type SimulatedRun } from './difference-runs.ts';

/**
 * How often a run claims a latency difference where there is none, and finds one where there is:
 * many simulated runs under each kind of noise. Run with `npm run bench:differences`; a small size
 * runs in the tests.
 */
export interface DifferencesSize {
  /** Of each row in which all cells are alike, and in which one is slower. */
  readonly alike: number;
  readonly slower: number;
  readonly shapes: readonly { readonly cells: number; readonly repeats: number }[];
}

const full: DifferencesSize = {
  alike: 1000,
  slower: 200,
  shapes: [2, 6].flatMap((cells) => [5, 10].map((repeats) => ({ cells, repeats }))),
};

export interface DifferencesRow {
  readonly noise: string;
  readonly turns: SimulatedRun['turns'];
  readonly cells: number;
  readonly repeats: number;
  /** How many times as slow one of the cells is; 1: all are alike. */
  readonly slower: number;
  readonly runs: number;
  /** Runs that claim a difference in the primary family where there is none. */
  readonly falseClaims: number;
  /** Runs whose ranks tell cells apart that are alike. */
  readonly falseRanks: number;
  /** Runs that find the slower cell slower than the first in every operation; of alike cells 0. */
  readonly found: number;
  /** Share of the runs with a false claim, or where one is slower of those that found it. */
  readonly share: { readonly low: number; readonly high: number };
  /** What should hold; null: recorded only. */
  readonly reach: string | null;
  readonly reached: boolean;
}

/** Chance that a table row of alike cells exceeds its bound though the error rate is kept. */
const chance = 0.01;
const slowerBy = 1.2;
const powerLeast = 0.95;
/** Noise under which a fifth must be found between two cells at 10 repeats. */
const quiet: ReadonlySet<string> = new Set(['steady', 'drift', 'wave', 'random walk']);

/** As a run takes turns, and as it would be simpler. */
const orders = ['shuffled', 'rotated'] as const;
/** What shows why: a machine that goes up and down as fast as turns change. */
const inStep = 'quick wave';

export function benchDifferences(
  { alike, slower, shapes }: DifferencesSize,
  say: (line: string) => void,
  under: readonly Noise[] = noises,
): DifferencesRow[] {
  const rows: DifferencesRow[] = [];
  for (const noise of under) {
    for (const { cells, repeats } of shapes) {
      say(`${noise.name}, ${cells} cells, ${repeats} repeats`);
      for (const turns of noise.name === inStep ? orders : orders.slice(0, 1)) {
        rows.push(countedRuns({ noise, cells, repeats, turns, slower: 1 }, alike));
      }
      rows.push(
        countedRuns({ noise, cells, repeats, turns: 'shuffled', slower: slowerBy }, slower),
      );
    }
  }
  return rows;
}

/** The most false claims that so many runs may show at the error rate: 18 of 1,000 at 1 %. */
export function mostFalse(runs: number): number {
  let most = 0;
  while (upperTail(most + 1, runs, documentRules.errorRate) > chance) most += 1;
  return most;
}

function countedRuns(run: SimulatedRun, runs: number): DifferencesRow {
  const { cells, repeats, slower, noise, turns } = run;
  const last = `cell ${cells - 1}`;
  const counts = { falseClaims: 0, falseRanks: 0, found: 0 };
  for (let seed = 0; seed < runs; seed += 1) {
    const measured = simulatedRun(run, seed);
    const differences =
      runDifferences(measured)?.differences.filter(({ primary }) => primary) ?? [];
    const claimed = differences.filter(({ verdict }) => verdict !== 'none');
    const isTrue = ({ strategy }: { readonly strategy: string }): boolean =>
      slower !== 1 && strategy === last;
    if (claimed.some((one) => !isTrue(one))) counts.falseClaims += 1;
    const asked = differences.filter((one) => isTrue(one) && one.against === 'cell 0');
    if (asked.length > 0 && asked.every(({ verdict }) => verdict === 'worse')) counts.found += 1;
    const alike = latencyRanks(measured).slice(0, slower === 1 ? cells : cells - 1);
    const tied = alike.every((rank) => rank !== null && rank.from === 1 && rank.to >= alike.length);
    if (!tied) counts.falseRanks += 1;
  }
  const hits = slower === 1 ? counts.falseClaims : counts.found;
  return {
    noise: noise.name,
    turns,
    cells,
    repeats,
    slower,
    runs,
    ...counts,
    share: exactInterval(hits, runs),
    ...reachOf(run, runs, counts),
  };
}

function reachOf(
  { noise, cells, repeats, slower, turns }: SimulatedRun,
  runs: number,
  { falseClaims, found }: { readonly falseClaims: number; readonly found: number },
): Pick<DifferencesRow, 'reach' | 'reached'> {
  const most = mostFalse(runs);
  if (slower === 1 && turns === 'shuffled' && noise.name !== inStep) {
    return { reach: `at most ${most} of ${runs} false`, reached: falseClaims <= most };
  }
  if (slower === 1 || cells > 2 || repeats < 10 || !quiet.has(noise.name)) {
    return { reach: null, reached: true };
  }
  const least = Math.ceil(powerLeast * runs);
  return { reach: `found in at least ${least} of ${runs}`, reached: found >= least };
}

const calibrationFile = 'results/baseline/differences-calibration.json';

export function calibrationText(rows: readonly DifferencesRow[]): string {
  const document = {
    measuredAt: new Date().toISOString(),
    rules: documentRules,
    noises: noises.map(({ name, meaning }) => ({ name, meaning })),
    rows,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

const isMain = process.argv[1] === fileURLToPath(import.meta.url);

if (isMain) {
  const rows = benchDifferences(full, (line) => console.error(line));
  await writeAtomically(calibrationFile, calibrationText(rows));
  for (const row of rows) {
    const { noise, turns, cells, repeats, slower, falseClaims, falseRanks, found, reach } = row;
    const what = slower === 1 ? 'alike' : `x ${slower}`;
    console.log(
      `${noise}\t${turns}\t${cells} cells\t${repeats} repeats\t${what}\t${falseClaims} false\t` +
        `${falseRanks} ranks\t${found} found\t${reach ?? ''}\t${row.reached ? '' : 'NOT REACHED'}`,
    );
  }
  process.exitCode = rows.every(({ reached }) => reached) ? 0 : 1;
}
