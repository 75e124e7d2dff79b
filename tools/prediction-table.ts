import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { median } from '../src/base/statistics/quantile.ts';
import { writeAtomically } from '../src/host/files.ts';
import { parseRunResult } from '../src/result/parse.ts';
import type { RunResult } from '../src/result/types.ts';
import { withFirstPart } from './predictions-file.ts';

/** One percentile of one cell, in milliseconds: simulated, and in each of the measured runs. */
export interface Prediction {
  readonly strategy: string;
  readonly percentile: 'p50' | 'p99';
  readonly simulatedMs: number;
  readonly measuredMs: readonly number[];
  /** simulated / median of the measured. */
  readonly ratio: number;
  /**
   * Within the tolerance of the median, else within what the runs themselves differ by, else null.
   */
  readonly holdsBy: 'tolerance' | 'spread' | null;
}

const tolerances = { p50: 0.15, p99: 0.3 };

/**
 * What a simulation, calibrated on one cell of one run, says of the other cells, beside several
 * real runs of the same scenario. A percentile that some run could not give is left out.
 */
export function predictions(
  simulated: RunResult,
  measured: readonly RunResult[],
  calibratedOn: string,
): Prediction[] {
  const cells = simulated.cells.filter(({ strategy }) => strategy !== calibratedOn);
  return cells.flatMap(({ strategy, overall }) =>
    (['p50', 'p99'] as const).flatMap((percentile) => {
      const simulatedMs = overall?.responseMs[percentile] ?? null;
      const runs = measured.map(
        (result) =>
          result.cells.find((cell) => cell.strategy === strategy)?.overall?.responseMs[
            percentile
          ] ?? null,
      );
      const measuredMs = runs.filter((ms) => ms !== null);
      if (simulatedMs === null || measuredMs.length < runs.length) return [];
      const ratio = simulatedMs / median(measuredMs);
      const isWithin =
        simulatedMs >= Math.min(...measuredMs) && simulatedMs <= Math.max(...measuredMs);
      const isNear = Math.abs(ratio - 1) <= tolerances[percentile];
      const holdsBy = isNear ? 'tolerance' : isWithin ? 'spread' : null;
      return [{ strategy, percentile, simulatedMs, measuredMs, ratio, holdsBy }];
    }),
  );
}

/** As a table of Markdown, with the spread of the runs. */
export function predictionTable(rows: readonly Prediction[]): string {
  const ms = (value: number): string => value.toPrecision(3);
  const lines = rows.map(({ strategy, percentile, simulatedMs, measuredMs, ratio, holdsBy }) => {
    const spread = `${ms(Math.min(...measuredMs))} to ${ms(Math.max(...measuredMs))}`;
    const cells = [strategy, percentile, ms(simulatedMs), ms(median(measuredMs)), spread];
    const holds = holdsBy === null ? 'no' : `by ${holdsBy}`;
    return `| ${[...cells, ratio.toFixed(2), holds].join(' | ')} |`;
  });
  return [
    '| cell | percentile | simulated, ms | measured, median, ms | spread of the runs | ' +
      'ratio | holds |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...lines,
  ].join('\n');
}

/**
 * Number of the run, from 1, whose p50 of this cell is the median of all: one run may have been
 * disturbed, and what is calibrated on it would carry that into every prediction.
 */
export function medianRun(measured: readonly RunResult[], strategy: string): number {
  const p50 = measured.map(
    ({ cells }) =>
      cells.find((cell) => cell.strategy === strategy)?.overall?.responseMs.p50 ??
      Number.POSITIVE_INFINITY,
  );
  const middle = p50.toSorted((a, b) => a - b)[Math.floor(p50.length / 2)] ?? 0;
  return p50.indexOf(middle) + 1;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      simulated: { type: 'string' },
      on: { type: 'string' },
      out: { type: 'string' },
    },
  });
  const { simulated = '', on = '', out } = values;
  const read = async (path: string): Promise<RunResult> =>
    parseRunResult(await readFile(path, 'utf8'), path);
  const measured = await Promise.all(positionals.map(read));
  const run = medianRun(measured, on);
  process.stderr.write(`of ${on} the median p50 is that of run ${run}: calibrate on it\n`);
  if (simulated === '') return;
  const simulation = await read(simulated);
  const rows = predictions(simulation, measured, on);
  const table = predictionTable(rows);
  process.stdout.write(`${table}\n`);
  if (out === undefined) return;
  const runs = positionals.length;
  const before = await readFile(out, 'utf8').catch(() => '');
  const first =
    '# What the simulator predicts\n\n' +
    `Calibrated on ${on} of one of ${runs} real runs, the one whose p50 of that cell is ` +
    'the median,\n' +
    'then compared with all of them. A row holds by tolerance when it is within\n' +
    '15 % (p50) or 30 % (p99) of their median, by spread when it is only within what they ' +
    'themselves\n' +
    'differ by.\n\n' +
    `${calibrationOf(simulation)}\n\n` +
    `${table}\n\n` +
    '## To remake it\n\n' +
    '```sh\n' +
    'for i in 1 2 3 4 5; do npx shardlab run scenarios/quickstart.yaml --fleet docker ' +
    '--out real/$i; done\n' +
    `node tools/prediction-table.ts --on ${on} real/*/result.json # names the run\n` +
    `npx shardlab simulate scenarios/quickstart.yaml --calibrate real/${run}/result.json ` +
    `--calibrate-on ${on} --out simulated\n` +
    `node tools/prediction-table.ts --simulated simulated/result.json --on ${on} ` +
    'real/*/result.json\n' +
    '```\n';
  await writeAtomically(out, withFirstPart(before, first));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();

/** On what it was calibrated and how well that agrees, in its own sentences. */
function calibrationOf({ environment }: RunResult): string {
  const codes = new Set(['calibrated-on', 'calibrated-percentiles']);
  const notes = environment.notes.filter(({ code }) => codes.has(code));
  return notes.map(({ text }) => text).join(' ');
}
