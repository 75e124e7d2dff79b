import { beforeAll, describe, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import type { CapacityDocument, CapacityStrategy } from '../../result/capacity-document.ts';
import { fact } from '../../result/finding.ts';
import type { Strategy } from '../../scenario/types.ts';
import { worded } from '../../wording/worded.ts';
import type { CapacityOutcome } from '../capacity/capacity-result.ts';
import { drawnTiny, simulatedSearch } from '../capacity/simulated-search-fixture.ts';
import { type RankingAsked, measureRanking } from './measure-ranking.ts';
import type { PredictedCandidate } from './predicted-candidates.ts';

let sample: CapacityDocument;
let found: CapacityStrategy;
beforeAll(async () => {
  ({ document: sample } = await simulatedSearch({ asked: { maxSteps: '5' } }));
  found = present(sample.strategies[0], 'strategy');
});

const listed = (name: string): Strategy => {
  const [key = '', router = ''] = name.split('/');
  return { name, key, router, parameter: null, hash: null, salt: '' };
};

/** Candidates that do the work of so many databases. */
const predicted = (databases: Readonly<Record<string, number>>): PredictedCandidate[] =>
  Object.entries(databases).map(([strategy, each]) => ({
    strategy,
    key: listed(strategy).key,
    router: listed(strategy).router,
    chosen: 'best',
    listed: listed(strategy),
    predicted: {
      databases: each,
      band: { p5: each - 0.1, p50: each, p95: each + 0.1 },
      capacityQps: null,
    },
  }));

type Known = Readonly<Record<string, Partial<CapacityStrategy> & { readonly qps: number }>>;

/** What a search of known capacities finds, each known to 2 % either way. */
function outcomeOf(known: Known, ended: Partial<CapacityOutcome> = {}): CapacityOutcome {
  const strategies: CapacityStrategy[] = [];
  for (const [strategy, { qps, ...other }] of Object.entries(known)) {
    const interval = { low: 0.98 * qps, high: 1.02 * qps };
    const usual = { status: 'found', limitedBy: null } as const;
    const one = { ...found, ...usual, notes: [], strategy, sustainedQps: qps, interval };
    strategies.push({ ...one, ...other });
  }
  return { document: { ...sample, strategies }, exitCode: 0, problem: null, ...ended };
}

function ranking(rounds: readonly CapacityOutcome[], changes: Partial<RankingAsked> = {}) {
  const orders: string[][] = [];
  const asked = measureRanking({
    ...drawnTiny({}),
    candidates: predicted({ 'b/jump': 2, 'a/jump': 3, 'c/jump': 1 }),
    rounds: rounds.length,
    recommended: { strategy: 'a/jump', shardCount: 2 },
    search: async ({ round, turns }) => {
      orders.push(turns(['a', 'b', 'c', 'd'], 7));
      return present(rounds[round - 1], 'round');
    },
    ...changes,
  });
  return asked.then((outcome) => ({ ...outcome, orders }));
}

const asPredicted: Known = {
  'a/jump': { qps: 300 },
  'b/jump': { qps: 200 },
  'c/jump': { qps: 100 },
};

test('rounds count together: the mean, the interval of both; in the opposite order', async () => {
  const second = { ...asPredicted, 'a/jump': { qps: 400 } };
  const { measured, exitCode, orders } = await ranking([outcomeOf(asPredicted), outcomeOf(second)]);
  expect([measured.verdict, measured.kendallTau, exitCode]).toEqual(['held', 1, 0]);
  const [first] = measured.candidates;
  expect(first).toMatchObject({ strategy: 'a/jump', sustainedQps: 350, rank: 1 });
  expect(first?.predicted.rank).toBe(1);
  expect(first?.interval).toEqual({ low: 294, high: 408 });
  expect(first?.searches.map(({ round, sustainedQps }) => [round, sustainedQps])).toEqual([
    [1, 300],
    [2, 400],
  ]);
  expect(orders[1]).toEqual(orders[0]?.toReversed());
  expect(measured.reason.text).toMatch(/^The ranking held: of 3 pairs 3 are surely/);
});

test('a ranking that does not hold is an answer, and says which took more', async () => {
  const turned = { ...asPredicted, 'c/jump': { qps: 500 } };
  const { measured, exitCode } = await ranking([outcomeOf(turned)]);
  expect([measured.verdict, exitCode]).toEqual(['not-held', exitCodes.ok]);
  expect(measured.reason.text).toContain('c/jump over a/jump and c/jump over b/jump');
  expect(measured.findings.map(({ code }) => code)).toEqual(['advice-measured-better']);
  expect(measured.candidates.map(({ rank }) => rank)).toEqual([2, 3, 1]);
});

describe('what bounds it is said', () => {
  test('a generator that was the limit: a lower bound, which tells nothing', async () => {
    const reason = worded(
      fact('limited-by-generator', { numbers: { rateQps: 400 }, names: { limits: [] } }),
    );
    const bounded = { status: 'at-least', limitedBy: { kind: 'generator', reason } } as const;
    const { measured, exitCode } = await ranking([
      outcomeOf({
        'a/jump': { qps: 300, ...bounded },
        'b/jump': { qps: 310, ...bounded },
        'c/jump': { qps: 320, ...bounded },
      }),
    ]);
    expect([measured.verdict, exitCode]).toEqual(['cannot-be-told', exitCodes.invalid]);
    const [first] = measured.candidates;
    expect(first?.interval).toEqual({ low: 294, high: null });
    expect(first?.notes.map(({ code, place }) => [code, place])).toEqual([
      ['limited-by-generator', '/measured/candidates/0'],
    ]);
  });

  test('windows that are none, and a search that is not confirmed', async () => {
    const doubtful = worded(
      fact('capacity-doubtful', {
        numbers: { rateQps: 300 },
        names: { status: 'EMPTY', reason: '' },
      }),
    );
    const { measured } = await ranking([
      outcomeOf({
        ...asPredicted,
        'a/jump': { qps: 300, notes: [doubtful] },
        'b/jump': { qps: 200, status: 'unfinished' },
      }),
    ]);
    expect(measured.candidates.map(({ rank }) => rank)).toEqual([null, 1, 2]);
    expect(measured.candidates.flatMap(({ notes }) => notes.map(({ code }) => code))).toEqual([
      'capacity-doubtful',
      'advice-measured-unfinished',
    ]);
  });
});

test('where no rate holds it takes least, and that is said', async () => {
  const notMet = { status: 'not-met', sustainedQps: null, interval: { low: 0, high: 20 } } as const;
  const { measured } = await ranking([
    outcomeOf({ ...asPredicted, 'c/jump': { qps: 0, ...notMet } }),
  ]);
  expect(measured.verdict).toBe('held');
  expect(measured.candidates.at(-1)).toMatchObject({ sustainedQps: null, rank: 3 });
});

test('Ctrl-C in the second round: the first one counts, exit code 130', async () => {
  const cut = { 'a/jump': { qps: 1, status: 'interrupted' as const } };
  const { measured, exitCode } = await ranking([
    outcomeOf(asPredicted),
    outcomeOf(cut, { exitCode: exitCodes.interrupted }),
  ]);
  expect([measured.verdict, exitCode]).toEqual(['held', exitCodes.interrupted]);
  const [first] = measured.candidates;
  expect(first?.sustainedQps).toBe(300);
  expect(first?.notes.map(({ code }) => code)).toEqual(['advice-measured-interrupted']);
});

test('a search that fails is the last, its error and exit code stay', async () => {
  const problem = new UserError('no such function', { exitCode: exitCodes.usage });
  const failed = { qps: 1, status: 'failed' as const, error: 'no such function' };
  const { measured, ...ended } = await ranking([
    outcomeOf({ 'a/jump': failed }, { exitCode: exitCodes.usage, problem }),
    outcomeOf(asPredicted),
  ]);
  expect(ended).toMatchObject({ problem, exitCode: exitCodes.usage });
  expect(measured.verdict).toBe('cannot-be-told');
  expect(measured.candidates[0]?.notes[0]?.text).toBe(
    'It could not be measured: no such function.',
  );
});

test('fewer shards than recommended are said', async () => {
  const recommended = { strategy: 'a/jump', shardCount: 16 };
  const { measured } = await ranking([outcomeOf(asPredicted)], { recommended });
  expect([measured.shardCount, measured.recommendedShardCount]).toEqual([2, 16]);
  expect(measured.findings[0]?.text).toMatch(/^Measured on 2 shards: 16, as recommended, do not/);
});
