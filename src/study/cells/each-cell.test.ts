import { describe, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { allSteps } from '../../base/steps.ts';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import { sampleResult } from '../../testing/sample-result.ts';
import type { FinishedCell } from './cell-outcome.ts';
import { measuredPhases, simulatedPhases } from './cell-phases.ts';
import { routingSteps } from './cell-routing.ts';
import type { PlannedCell } from './cell-runner.ts';
import { type CellSpec, cellSpecs, shuffled } from './cell-specs.ts';
import { PlacedKeys } from './placed-keys.ts';
import { type CellLoop, type CellsRun, eachCell } from './each-cell.ts';
import {
  type FakeScript,
  fakeRunner,
  loadedTiny,
  operationsIn,
} from './fake-cell-runner-fixture.ts';

const loaded = loadedTiny();
const keys = new PlacedKeys(loaded);
const specs = cellSpecs(loaded.scenario);

async function planned(spec: CellSpec): Promise<PlannedCell> {
  const routing = allSteps(routingSteps(spec, loaded, keys));
  return { spec, routing, phases: measuredPhases(loaded, routing) };
}

interface Ran extends CellsRun {
  readonly calls: readonly string[];
  readonly stages: readonly string[];
  /** Statuses that each document had. */
  readonly documents: readonly (readonly string[])[];
}

/** @param scripts by name of the cell */
async function ran(
  scripts: Readonly<Record<string, FakeScript>> = {},
  changes: Partial<CellLoop> = {},
): Promise<Ran> {
  const calls: string[] = [];
  const stages: string[] = [];
  const documents: string[][] = [];
  const run = await eachCell({
    loaded,
    order: specs,
    plan: planned,
    runner: ({ spec }) =>
      fakeRunner((what) => calls.push(`${spec.name} ${what}`), scripts[spec.name]),
    accept: () => undefined,
    signal: new AbortController().signal,
    now: () => new Date(0),
    entered: ({ spec, index }, stage) => stages.push(`${index} ${spec.name} ${stage}`),
    finished: async (cells) => {
      documents.push(cells.map(({ outcome }) => outcome.status));
    },
    ...changes,
  });
  return { ...run, calls, stages, documents };
}

const statuses = (cells: readonly FinishedCell[]): string[] =>
  cells.map(({ spec, outcome }) => `${spec.name} ${outcome.status}`);

const fail = (text: string) => (): never => {
  throw new UserError(text, { exitCode: exitCodes.unusable });
};

describe('cells one after another', () => {
  test('are prepared, run phase by phase and closed, each with a document after it', async () => {
    const { cells, problem, calls, documents, stages } = await ran();
    const whole = ['prepare', 'warm-up', 'measure', 'facts', 'close'];
    expect(calls).toEqual(
      ['single', 'a', 'b'].flatMap((name) => whole.map((what) => `${name} ${what}`)),
    );
    expect(documents).toEqual([['ok'], ['ok', 'ok'], ['ok', 'ok', 'ok']]);
    expect(statuses(cells)).toEqual(['single ok', 'a ok', 'b ok']);
    expect(problem).toBeNull();
    expect(stages.slice(4, 8)).toEqual(['1 a place', '1 a load', '1 a warm-up', '1 a measure']);
  });

  test('run in the order that they are given, which the seed decides', async () => {
    const many = loadedTiny(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
    const all = cellSpecs(many.scenario);
    const names = (seed: number): string[] => shuffled(all, seed).map(({ name }) => name);
    expect(names(1)).toEqual(names(1));
    expect(names(1)).not.toEqual(names(2));
    expect(names(2).toSorted()).toEqual(all.map(({ name }) => name).toSorted());
    const { cells } = await ran({}, { order: shuffled(all, 2), loaded: many });
    expect(cells.map(({ spec }) => spec.name)).toEqual(names(2));
  });

  test('have the numbers of the measured phase', async () => {
    const { cells } = await ran();
    const { durationMs } = loaded.scenario;
    for (const { spec, outcome } of cells) {
      expect(outcome).toMatchObject({ load: { arrivals: operationsIn(durationMs) } });
      expect(outcome).toMatchObject({ shards: { length: spec.shardCount }, verdict: {} });
    }
  });
});

describe('a cell that fails', () => {
  test.each(['prepare', 'warm-up', 'measure', 'facts'])(
    'in %s is closed, keeps what was measured before, and is the last',
    async (where) => {
      const { cells, problem, calls, documents } = await ran({ a: { [where]: fail('no room') } });
      expect(statuses(cells)).toEqual(['single ok', 'a failed']);
      expect(cells[1]?.outcome).toEqual({ status: 'failed', error: 'no room' });
      expect(cells[0]?.outcome).toMatchObject({ load: { failed: 0 } });
      expect(problem).toMatchObject({ exitCode: exitCodes.unusable });
      expect(documents).toEqual([['ok'], ['ok', 'failed']]);
      expect(calls.filter((call) => call.endsWith('close'))).toEqual(['single close', 'a close']);
    },
  );

  test('before it is prepared, or while it is closed, has failed as well', async () => {
    const unplanned = await ran({}, { plan: async () => fail('no router')() });
    expect(statuses(unplanned.cells)).toEqual(['single failed']);
    expect(unplanned.calls).toEqual(['single close']);
    const unclosed = await ran({ single: { close: fail('no end') } });
    expect(unclosed.cells[0]?.outcome).toEqual({ status: 'failed', error: 'no end' });
  });

  test('is one that is not accepted', async () => {
    const { cells } = await ran({}, { accept: fail('the disk is full') });
    expect(cells.map(({ outcome }) => outcome)).toEqual([
      { status: 'failed', error: 'the disk is full' },
    ]);
  });
});

describe('an interrupted cell', () => {
  test.each(['prepare', 'warm-up', 'measure'])(
    'in %s is closed and the last, whatever it rejects with',
    async (where) => {
      const controller = new AbortController();
      const script = {
        [where]: () => {
          controller.abort('SIGINT');
          fail('the connection was closed')();
        },
      };
      const { cells, problem, calls } = await ran({ a: script }, { signal: controller.signal });
      expect(statuses(cells)).toEqual(['single ok', 'a interrupted']);
      expect(problem).toMatchObject({ message: 'interrupted', exitCode: exitCodes.interrupted });
      expect(calls.at(-1)).toBe('a close');
    },
  );

  test('between two phases begins no other', async () => {
    const controller = new AbortController();
    const script = { 'warm-up': () => controller.abort('SIGINT') };
    const { calls } = await ran({ single: script }, { signal: controller.signal });
    expect(calls).toEqual(['single prepare', 'single warm-up', 'single close']);
  });

  test('between two cells is the next one, of which nothing is started', async () => {
    const controller = new AbortController();
    const { cells, calls } = await ran(
      {},
      { signal: controller.signal, finished: async () => controller.abort('SIGTERM') },
    );
    expect(statuses(cells)).toEqual(['single ok', 'a interrupted']);
    expect(calls.filter((call) => call.startsWith('a '))).toEqual([]);
  });
});

test('phases follow each other without a second load, each with routes of its own', async () => {
  const routingOf = (spec: CellSpec) => allSteps(routingSteps(spec, loaded, keys));
  const a = present(specs[1], 'cell on two shards');
  const one = routingOf(present(specs[0], 'cell on one shard'));
  const two = routingOf(a);
  const measure = present(simulatedPhases(loaded, two)[0], 'phase');
  const phase = { ...measure.phase, durationMs: 30 };
  const before = { phase, title: 'one shard', routing: one, measured: false };
  const phases = [before, { ...before, title: 'two shards', routing: two }, measure];
  const { writesBefore: _, ...server } = present(
    sampleResult().cells.find(({ shards }) => shards.length > 1)?.shards[0]?.server,
    'server',
  );
  const calls: string[] = [];
  const { cells } = await ran(
    {},
    {
      order: [a],
      plan: async (spec) => ({ spec, routing: one, phases }),
      runner: () => fakeRunner((what) => calls.push(what), {}, { servers: [server, server] }),
    },
  );
  expect(calls).toEqual(['prepare', 'one shard', 'two shards', 'measure', 'facts', 'close']);
  const [cell] = cells;
  expect(cell?.outcome).toMatchObject({ status: 'ok', shards: { length: 2 } });
  const shards = cell?.outcome.status === 'ok' ? cell.outcome.shards : [];
  // 300 writes on one shard, then 150 on each of two.
  expect(shards.map(({ server: own }) => own?.writesBefore)).toEqual([450, 150]);
});
