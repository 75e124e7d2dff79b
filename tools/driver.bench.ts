import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { median } from '../src/base/statistics/quantile.ts';
import { UserError } from '../src/base/user-error.ts';
import { dockerFleet } from '../src/fleet/docker/fleet.ts';
import { dockerOptions } from '../src/fleet/docker/options.ts';
import { embeddedFleet } from '../src/fleet/embedded/fleet.ts';
import type { Fleet } from '../src/fleet/types.ts';
import { machineFacts } from '../src/host/environment.ts';
import { writeAtomically } from '../src/host/files.ts';
import type { Completion, Target } from '../src/traffic/ports.ts';
import { outcomes } from '../src/metrics/outcome.ts';
import { type DriverRun, driveOnce, driverScenario } from './driver-run.ts';
import { clients, type Pair, PairedRuns, poisson } from './paired-runs.ts';
import { pgbenchVersion, type PgbenchRun } from './pgbench.ts';

/**
 * The driver beside pgbench on the same shard: pairs of runs in alternating order, medians over the
 * pairs of the ratio. Run with `npm run bench:driver`; the small size runs in the tests.
 */
export interface BenchSize {
  readonly pairs: number;
  readonly seconds: number;
  readonly rates: readonly number[];
  /** Arrivals per second offered to the target that does nothing. */
  readonly nullRate: number;
}

export const fullSize: BenchSize = {
  pairs: 5,
  seconds: 6,
  rates: [1000, 3000],
  nullRate: 100_000,
};

export interface BenchRow {
  readonly what: string;
  readonly ours: number;
  readonly pgbench: number | null;
  /** Median over the pairs of ours / pgbench's. */
  readonly ratio: number | null;
  readonly reach: string;
}

export async function benchDriver(
  size: BenchSize,
  say: (line: string) => void,
): Promise<BenchRow[]> {
  const compared = (await pgbenchVersion()) !== null;
  if (!compared) say('pgbench is not on PATH: the driver runs alone, without ratios');
  const rows = await onShard(embeddedFleet, size, say, async (runs) => {
    const closed = await runs.pairs('closed loop', null, compared);
    const open: BenchRow[] = [];
    for (const rate of size.rates) {
      open.push(...openRows(rate, await runs.pairs(`open loop ${rate}/s`, rate, compared)));
    }
    return [closedRow('closed loop, 8 connections: inserts/s', closed, '>= 0.80'), ...open];
  });
  return [...rows, ...(await quotaRows(size, say, compared)), ...(await nullTargetRows(size))];
}

/** The same closed loop on a shard that may use half a core, where an engine and an image are. */
async function quotaRows(
  size: BenchSize,
  say: (line: string) => void,
  compared: boolean,
): Promise<BenchRow[]> {
  const quota = { cpu: 0.5, memoryBytes: 512 * 2 ** 20 };
  const fleet = dockerFleet(dockerOptions(process.env));
  const limited: Fleet = {
    name: fleet.name,
    start: (request, signal) => fleet.start({ ...request, quota }, signal),
  };
  try {
    const closed = await onShard(limited, size, say, (runs) =>
      runs.pairs('closed loop, half a core', null, compared),
    );
    return [closedRow('closed loop, shard with half a core: inserts/s', closed, '>= 0.95')];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    say(`no shard with a quota: ${error.message}`);
    return [];
  }
}

async function onShard<T>(
  fleet: Fleet,
  size: BenchSize,
  say: (line: string) => void,
  work: (runs: PairedRuns) => Promise<T>,
): Promise<T> {
  const running = await fleet.start(
    {
      shards: 1,
      connectionsPerShard: 2 * clients,
      durability: { fsync: true, synchronousCommit: true },
      dataBytes: 1e9,
    },
    new AbortController().signal,
  );
  try {
    return await work(new PairedRuns(running, size, say));
  } finally {
    await running.stop();
  }
}

const closedRow = (what: string, pairs: readonly Pair[], reach: string): BenchRow =>
  row(what, pairs, reach, { ours: (run) => run.perSecond, theirs: (run) => run.perSecond });

