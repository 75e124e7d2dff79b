import fc from 'fast-check';
import { expect, test } from 'vitest';
import { costInput } from '../scenario/cost-input.ts';
import type { OperationWork } from './demand.ts';
import { instanceRemedies, withReplicas } from './instance-remedies.ts';

const cost = costInput.parse({});
const mixOf = (reads: number): OperationWork[] =>
  (['read', 'write'] as const).map((kind) => ({
    name: kind,
    kind,
    routing: 'single-shard',
    share: kind === 'read' ? reads : 1 - reads,
    cost: 1,
    scan: false,
    costSource: 'given',
    costInterval: null,
  }));

test('twice the machine costs twice its price, with its standby; storage and people do not', () => {
  const [larger] = instanceRemedies({ cost, mix: mixOf(0), bytes: 100e9, wantedFactor: 2 });
  // 2 x (2 x 1,000), 2 x 100 GB at 0.12, 4 hours at 100
  expect(larger?.bill.total.mid).toBeCloseTo(4000 + 24 + 400, 8);
  expect(larger).toMatchObject({ kind: 'larger-instance', count: 2, capacityFactor: 2 });
});

test('replicas take reads only, and each does all writes: a half of reads at most doubles', () => {
  expect(withReplicas(0.5, 1)).toBe(1);
  expect(withReplicas(0.5, 5)).toBeCloseTo(1 / 0.6, 12);
  expect(withReplicas(1, 7)).toBeCloseTo(7, 12);
  const [, replicas] = instanceRemedies({ cost, mix: mixOf(0.8), bytes: 0, wantedFactor: 2.5 });
  // 1 / (0.2 + 0.8 / 4) = 2.5
  expect(replicas).toMatchObject({ kind: 'read-replicas', count: 4, capacityFactor: 2.5 });
  // One primary, its standby and four more.
  expect(replicas?.bill.infrastructure.mid).toBeCloseTo(6000, 8);
});

test('as few replicas as carry what is wanted, where any number does', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.05, max: 1, noNaN: true }),
      fc.double({ min: 0.1, max: 20, noNaN: true }),
      (reads, wantedFactor) => {
        const [, found] = instanceRemedies({ cost, mix: mixOf(reads), bytes: 0, wantedFactor });
        const count = found?.count ?? 0;
        expect(count).toBeGreaterThanOrEqual(1);
        expect(count).toBeLessThanOrEqual(15);
        if (withReplicas(reads, 15) < wantedFactor) return;
        expect(withReplicas(reads, count)).toBeGreaterThanOrEqual(wantedFactor * (1 - 1e-9));
        const fewer = count === 1 ? 0 : withReplicas(reads, count - 1);
        expect(fewer).toBeLessThan(wantedFactor);
      },
    ),
  );
});
