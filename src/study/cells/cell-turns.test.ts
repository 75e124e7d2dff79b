import { describe, expect, test } from 'vitest';
import { allSteps } from '../../base/steps.ts';
import type { LoadedScenario } from '../scenario/load-scenario.ts';
import type { FinishedCell } from './cell-outcome.ts';
import { measuredPhases } from './cell-phases.ts';
import { routingSteps } from './cell-routing.ts';
import { cellSpecs } from './cell-specs.ts';
import { type CellLoop, eachCell } from './each-cell.ts';
import { type FakeScript, fakeRunner, loadedTiny } from './fake-cell-runner-fixture.ts';
import { PlacedKeys } from './placed-keys.ts';

const tiny = loadedTiny();
const repeated: LoadedScenario = {
  ...tiny,
  scenario: { ...tiny.scenario, repeat: 2, durationMs: 2000 },
};

/** Cells single, a and b; `calls` has what each runner was asked, without facts. */
async function ran(
  loaded: LoadedScenario,
  changes: Partial<CellLoop> = {},
  scripts: Readonly<Record<string, FakeScript>> = {},
) {
  const keys = new PlacedKeys(loaded);
  const calls: string[] = [];
  const documents: string[] = [];
  const run = await eachCell({
    loaded,
    order: cellSpecs(loaded.scenario),
    plan: async (spec) => {
      const routing = allSteps(routingSteps(spec, loaded, keys));
      return { spec, routing, phases: measuredPhases(loaded, routing) };
    },
    runner: ({ spec, attempt }) => {
      const name = attempt > 1 ? `${spec.name} again` : spec.name;
      return fakeRunner((what) => calls.push(`${name} ${what}`), scripts[name]);
    },
    accept: () => undefined,
    signal: new AbortController().signal,
    now: () => new Date(0),
    entered: () => undefined,
    finished: async (cells) => {
      documents.push(cells.map(repeatsOf).join(', '));
    },
    ...changes,
  });
  return { ...run, calls: calls.filter((call) => !call.endsWith('facts')), documents };
}

function repeatsOf({ spec, outcome }: FinishedCell): string {
  const count = outcome.status === 'ok' ? (outcome.repeats?.length ?? 1) : outcome.status;
  return `${spec.name} ${count}`;
}

describe('cells whose turns alternate', () => {
  test('have a turn for each repeat, in another order in each round', async () => {
    const { calls, documents, cells, problem } = await ran(repeated);
    const visit = ['warm-up', 'measure'];
    const turns = (name: string, before: string[], after: string[]) =>
      [...before, ...visit, ...after].map((what) => `${name} ${what}`);
    expect(calls).toEqual([
      ...['single', 'a', 'b'].flatMap((name) => turns(name, ['prepare'], [])),
      ...['a', 'single', 'b'].flatMap((name) => turns(name, [], ['close'])),
    ]);
    expect(problem).toBeNull();
    expect(documents).toEqual([
      'single 1, a 1, b 1',
      'single 1, a 2, b 1',
      'single 2, a 2, b 1',
      'single 2, a 2, b 2',
    ]);
    const [single, a] = cells.map(({ outcome }) => (outcome.status === 'ok' ? outcome : null));
    expect(a?.repeats?.map(({ repeat, turn }) => [repeat, turn])).toEqual([
      [0, 1],
      [1, 3],
    ]);
    // Together they are the whole window.
    const whole = (await ran(tiny)).cells[0]?.outcome;
    const { load } = whole?.status === 'ok' ? whole : { load: null };
    expect(single?.load).toMatchObject({ arrivals: 20_000, offeredQps: 10_000 });
    expect(load).toMatchObject({ offeredQps: 10_000 });
  });

  test('keep what was measured of them when the user interrupts', async () => {
    const controller = new AbortController();
    let measured = 0;
    const measure = (): void => {
      measured += 1;
      if (measured === 2) controller.abort('SIGINT');
    };
    const { cells, problem, calls } = await ran(
      repeated,
      { signal: controller.signal },
      { a: { measure: () => undefined }, b: { 'warm-up': measure } },
    );
    // b was in its second turn, the last of the run.
    expect(cells.map(repeatsOf)).toEqual(['single 2', 'a 2', 'b 1']);
    expect(problem).toMatchObject({ message: 'interrupted' });
    const [, a, b] = cells.map(({ outcome }) => (outcome.status === 'ok' ? outcome.notes : []));
    expect(b).toMatchObject([{ code: 'repeats-missing', numbers: { measured: 1, planned: 2 } }]);
    expect(a).toEqual([]);
    expect(calls.filter((call) => call.endsWith('close')).toSorted()).toEqual(
      ['a close', 'b close', 'single close'].toSorted(),
    );
  });
});

describe('a cell that the machine has spoilt', () => {
  const spoiltFirst = (): Pick<CellLoop, 'isSpoilt'> => {
    let seen = 0;
    // Of the three cells the second, when it is looked at for the first time.
    return { isSpoilt: () => (seen += 1) === 2 };
  };

  test('is measured again behind all others; both attempts stay', async () => {
    const told: string[][] = [];
    const again = (cells: readonly FinishedCell[]): void => {
      told.push(cells.map(({ spec }) => spec.name));
    };
    const run = await ran(tiny, { ...spoiltFirst(), retries: 1, again });
    expect(told).toEqual([['a']]);
    expect(run.calls.slice(-4)).toEqual(
      ['prepare', 'warm-up', 'measure', 'close'].map((what) => `a again ${what}`),
    );
    expect(run.cells.map(({ spec, attempt }) => `${spec.name} ${attempt}`)).toEqual([
      'single 1',
      'a 2',
      'b 1',
    ]);
    expect(run.spoilt.map(({ spec, attempt }) => `${spec.name} ${attempt}`)).toEqual(['a 1']);
  });

  test('is measured again so often as is asked, and never without', async () => {
    const always = { isSpoilt: () => true };
    expect((await ran(tiny, always)).spoilt).toEqual([]);
    const twice = await ran(tiny, { ...always, retries: 2 });
    expect(twice.cells.map(({ attempt }) => attempt)).toEqual([3, 3, 3]);
    expect(twice.spoilt.map(({ spec, attempt }) => `${spec.name} ${attempt}`)).toEqual(
      [1, 2].flatMap((attempt) => ['single', 'a', 'b'].map((name) => `${name} ${attempt}`)),
    );
  });

  test('keeps its first attempt where the second is not measured to its end', async () => {
    const fails = {
      measure: () => {
        throw new Error('no room');
      },
    };
    const { cells, spoilt, problem } = await ran(
      tiny,
      { ...spoiltFirst(), retries: 1 },
      { 'a again': fails },
    );
    expect(cells.map(({ outcome, attempt }) => `${outcome.status} ${attempt}`)).toEqual([
      'ok 1',
      'ok 1',
      'ok 1',
    ]);
    expect(spoilt).toEqual([]);
    expect(problem).toMatchObject({ message: 'no room' });
  });
});
