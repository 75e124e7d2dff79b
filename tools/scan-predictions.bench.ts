import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { assert, present } from '../src/base/assert.ts';
import { median } from '../src/base/statistics/quantile.ts';
import { verdictWord } from '../src/result/cells.ts';
import { parseRunResult } from '../src/result/parse.ts';
import type { Cell, RunResult } from '../src/result/types.ts';
import { ordersTable } from '../src/scenario/orders.ts';
import { medianRun } from './prediction-table.ts';
import { scanHeading, withSection } from './predictions-file.ts';
import { placeOrder, recentOrders } from './shop-operations.ts';

/**
 * `node tools/scan-predictions.bench.ts`: what the simulator, calibrated on 4 shards with two
 * sizes of data, says of 1, 2, 8 and 16 shards where 4 % of the operations read everything, beside
 * real runs of all of them. It wants a quiet machine, and takes a quarter of an hour.
 */

const strategy = 'tenant_id/jump';
const calibrated = 4;
const allCounts = [1, 2, 8, 16] as const;
/** A prediction is near when it is off by less. */
export const near = 1.5;

export interface ScanRun {
  readonly shards: number;
  readonly dataMb: number;
}

export interface ScanSize {
  readonly rate: number;
  readonly seconds: number;
  readonly dataMb: number;
}

const table = ordersTable('text');

/**
 * The usual table, and one process for each query: how long several take together is another model.
 */
const schema = {
  ...table,
  indexes: [...(table.indexes ?? []), 'alter table orders set (parallel_workers = 0)'],
};

/** Orders of a shop, of which 4 % of the operations sum up all. */
export function scanScenario(
  { shards, dataMb }: ScanRun,
  { rate, seconds }: Omit<ScanSize, 'dataMb'>,
): string {
  return `name: scan
seed: 42
duration: ${seconds}s
warmup: 3s
rate: ${rate}/s
tenants: { zipf: 0.8, count: 2000 }
data: { total: ${dataMb}MB }
topology: { shards: ${shards} }
baseline: true
schema: ${JSON.stringify(schema)}
operations:
${placeOrder(56)}
${recentOrders(40)}
  - name: by_region
    kind: read
    weight: 4
    binds: []
    sql: select region, count(*), sum(total) from orders group by region
strategies: [{ key: tenant_id, router: jump }]
`;
}

/** One percentile of one cell: simulated, and in each of the real runs. */
export interface ScanPrediction {
  readonly shards: number;
  readonly what: string;
  readonly simulatedMs: number | null;
  readonly measuredMs: readonly (number | null)[];
  readonly verdicts: readonly string[];
}

/** p50 of all operations and of the scan. */
export function scanPredictions(
  shards: number,
  simulated: Cell,
  measured: readonly Cell[],
): ScanPrediction[] {
  const of: readonly (readonly [string, (cell: Cell) => number | null])[] = [
    ['all operations', (cell) => cell.overall?.responseMs.p50 ?? null],
    ['the scan', (cell) => scanOf(cell)?.responseMs.p50 ?? null],
  ];
  return of.map(([what, p50]) => ({
    shards,
    what,
    simulatedMs: p50(simulated),
    measuredMs: measured.map(p50),
    verdicts: [verdictWord(simulated), ...measured.map(verdictWord)],
  }));
}

const scanOf = ({ operations }: Cell) =>
  operations.find(({ operation }) => operation === 'by_region');

/** Codes of the notes that the table of predictions has beside it. */
const told = new Set(['calibrated-on', 'calibrated-percentiles', 'calibrated-row-shares']);

const heads = ['shards', 'p50 of', 'simulated, ms', 'measured, median, ms', 'spread', 'ratio'];

