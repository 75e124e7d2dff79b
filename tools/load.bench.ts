import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { present } from '../src/base/assert.ts';
import type { ShardAddress } from '../src/base/shard-address.ts';
import { median } from '../src/base/statistics/quantile.ts';
import { embeddedFleet } from '../src/fleet/embedded/fleet.ts';
import { machineFacts } from '../src/host/environment.ts';
import { writeAtomically } from '../src/host/files.ts';
import { recreateDatabase, withClient } from '../src/postgres/database.ts';
import { copyTables } from '../src/postgres/tables/copy-tables.ts';
import { loadTables } from '../src/postgres/tables/load-tables.ts';
import { createStatements } from '../src/postgres/tables/table-ddl.ts';
import type { TableRows } from '../src/postgres/tables/table-rows.ts';
import { benchLayout, benchRows } from './load-rows.ts';
import { writeTableFiles, type WrittenFiles } from './load-files.ts';
import { psqlCopy, psqlVersion } from './psql-copy.ts';

/**
 * Our loader beside `psql \copy` of the same rows, as files, into the same tables: one psql for
 * each shard, all at once. In alternation, medians over the rounds. Run with `npm run bench:load`;
 * the small size runs in the tests.
 */
export interface LoadBenchSize {
  readonly bytes: number;
  readonly shards: number;
  readonly rounds: number;
}

export interface LoadBenchResult {
  /** Of the files: what psql reads and our loader makes. */
  readonly bytes: number;
  readonly rows: number;
  readonly oursMs: readonly number[];
  readonly psqlMs: readonly number[];
  /** Median over the rounds of our speed / psql's; null without psql. */
  readonly ratio: number | null;
  /** Making the rows as text alone, into nothing. */
  readonly encodingMs: number;
  /** The whole load: rows, keys, vacuum, checkpoint and every check. */
  readonly wholeMs: number;
}

const database = 'bench';

export async function benchLoad(
  { bytes, shards, rounds }: LoadBenchSize,
  say: (line: string) => void,
): Promise<LoadBenchResult> {
  const rows = benchRows(bytes, shards);
  const compared = (await psqlVersion()) !== null;
  if (!compared) say('psql is not on PATH: our loader runs alone, without a ratio');
  const folder = await mkdtemp(join(tmpdir(), 'shardlab-load-'));
  const fleet = await embeddedFleet.start(
    {
      shards,
      connectionsPerShard: 8,
      durability: { fsync: true, synchronousCommit: true },
      dataBytes: 2 * bytes,
    },
    new AbortController().signal,
  );
  try {
    say(`writing about ${Math.round(bytes / 1e6)} MB of rows to files`);
    const started = performance.now();
    const files = await writeTableFiles(folder, rows, shards);
    const encodingMs = performance.now() - started;
    const oursMs: number[] = [];
    const psqlMs: number[] = [];
    const ours = async (): Promise<void> => void oursMs.push(await timeOurs(fleet.shards, rows));
    for (let round = 0; round < rounds; round += 1) {
      // Alternating order, so that a machine that gets slower favours neither.
      if (round % 2 === 0) await ours();
      if (compared) psqlMs.push(await timePsql(fleet.shards, rows, files));
      if (round % 2 !== 0) await ours();
      say(
        `round ${round + 1}: ours ${oursMs.at(-1)?.toFixed(0)} ms, psql ${psqlMs.at(-1)?.toFixed(0)} ms`,
      );
    }
    const wholeMs = await timeWhole(fleet.shards, rows);
    const ratio = compared ? median(oursMs.map((ms, i) => present(psqlMs[i], 'round') / ms)) : null;
    return { bytes: files.bytes, rows: files.rows, oursMs, psqlMs, ratio, encodingMs, wholeMs };
  } finally {
    await fleet.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function emptyShards(servers: readonly ShardAddress[]): Promise<ShardAddress[]> {
  const addresses = await Promise.all(servers.map((each) => recreateDatabase(each, database)));
  // What an earlier round left to write would be written in this one.
  for (const address of addresses) {
    await withClient(address, (client) => client.query('checkpoint'));
  }
  return addresses;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

async function timeOurs(servers: readonly ShardAddress[], rows: TableRows): Promise<number> {
  const addresses = await emptyShards(servers);
  const ms = await timed(() => copyTables(addresses, rows));
  return ms;
}

async function timeWhole(servers: readonly ShardAddress[], rows: TableRows): Promise<number> {
  const addresses = await emptyShards(servers);
  return timed(() => loadTables(addresses, rows, benchLayout(rows.set)));
}

async function timePsql(
  servers: readonly ShardAddress[],
  { set }: TableRows,
  { byShard, rows }: WrittenFiles,
): Promise<number> {
  const addresses = await emptyShards(servers);
  await Promise.all(
    addresses.map((address) =>
      withClient(address, async (client) => {
        for (const { sql } of createStatements(set)) await client.query(sql);
      }),
    ),
  );
  const ms = await timed(() =>
    Promise.all(addresses.map((address, shard) => psqlCopy(address, byShard[shard] ?? []))),
  );
  const loaded = await Promise.all(addresses.map((address) => countRows(address, set)));
  const total = loaded.reduce((sum, count) => sum + count, 0);
  if (total !== rows) throw new Error(`psql loaded ${total} rows of ${rows}`);
  return ms;
}

async function countRows(address: ShardAddress, { tables }: TableRows['set']): Promise<number> {
  return withClient(address, async (client) => {
    let total = 0;
    for (const { name } of tables) {
      const { rows } = await client.query<{ n: string }>(`select count(*) as n from ${name}`);
      total += Number(rows[0]?.n);
    }
    return total;
  });
}

/** What the issue asks for. */
const reach = 0.5;

export function loadTable(result: LoadBenchResult): string {
  const { bytes, rows, oursMs, psqlMs, ratio, encodingMs, wholeMs } = result;
  const speed = (ms: number): string => `${(bytes / 1e3 / ms).toFixed(1)} MB/s`;
  const lines = [
    [`rows ${rows}, MB`, (bytes / 1e6).toFixed(1)],
    ['our loader', speed(median([...oursMs]))],
    ...(psqlMs.length === 0
      ? []
      : [['psql \\copy, one for each shard', speed(median([...psqlMs]))]]),
    ...(ratio === null ? [] : [[`ratio (reach >= ${reach})`, ratio.toFixed(2)]]),
    ['making the rows, to files', speed(encodingMs)],
    ['with keys, vacuum and checks', speed(wholeMs)],
  ];
  const width = Math.max(...lines.map(([what = '']) => what.length));
  return lines.map(([what = '', value = '']) => `${what.padEnd(width)}  ${value}`).join('\n');
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      megabytes: { type: 'string', default: '1000' },
      shards: { type: 'string', default: '4' },
      rounds: { type: 'string', default: '3' },
      out: { type: 'string' },
    },
  });
  const size: LoadBenchSize = {
    bytes: Number(values.megabytes) * 1e6,
    shards: Number(values.shards),
    rounds: Number(values.rounds),
  };
  const result = await benchLoad(size, (line) => process.stderr.write(`${line}\n`));
  process.stdout.write(`${loadTable(result)}\n`);
  if (result.ratio !== null && result.ratio < reach) process.exitCode = 4;
  if (values.out === undefined) return;
  const document = {
    schema: 'shardlab/load-bench/v1',
    date: new Date().toISOString(),
    machine: await machineFacts(),
    psql: await psqlVersion(),
    size,
    reach,
    result,
  };
  await writeAtomically(values.out, `${JSON.stringify(document, null, 2)}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
