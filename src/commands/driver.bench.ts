import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { ArrivalProcess, Scenario } from '../scenario/types.ts';
import { embeddedFleet } from '../fleet/embedded/fleet.ts';
import type { RunningFleet } from '../fleet/types.ts';
import { machineFacts } from '../host/environment.ts';
import { writeAtomically } from '../host/files.ts';
import { median } from '../base/statistics/quantile.ts';
import { type DriverRun, driveOnce, driverScenario, driveShard } from './driver-run.ts';
import { pgbenchVersion, type PgbenchRun, runPgbench } from './pgbench.ts';
import type { Completion, Target } from '../load/ports.ts';
import { outcomes } from '../metrics/outcome.ts';
import type { ShardAddress } from '../postgres/connection.ts';
import { createSchema, recreateDatabase, withClient } from '../postgres/database.ts';

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

const clients = 8;
const tenant = 'tenant-00042';
const note = 'x'.repeat(100);
/** Each client counts its own ids up, as the driver's are rising too. */
const script = `\\set n :n + 1
\\set id :client_id * 1000000000 + :n
insert into events values (:tenant, :id, :note);
`;

export async function benchDriver(
  size: BenchSize,
  say: (line: string) => void,
): Promise<BenchRow[]> {
  const fleet = await embeddedFleet.start(
    {
      shards: 1,
      connectionsPerShard: 2 * clients,
      durability: { fsync: true, synchronousCommit: true },
      dataBytes: 1e9,
    },
    new AbortController().signal,
  );
  try {
    const bench = new Bench(fleet, size, say);
    return await bench.rows();
  } finally {
    await fleet.stop();
  }
}

interface Pair {
  readonly ours: DriverRun;
  readonly theirs: PgbenchRun | null;
}

class Bench {
  private readonly fleet: RunningFleet;
  private readonly size: BenchSize;
  private readonly say: (line: string) => void;

  constructor(fleet: RunningFleet, size: BenchSize, say: (line: string) => void) {
    this.fleet = fleet;
    this.size = size;
    this.say = say;
  }

  async rows(): Promise<BenchRow[]> {
    const compared = (await pgbenchVersion()) !== null;
    if (!compared) this.say('pgbench is not on PATH: the driver runs alone, without ratios');
    const rows: BenchRow[] = [];
    const closed = await this.pairs('closed loop', null, compared);
    rows.push(
      row('closed loop, 8 connections: inserts/s', closed, '>= 0.80', {
        ours: (run) => run.perSecond,
        theirs: (run) => run.perSecond,
      }),
    );
    rows.push(...(await nullTargetRows(this.size)));
    for (const rate of this.size.rates) {
      const open = await this.pairs(`open loop ${rate}/s`, rate, compared);
      rows.push(...openRows(rate, open));
    }
    return rows;
  }

  private async pairs(what: string, rate: number | null, compared: boolean): Promise<Pair[]> {
    const pairs: Pair[] = [];
    for (let i = 0; i < this.size.pairs; i++) {
      this.say(`${what}: pair ${i + 1} of ${this.size.pairs}`);
      // Alternating order, so that a machine that gets slower favours neither.
      const first = i % 2 === 0 ? await this.ours(rate) : null;
      const theirs = compared ? await this.theirs(rate) : null;
      const ours = first ?? (await this.ours(rate));
      pairs.push({ ours, theirs });
    }
    return pairs;
  }

  private async freshTable(): Promise<ShardAddress> {
    const [shard] = this.fleet.shards;
    if (shard === undefined) throw new Error('no shard');
    const { maintenanceDatabase, ...server } = shard;
    const address = await recreateDatabase({ ...server, database: maintenanceDatabase }, 'bench');
    await createSchema([address], driverScenario(1, poisson(1)).schema);
    await withClient(address, (client) => client.query('checkpoint'));
    return address;
  }

  private async ours(rate: number | null): Promise<DriverRun> {
    const address = await this.freshTable();
    const arrivals = rate === null ? null : poisson(rate);
    return driveShard(this.scenario(arrivals), address);
  }

  private scenario(arrivals: ArrivalProcess | null): Scenario {
    const base = driverScenario(this.size.seconds, arrivals ?? poisson(1));
    return arrivals === null ? { ...base, loop: { kind: 'closed', clients } } : base;
  }

  private async theirs(rate: number | null): Promise<PgbenchRun> {
    const address = await this.freshTable();
    const variables = { n: 0, tenant, note };
    return runPgbench({ address, script, variables, clients, seconds: this.size.seconds, rate });
  }
}

/** What the generator itself can do: a target that answers at once. */
async function nullTargetRows({ seconds, nullRate }: BenchSize): Promise<BenchRow[]> {
  const alone = { pgbench: null, ratio: null };
  const runFor = (duration: number): Promise<DriverRun> =>
    driveOnce(driverScenario(duration, poisson(nullRate)), new NullTarget());
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

/** What is still reachable; the heap alone, since freed pages return to the system when it pleases. */
function usedBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

const poisson = (ratePerSecond: number): ArrivalProcess => ({ process: 'poisson', ratePerSecond });

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