/** As a table of Markdown. */
export function scanTable(rows: readonly ScanPrediction[]): string {
  const head = [...heads, `within ${near}`, 'verdicts: simulated, measured'];
  const lines = rows.map((row) => {
    const known = row.measuredMs.filter((ms) => ms !== null);
    const { simulatedMs } = row;
    const verdicts = [...new Set(row.verdicts)].join(', ');
    if (simulatedMs === null || known.length === 0) {
      return [row.shards, row.what, '—', '—', '—', '—', '—', verdicts];
    }
    const middle = median(known);
    const ratio = simulatedMs / middle;
    const spread = `${digits(Math.min(...known))} to ${digits(Math.max(...known))}`;
    const isNear = Math.abs(Math.log(ratio)) <= Math.log(near) ? 'yes' : 'no';
    const shown = [digits(simulatedMs), digits(middle), spread, ratio.toFixed(2), isNear];
    return [row.shards, row.what, ...shown, verdicts];
  });
  const all = [head, head.map(() => '---'), ...lines];
  return all.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

const digits = (ms: number): string => ms.toPrecision(3);

export interface Machine {
  readonly size: ScanSize;
  readonly rounds: number;
  readonly fleet: string;
  /** Where runs go. */
  readonly folder: string;
  readonly say: (line: string) => void;
}

export interface ScansMeasured {
  readonly rows: readonly ScanPrediction[];
  /** What the simulation says of its calibration, without the folder's name. */
  readonly notes: readonly string[];
}

/** Runs everything: real shards of each count, and what is said of them. */
export function measureScans(machine: Machine, counts: readonly number[]): ScansMeasured {
  const { size, rounds, folder } = machine;
  const whole = (shards: number) => ({ shards, dataMb: size.dataMb });
  const real = new Map(
    [calibrated, ...counts.filter((shards) => shards > 1)].map((shards) => [
      shards,
      Array.from({ length: rounds }, (_, round) => run(machine, whole(shards), round)),
    ]),
  );
  const on = present(real.get(calibrated), 'runs to calibrate on');
  const chosen = medianRun(on, strategy) - 1;
  const smaller = { shards: calibrated, dataMb: size.dataMb / 4 };
  run(machine, smaller, 0);
  const results = [folderOf(machine, whole(calibrated), chosen), folderOf(machine, smaller, 0)];
  const notes: string[] = [];
  const rows = counts.flatMap((shards) => {
    const name = shards === 1 ? 'single' : strategy;
    const simulated = simulate(machine, shards, results);
    notes.push(
      ...simulated.environment.notes.flatMap(({ code, text }) => (told.has(code) ? [text] : [])),
    );
    const measured = (real.get(shards === 1 ? calibrated : shards) ?? []).map((result) =>
      cellOf(result, name),
    );
    return scanPredictions(shards, cellOf(simulated, name), measured);
  });
  return { rows, notes: [...new Set(notes)].map((note) => note.replaceAll(`${folder}/`, '')) };
}

function section({ size, rounds, fleet }: Machine, { rows, notes }: ScansMeasured): string {
  return (
    `${scanHeading}\n\n` +
    `4 % of ${size.rate} operations a second sum up all rows of ${size.dataMb} MB. ` +
    `Calibrated on ${strategy} on ${calibrated} shards, with all data and with a quarter ` +
    `of it; then compared with ${rounds} real runs of each count (${fleet}).\n\n` +
    `${notes.join(' ')}\n\n` +
    `${scanTable(rows)}\n\n` +
    'To remake it, on a quiet machine:\n\n' +
    '```sh\n' +
    `node tools/scan-predictions.bench.ts --fleet ${fleet} --rounds ${rounds} --out ` +
    'results/baseline/predictions.md\n' +
    '```\n'
  );
}

function cellOf({ cells }: RunResult, name: string): Cell {
  return present(
    cells.find((cell) => cell.strategy === name),
    `cell ${name}`,
  );
}

const folderOf = ({ folder }: Machine, { shards, dataMb }: ScanRun, round: number): string =>
  join(folder, `${shards}-shards-${dataMb}-mb-${round}`);

function run(machine: Machine, what: ScanRun, round: number): RunResult {
  const { size, fleet, say } = machine;
  const out = folderOf(machine, what, round);
  mkdirSync(out, { recursive: true });
  const scenario = join(out, 'scan.yaml');
  writeFileSync(scenario, scanScenario(what, size));
  say(`${what.shards} shards, ${what.dataMb} MB, round ${round + 1}`);
  // `single` is measured once a round, beside the cell that is calibrated on, with all data.
  const isWhole = what.shards === calibrated && what.dataMb === size.dataMb;
  const only = isWhole ? [] : ['--strategy', strategy];
  return shardlab(['run', scenario, '--fleet', fleet, ...only, '--out', out], out);
}

function simulate(machine: Machine, shards: number, results: readonly string[]): RunResult {
  const out = join(machine.folder, `simulated-${shards}`);
  const on = results.flatMap((folder) => ['--calibrate', join(folder, 'result.json')]);
  const cell = shards === 1 ? ['--strategy', 'single'] : ['--strategy', strategy];
  const scenario = join(present(results[0], 'result'), 'scan.yaml');
  const args = ['simulate', scenario, ...on, '--calibrate-on', strategy, ...cell, '--out', out];
  return shardlab([...args, ...(shards === 1 ? [] : ['--shards', String(shards)])], out);
}

function shardlab(args: readonly string[], out: string): RunResult {
  const program = fileURLToPath(new URL('../bin/shardlab.js', import.meta.url));
  const child = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });
  // 5: a cell is not VALID, and the table says so.
  assert(child.status === 0 || child.status === 5, `${args.join(' ')}: ${child.stderr}`);
  const path = join(out, 'result.json');
  return parseRunResult(readFileSync(path, 'utf8'), path);
}

function main(): void {
  const { values } = parseArgs({
    options: {
      fleet: { type: 'string', default: 'embedded' },
      rounds: { type: 'string', default: '3' },
      rate: { type: 'string', default: '120' },
      seconds: { type: 'string', default: '15' },
      data: { type: 'string', default: '32' },
      out: { type: 'string' },
    },
  });
  const folder = mkdtempSync(join(tmpdir(), 'shardlab-scans-'));
  try {
    const machine = {
      size: {
        rate: Number(values.rate),
        seconds: Number(values.seconds),
        dataMb: Number(values.data),
      },
      rounds: Number(values.rounds),
      fleet: values.fleet,
      folder,
      say: (line: string) => process.stderr.write(`${line}\n`),
    };
    const text = section(machine, measureScans(machine, allCounts));
    process.stdout.write(text);
    const { out } = values;
    if (out !== undefined) writeFileSync(out, withSection(readFileSync(out, 'utf8'), text));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
