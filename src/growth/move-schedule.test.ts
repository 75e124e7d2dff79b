import { expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { movementBetween } from '../placement/movement.ts';
import { shardedCandidate } from './candidate.ts';
import { placedKey } from '../placement/placed-key.ts';
import { caseOf, contextOf, given, scenarioOf, textOf } from './growth-fixture.ts';
import { movePlan } from './move-schedule.ts';

const text = (capacity: string, moves: string) => `
rate: 400/s
duration: 1s
tenants: { uniform: true, count: 1000 }
data: { total: 4MiB, row: 512B }
operations:
  - name: touch
    kind: write
    binds: [tenant_id]
    sql: update orders set total = 1 where tenant_id = :tenant_id
strategies: [{ key: tenant_id, router: jump }]
growth: { now: { bytes: 40GiB }, moves: ${moves} }
${capacity}
`;

function planned(capacity: string, moves: string, qps = 1000) {
  const asked = caseOf(scenarioOf(text(capacity, moves)), [5], given(qps));
  const context = contextOf(asked);
  const { strategy, placements } = present(asked.strategies[0], 'strategy');
  const key = placedKey(asked.workload, strategy);
  const candidates = placements.map((each) => shardedCandidate(context, strategy, key, each));
  const before = present(placements[0], 'before');
  const after = present(placements[1], 'after');
  const from = present(candidates[0], 'from');
  const to = present(candidates[1], 'to');
  const plan = movePlan(context, { strategy, key, before, after, from, to });
  return { plan, before, after, known: key.known, from };
}

test('what moves is a fifth of everything, at the size of today', () => {
  const { plan, before, after, known } = planned('', '{}');
  const { keysMovedFraction, rowsMovedFraction } = movementBetween(before, after, {
    keys: known,
    rows: known.rows,
    bytes: known.rows,
    load: known.weights,
  });
  expect(keysMovedFraction).toBeGreaterThan(0.15);
  expect(plan.tenants).toBe(Math.round(1000 * keysMovedFraction));
  expect(plan.bytes).toBeCloseTo(40 * 2 ** 30 * rowsMovedFraction, -3);
  expect(plan.rows).toBeCloseTo(plan.bytes / 512, 3);
});

test('duration by the throttle: copied once, verified once, then both sides are kept', () => {
  const { plan } = planned('', '{ throttle: 10MiB/s, soak: 2h }');
  expect(plan.copySeconds).toBeCloseTo(plan.bytes / (10 * 2 ** 20), 9);
  expect(plan.verifySeconds).toBe(plan.copySeconds);
  expect(plan.dualWriteSeconds).toBeCloseTo(2 * plan.copySeconds + 7200, 9);
});

test('sources read and targets write meanwhile: by hand', () => {
  // 1 MB/s are 2,048 rows of 512 B, each 0.05 of an operation: 102.4 a second on either side.
  const { plan, from } = planned('', '{ throttle: 1MiB/s, rowCost: 0.05 }');
  const target = plan.shards.find(({ role }) => role === 'target');
  expect(target).toMatchObject({ shard: 4, bytesOut: 0, isPastHeadroom: false });
  expect(target?.utilisation?.before).toBe(0);
  expect(target?.utilisation?.during).toBeCloseTo((target?.utilisation?.after ?? 0) + 0.1024, 9);
  const source = plan.shards.find(({ shard }) => shard === 0);
  const work = from.demand.keyed[0] ?? 0;
  expect(source?.utilisation?.before).toBeCloseTo(0.4 * work, 12);
  expect(source?.utilisation?.during).toBeCloseTo(0.4 * work + 0.1024, 9);
  expect(source?.bytesIn).toBe(0);
  const out = plan.shards.reduce((sum, { bytesOut }) => sum + bytesOut, 0);
  expect(out).toBeCloseTo(plan.bytes, 3);
  expect(plan.warnings).toStrictEqual([]);
});

test('a move that pushes a shard past its headroom says so', () => {
  const { plan } = planned('', '{ throttle: 10MiB/s, rowCost: 0.05 }');
  expect(plan.shards.every(({ isPastHeadroom }) => isPastHeadroom)).toBe(true);
  expect(textOf(plan.warnings[0])).toMatch(
    new RegExp(
      String.raw`^shard 0 \(source\) reaches 1\d\d(\.\d)? % of its capacity while rows are ` +
        String.raw`copied, more than 70 %`,
    ),
  );
  const { warnings } = planned('', '{ throttle: 10MiB/s, rowCost: 0.05 }', 130).plan;
  expect(textOf(warnings[0])).toMatch(
    / \(without the move it is already at (7|8)\d(\.\d)? %\): move fewer bytes/,
  );
});

test('the target needs room on its disk', () => {
  const { plan } = planned('capacity: { disk: 10GiB }', '{}');
  expect(textOf(plan.warnings.at(-1))).toMatch(
    /^the disk of shard 4 is \d\d(\.\d)? % full after the move$/,
  );
});

test('copying a row costs the same, whichever operations the scenario lists', () => {
  const during = (capacity: string) => planned(capacity, '{}').plan.shards[0]?.utilisation;
  // The only operation has the mean cost 1 when it costs 4, so that a row is a fourth of that.
  const plain = during('');
  const listed = during('capacity: { operations: { touch: { cost: 4 } } }');
  const copying = (plain?.during ?? 0) - (plain?.before ?? 0);
  expect((listed?.during ?? 0) - (listed?.before ?? 0)).toBeCloseTo(copying / 4, 12);
});
