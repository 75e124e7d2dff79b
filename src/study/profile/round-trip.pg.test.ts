import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { rngFrom } from '../../base/rng.ts';
import type { Scenario } from '../../scenario/types.ts';
import type { TestServer } from '../../sources/postgres/test-server-fixture.ts';
import { sqlReaderFixture } from '../../sql/sql-reader-fixture.ts';
import { countingServer, profiledRun } from './run-then-profile-fixture.ts';
import {
  bandOfShares,
  keyColumnsIn,
  loadedRows,
  routingShares,
  scenarioAt,
  type Shares,
  sharesOf,
  templateShares,
  topShare,
} from './round-trip-fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'round-trip-'));
let server: TestServer;

beforeAll(async () => {
  server = await countingServer();
}, 60_000);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server.stop();
});

interface RoundTrip {
  readonly original: Scenario;
  readonly written: Scenario;
  readonly text: string;
  /** By fingerprint. */
  readonly calls: ReadonlyMap<string, number>;
  readonly rows: Readonly<Record<string, number>>;
}

/** A run that leaves its rows behind is profiled. */
async function roundTrip(name: string, changes: readonly [RegExp, string][]): Promise<RoundTrip> {
  const { path, text } = await profiledRun(server, folder, name, changes);
  return {
    original: scenarioAt(path),
    written: scenarioAt('written.yaml', text),
    text,
    ...(await seenIn(name)),
  };
}

async function seenIn(name: string): Promise<Pick<RoundTrip, 'calls' | 'rows'>> {
  const statements = await server.ask(
    `select query, calls::float8 from pg_stat_statements
      where dbid = (select oid from pg_database where datname = current_database())`,
    name,
  );
  const calls = new Map<string, number>();
  for (const [query, count] of statements) {
    const sql = String(query).replace(/^prepare \S+ as /, '');
    const print = sqlReaderFixture.grammar.fingerprint(sql);
    if (print !== null) calls.set(print, (calls.get(print) ?? 0) + Number(count));
  }
  const tables = await server.ask(
    `select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname like 'shardlab%'`,
    name,
  );
  const rows: Record<string, number> = {};
  for (const [schema, table] of tables) {
    const place = `"${String(schema)}"."${String(table)}"`;
    const [[count] = []] = await server.ask(`select count(*) from ${place}`, name);
    rows[String(table)] = Number(count);
  }
  return { calls, rows };
}

/** Routes of the original's statements, each as often as the database has seen it. */
function seenRouting({ original, calls }: RoundTrip, key: string): Shares {
  const print = (text: string): string => sqlReaderFixture.grammar.fingerprint(text) ?? text;
  const all = original.operations.flatMap(({ script }) => script?.statements ?? []);
  const uses = Map.groupBy(all, ({ text }) => print(text));
  const weightOf = (text: string): number =>
    (calls.get(print(text)) ?? 0) / (uses.get(print(text))?.length ?? 1);
  // Of the customer whom TPC-C finds by name only an answer says which one it is.
  if (key === 'customer') return templateShares(original, key, weightOf);
  return routingShares(original, key, ({ text }) => weightOf(text));
}

/** Standard deviations of figures of shares over so many draws of a multinomial. */
function spreadOf(
  shares: Float64Array,
  counted: number,
  figure: (drawn: Float64Array) => number,
): number {
  const rng = rngFrom(1, 'draws');
  const ends = shares.map((_, at) => topShare(shares, at + 1));
  const found = Array.from({ length: 12 }, () => {
    const drawn = new Float64Array(shares.length);
    for (let i = 0; i < counted; i += 1) {
      const at = rng.double();
      const place = ends.findIndex((end) => at < end);
      const value = place === -1 ? shares.length - 1 : place;
      drawn[value] = (drawn[value] ?? 0) + 1 / counted;
    }
    return figure(drawn.toSorted().toReversed());
  });
  const mean = found.reduce((sum, each) => sum + each, 0) / found.length;
  return Math.sqrt(found.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (found.length - 1));
}

/** Transactions that the shares of the load are from. */
function countedIn(text: string): number {
  const [, counted] = /Shares of the load are those of ([\d,]+) transactions/.exec(text) ?? [];
  return Number(present(counted, 'a load by transactions').replaceAll(',', ''));
}

const short: readonly [RegExp, string][] = [
  [/^rate: .*$/m, 'rate: 300/s\nduration: 4s\nwarmup: 1s'],
];

/**
 * Of posts that are liked again and again only the last write can be seen, which makes the busiest
 * users look less busy than they are: here people follow more and like less.
 */
const likesFew: readonly [RegExp, string][] = [
  [/weight: 14$/m, 'weight: 2'],
  [/(- name: follow\n.*\n.*weight: )3$/m, '$1 15'],
];

describe.each([
  ['shop', [...short, [/count: 500,/, 'count: 100,']]],
  [
    'tpcc',

    [
      [/^rate: .*$/m, 'rate: 60/s\nduration: 4s\nwarmup: 1s'],
      [/count: 100,/, 'count: 12,'],
    ],
  ],
  ['social', [...short, ...likesFew, [/count: 5000,/, 'count: 400,']]],
] as const)('%s', (name, changes) => {
  let trip: RoundTrip;
  beforeAll(async () => {
    trip = await roundTrip(
      name,
      changes.map(([from, to]) => [from, to]),
    );
  }, 120_000);

  test('has the same candidate keys, with the routing of what was seen', () => {
    const keys = keyColumnsIn(present(trip.original.tables, 'tables'));
    const found = keyColumnsIn(present(trip.written.tables, 'tables'));
    for (const [columns, key] of keys) {
      const own = present(found.get(columns), `a key of ${columns}`);
      const seen = seenRouting(trip, key);
      const written = routingShares(
        trip.written,
        own,
        ({ operation, repeats }) => (trip.written.operations[operation]?.weight ?? 0) * repeats,
      );
      for (const [fate, share] of Object.entries(seen)) {
        const other = written[fate as keyof Shares];
        expect(Math.abs(other - share), `${key} ${fate} ${share} ${other}`).toBeLessThan(0.01);
      }
    }
  });

  test('has as many rows in each table', () => {
    expect(loadedRows(trip.written)).toEqual(trip.rows);
  });

  test('is as uneven, and lies as unevenly, as far as so many transactions tell', () => {
    const [original, written] = [sharesOf(trip.original), sharesOf(trip.written)];
    expect(written.length).toBe(original.length);
    const counted = countedIn(trip.text);
    for (const count of [1, 10, Math.ceil(original.length / 100)]) {
      const off = topShare(written, count) - topShare(original, count);
      const error = spreadOf(original, counted, (drawn) => topShare(drawn, count));
      expect(Math.abs(off), `top ${count}`).toBeLessThan(0.005 + 4 * error);
    }
    for (const seed of [1, 2, 3]) {
      const [one, other] = [bandOfShares(original, 200, seed), bandOfShares(written, 200, seed)];
      for (const quantile of ['p50', 'p95'] as const) {
        const band = (shares: Float64Array): number => bandOfShares(shares, 200, seed)[quantile];
        const error = spreadOf(original, counted, band);
        const off = other[quantile] - one[quantile];
        expect(Math.abs(off), `${quantile} ${seed}`).toBeLessThan(0.05 + 4 * error);
      }
    }
  });
});
