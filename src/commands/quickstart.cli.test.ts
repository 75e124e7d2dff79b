import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { chiSquareTest } from '../testing/chi-square.ts';
import { idealBand, maxOverMean, tenantFloor } from '../metrics/imbalance.ts';
import { writesByShard } from '../placement/write-placement.ts';
import { parseRunResult } from '../result/parse.ts';
import { type RunResult, verdictStatuses } from '../result/types.ts';
import { buildRouter } from '../router/build-router.ts';
import { keyColumn } from '../workload/key-column.ts';
import { knownKeys, writesByKey } from '../workload/key-usage.ts';
import { type LoadedScenario, loadScenario } from '../study/scenario/load-scenario.ts';
import {
  cellOf,
  type Ended,
  leftIn,
  makeScratch,
  processesIn,
  repository,
  shardlab,
  spyOnPasswords,
} from './shardlab-fixture.ts';

const scenarioPath = join(repository, 'scenarios', 'quickstart.yaml');
const tenantKeyed = ['mod', 'jump', 'ring:150', 'range', 'directory'].map(
  (router) => `tenant_id/${router}`,
);
const keyed = [...tenantKeyed, 'order_id/jump'];

describe('the whole quickstart, 3 s a cell', () => {
  let ended: Ended;
  let result: RunResult;
  let onDisk: string;
  let replay: LoadedScenario;
  let secrets: string[];
  let texts: string[];
  let left: string[];

  beforeAll(async () => {
    const folder = makeScratch();
    const out = join(folder, 'out');
    const spied = spyOnPasswords(folder);
    const args = ['run', scenarioPath, '--duration', '3s', '--json', '--out', out];
    const environment = { TMPDIR: folder, ...spied.environment };
    ended = await shardlab(args, { cwd: folder, environment });
    onDisk = readFileSync(join(out, 'result.json'), 'utf8');
    result = parseRunResult(onDisk, 'result.json');
    secrets = spied.secrets();
    texts = [ended.stdout, ended.stderr];
    for (const file of readdirSync(out)) texts.push(readFileSync(join(out, file), 'utf8'));
    left = [...leftIn(folder), ...processesIn(folder)];
    replay = await loadScenario(scenarioPath, { duration: '3s' });
    return () => rmSync(folder, { recursive: true });
  }, 240_000);

  test('prints the result that it wrote, and leaves nothing behind', () => {
    expect(ended.stdout).toBe(onDisk);
    expect(left).toEqual([]);
    const valid = result.cells.every(({ verdict }) => verdict?.status === 'VALID');
    expect(ended.code).toBe(valid ? 0 : 5);
  });

  test('has seven cells, each with a verdict and its reasons', () => {
    expect(result.cells.map(({ strategy }) => strategy)).toEqual(['single', ...keyed]);
    expect(result.window.cellOrder.toSorted()).toEqual(['single', ...keyed].toSorted());
    for (const { status, error, verdict, shards, shardCount } of result.cells) {
      expect({ status, error }).toEqual({ status: 'ok', error: null });
      expect(verdictStatuses).toContain(verdict?.status);
      expect(verdict?.reasons.length).toBeGreaterThan(0);
      expect(shards).toHaveLength(shardCount);
    }
  });

  test('every arrival has one outcome', () => {
    for (const { load } of result.cells) {
      const { arrivals, ok, failed, timedOut, dropped } = present(load, 'load');
      expect(ok + failed + timedOut + dropped).toBe(arrivals);
      expect(arrivals).toBe(replay.plan.measure.arrivals);
    }
  });

  test('every cell was offered the same arrivals, which have the digest', () => {
    expect(result.arrivalsDigest).toBe(replay.plan.digest);
    for (const { operations } of result.cells) {
      expect(operations.map(({ arrivals }) => arrivals)).toEqual([...replay.plan.byOperation]);
    }
  });

  test('the arrivals agree with the weights of the tenants', () => {
    const { plan, workload } = replay;
    const { p, degrees } = chiSquareTest(plan.byTenant, workload.tenants.weights);
    expect(degrees).toBeGreaterThan(20);
    expect(p).toBeGreaterThan(1e-4);
  });

  test.each(keyed)('%s: the writes of each shard are those of a replay', (name) => {
    const { workload, scenario, plan } = replay;
    const strategy = present(
      scenario.strategies.find((each) => each.name === name),
      name,
    );
    const { shards, weights } = scenario.topology;
    const router = buildRouter(
      strategy,
      { shardCount: shards, weights },
      keyColumn(workload, strategy.key).type,
      knownKeys(workload, strategy.key),
    );
    const expected = new Float64Array(shards);
    writesByShard(router, writesByKey(workload, plan, strategy.key), expected);
    expect(cellOf(result, name).shards.map(({ writesSent }) => writesSent)).toEqual([...expected]);
  });

  test('single: its shard has all writes', () => {
    const { workload, plan } = replay;
    const writes = plan.byOperation.filter((_, i) => workload.operations[i]?.kind === 'write');
    const total = writes.reduce((sum, count) => sum + count, 0);
    expect(cellOf(result, 'single').shards.map(({ writesSent }) => writesSent)).toEqual([total]);
  });

  test.each(tenantKeyed)('%s is not below the floor of the arrivals', (name) => {
    const { workload, plan } = replay;
    const writes = writesByKey(workload, plan, 'tenant_id');
    const floor = tenantFloor(
      writes.counts.toSorted((a, b) => b - a),
      4,
      writes.everywhere,
    );
    const spread = present(cellOf(result, name).imbalance, 'imbalance').writeQps;
    expect(spread.tenantFloor).toBe(floor);
    expect(present(spread.maxOverMean, 'max/mean')).toBeGreaterThanOrEqual(
      present(floor, 'floor') - 1e-9,
    );
  });

  test('order_id/jump lies within the 99 % band of the ideal, and scatters most', () => {
    const { workload, plan } = replay;
    const { keys } = writesByKey(workload, plan, 'order_id');
    const band = present(idealBand(4, keys.count, 0.99), 'band');
    const cell = cellOf(result, 'order_id/jump');
    const spread = maxOverMean(cell.shards.map(({ writesSent }) => writesSent));
    expect(spread).toBeGreaterThanOrEqual(band.low);
    expect(spread).toBeLessThanOrEqual(band.high);
    const scatter = (name: string): number => cellOf(result, name).fanOut?.scatterFraction ?? 1;
    for (const name of tenantKeyed) expect(scatter(name)).toBeLessThan(scatter('order_id/jump'));
  });

  test('percentiles are there where the sample allows, and null where not', () => {
    for (const { shards, overall, load } of result.cells) {
      const all = present(overall, 'overall').responseMs;
      expect(all.count).toBe(load?.arrivals);
      for (const { writeQps, readQps, responseMs } of shards) {
        expect(writeQps).toBeGreaterThan(0);
        expect(readQps).toBeGreaterThan(0);
        expect(responseMs.ok.p50).toBeGreaterThan(0);
        expect(responseMs.ok.p99 === null).toBe(responseMs.ok.count < 1000);
      }
    }
  });

  test('no password is in any output or file', () => {
    expect(secrets).not.toEqual([]);
    for (const secret of secrets) {
      for (const text of texts) expect(text.includes(secret)).toBe(false);
    }
  });
});
