import { targetContract } from '../traffic/target.suite.ts';
import { outcomes } from '../metrics/outcome.ts';
import { FakeTarget } from './fake-target.ts';
import { VirtualTime } from '../simulate/virtual-time.ts';

targetContract(async () => {
  const time = new VirtualTime();
  const target = new FakeTarget(time, (_shard, _now, operation) => ({
    serviceNs: operation === 2 ? Number.POSITIVE_INFINITY : 1e6,
    outcome: operation === 1 ? outcomes.failed : outcomes.ok,
  }));
  return {
    target,
    good: () => ({ operation: 0, tenant: 0, row: 0 }),
    bad: { operation: 1, tenant: 0, row: 0 },
    slow: { operation: 2, tenant: 0, row: 0 },
    settle: async (done) => {
      while (!done() && time.step());
    },
    close: async () => undefined,
  };
});