/** What the generator itself can do: a target that answers at once. */
async function nullTargetRows({ seconds, nullRate }: BenchSize): Promise<BenchRow[]> {
  const alone = { pgbench: null, ratio: null };
  const runFor = async (duration: number): Promise<DriverRun> =>
    driveOnce(await driverScenario(duration, poisson(nullRate)), async () => new NullTarget());
  // Twice the same length, so that what a run of any length leaves behind is there already.
  await runFor(seconds);
  await runFor(seconds);
  const before = usedBytes();
  const run = await runFor(3 * seconds);
  const grown = Math.max(0, usedBytes() - before);
  const what = `null target, ${nullRate}/s offered`;
  return [
    { what: `${what}: arrivals/s`, ours: run.perSecond, ...alone, reach: '>= 60000' },
    { what: `${what}: driver CPU, cores`, ours: run.cpuFraction, ...alone, reach: '' },
    { what: `${what}: bytes kept per operation`, ours: grown / run.arrivals, ...alone, reach: '0' },
  ];
}

class NullTarget implements Target {
  private completion: Completion = () => undefined;

  onComplete(completion: Completion): void {
    this.completion = completion;
  }

  execute(ticket: number): void {
    queueMicrotask(() => this.completion(ticket, outcomes.ok, '', ''));
  }

  abandon(): void {}
}

/**
 * What is still reachable; the heap alone, since freed pages return to the system when it pleases.
 */
function usedBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

interface Figure {
  readonly ours: (run: DriverRun) => number;
  readonly theirs?: (run: PgbenchRun) => number;
}

function row(what: string, pairs: readonly Pair[], reach: string, figure: Figure): BenchRow {
  const ours = pairs.map((pair) => figure.ours(pair.ours));
  const { theirs } = figure;
  const others =
    theirs === undefined
      ? []
      : pairs.flatMap((pair) => (pair.theirs === null ? [] : [theirs(pair.theirs)]));
  const ratios = others.map((other, i) => (ours[i] ?? 0) / other);
  return {
    what,
    ours: median(ours),
    pgbench: others.length === 0 ? null : median(others),
    ratio: ratios.length === 0 ? null : median(ratios),
    reach,
  };
}

function openRows(rate: number, pairs: readonly Pair[]): BenchRow[] {
  const percentile = (p: number): Figure => ({
    ours: (run) => run.response.percentileNs(p) / 1e6,
    theirs: (run) => run.response.percentileNs(p) / 1e6,
  });
  return [
    row(`open loop ${rate}/s: response p50, ms`, pairs, '<= 1.2', percentile(50)),
    row(`open loop ${rate}/s: response p99, ms`, pairs, '<= 1.5', percentile(99)),
    row(`open loop ${rate}/s: schedule lag p50, ms`, pairs, '', {
      ours: (run) => run.scheduleLag.percentileNs(50) / 1e6,
    }),
    row(`open loop ${rate}/s: schedule lag p99, ms`, pairs, '<= 1.6', {
      ours: (run) => run.scheduleLag.percentileNs(99) / 1e6,
    }),
    row(`open loop ${rate}/s: driver CPU, cores`, pairs, '<= 0.35', {
      ours: (run) => run.cpuFraction,
    }),
  ];
}

export function benchTable(rows: readonly BenchRow[]): string {
  const number = (value: number | null): string =>
    value === null ? '' : value >= 1000 ? value.toFixed(0) : value.toPrecision(3);
  const lines = [
    ['what', 'ours', 'pgbench', 'ratio', 'reach'],
    ...rows.map(({ what, ours, pgbench, ratio, reach }) => [
      what,
      number(ours),
      number(pgbench),
      ratio === null ? '' : ratio.toFixed(2),
      reach,
    ]),
  ];
  const widths = [0, 1, 2, 3, 4].map((i) =>
    Math.max(...lines.map((line) => (line[i] ?? '').length)),
  );
  return lines
    .map((line) =>
      line
        .map((text, i) => (i === 0 ? text.padEnd(widths[i] ?? 0) : text.padStart(widths[i] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      pairs: { type: 'string', default: String(fullSize.pairs) },
      seconds: { type: 'string', default: String(fullSize.seconds) },
      rates: { type: 'string', default: fullSize.rates.join(',') },
      out: { type: 'string' },
    },
  });
  const size: BenchSize = {
    ...fullSize,
    pairs: Number(values.pairs),
    seconds: Number(values.seconds),
    rates: values.rates.split(',').filter(Boolean).map(Number),
  };
  const rows = await benchDriver(size, (line) => process.stderr.write(`${line}\n`));
  process.stdout.write(`${benchTable(rows)}\n`);
  if (values.out === undefined) return;
  const document = {
    schema: 'shardlab/driver-bench/v1',
    date: new Date().toISOString(),
    machine: await machineFacts(),
    pgbench: await pgbenchVersion(),
    size,
    rows,
  };
  await writeAtomically(values.out, `${JSON.stringify(document, null, 2)}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
