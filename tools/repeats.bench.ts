import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { exactInterval } from '../src/gate/exact-interval.ts';
import { machineFacts } from '../src/host/environment.ts';
import { writeAtomically } from '../src/host/files.ts';
import type { Difference } from '../src/result/difference.ts';
import type { RunResult } from '../src/result/types.ts';
import { cellNames, type RepeatsSize, runRepeats } from './repeat-runs.ts';

/**
 * What runs with repeats claim on real shards: of two cells of one strategy, which must be nothing,
 * and of a third whose queries take longer by a known share, which must be found. Run with `npm run
 * bench:repeats -- --runs 20`; the small size runs in the tests.
 */
export const full: RepeatsSize = {
  runs: 20,
  repeats: 10,
  partSeconds: 6,
  ratePerSecond: 400,
  slower: 0.2,
};

export interface RepeatsRun {
  readonly seed: number;
  readonly verdicts: readonly string[];
  /** Differences of the two same cells that were claimed. */
  readonly falseClaims: readonly Difference[];
  /** Operations whose p50 of the service time was found worse in the slower cell, and which rest. */
  readonly found: readonly string[];
  readonly missed: readonly string[];
  /** Ratios of the slower cell to the same one, by operation. */
  readonly ratios: readonly (number | null)[];
}

/**
 * @param before runs of an earlier time, which are gone on from
 * @param keep called after each run, so that none is lost
 */
export async function benchRepeats(
  size: RepeatsSize,
  say: (line: string) => void,
  before: readonly RepeatsRun[] = [],
  keep: (runs: readonly RepeatsRun[]) => Promise<void> = async () => undefined,
): Promise<RepeatsRun[]> {
  const folder = mkdtempSync(join(tmpdir(), 'repeats-'));
  const runs = [...before];
  try {
    for (let seed = runs.length + 1; seed <= size.runs; seed += 1) {
      const run = claimsOf(await runRepeats(size, seed, folder), seed);
      runs.push(run);
      const { falseClaims, found, missed, verdicts } = run;
      say(
        `run ${seed}: ${verdicts.join(', ')}; ${falseClaims.length} false claims; ` +
          `${found.length} of ${found.length + missed.length} slower operations found`,
      );
      await keep(runs);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return runs;
}

function claimsOf({ comparison, cells }: RunResult, seed: number): RepeatsRun {
  const primary = (comparison?.differences ?? []).filter((each) => each.primary);
  const between = (one: string, other: string): Difference[] =>
    primary.filter(({ strategy, against }) => {
      return [strategy, against].includes(one) && [strategy, against].includes(other);
    });
  const slower = between(cellNames.same, cellNames.slower);
  // Which of the two cells is side b is the document's choice.
  const isFound = ({ verdict, strategy }: Difference): boolean =>
    verdict === (strategy === cellNames.slower ? 'worse' : 'better');
  const operation = ({ tags }: Difference): string => tags['operation'] ?? '';
  return {
    seed,
    verdicts: cells.map(({ verdict }) => verdict?.status ?? 'none'),
    falseClaims: between(cellNames.same, cellNames.again).filter(
      ({ verdict }) => verdict === 'better' || verdict === 'worse',
    ),
    found: slower.filter(isFound).map(operation),
    missed: slower.filter((each) => !isFound(each)).map(operation),
    ratios: slower.map(({ ratio, strategy }) =>
      ratio === null || strategy === cellNames.slower ? ratio : 1 / ratio,
    ),
  };
}

const isMain = process.argv[1] === fileURLToPath(import.meta.url);

if (isMain) {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string' },
      part: { type: 'string' },
      out: { type: 'string' },
      /** Keeps the runs that the file has, and goes on from them. */
      add: { type: 'boolean' },
    },
  });
  const out = values.out ?? 'results/baseline/repeats-bench.json';
  const before: RepeatsRun[] =
    values.add === true ? JSON.parse(readFileSync(out, 'utf8')).runs : [];
  const size = {
    ...full,
    runs: Number(values.runs ?? full.runs),
    partSeconds: Number(values.part ?? full.partSeconds),
  };
  const machine = await machineFacts();
  const keep = async (runs: readonly RepeatsRun[]): Promise<void> => {
    const document = {
      measuredAt: new Date().toISOString(),
      machine,
      size: { ...size, runs: runs.length },
      summary: summaryOf(runs),
      runs,
    };
    await writeAtomically(out, `${JSON.stringify(document, null, 2)}\n`);
  };
  const runs = await benchRepeats(size, (line) => console.log(line), before, keep);
  const { withFalseClaims, slowerFoundInAny, slowerFoundInAll } = summaryOf(runs);
  console.log(
    `${withFalseClaims} of ${runs.length} runs claimed a difference of two same cells; a cell ` +
      `slower by ${size.slower * 100} % was found by one operation or more in ` +
      `${slowerFoundInAny}, by all in ${slowerFoundInAll}`,
  );
}

function summaryOf(runs: readonly RepeatsRun[]) {
  const withFalseClaims = runs.filter(({ falseClaims }) => falseClaims.length > 0).length;
  return {
    runs: runs.length,
    withFalseClaims,
    falseShare: exactInterval(withFalseClaims, runs.length),
    slowerFoundInAny: runs.filter(({ found }) => found.length > 0).length,
    slowerFoundInAll: runs.filter(({ missed }) => missed.length === 0).length,
  };
}
