import { describe, expect, test } from 'vitest';
import { targetContract } from '../traffic/target.suite.ts';
import { outcomes } from '../metrics/outcome.ts';
import { tinyScenario } from '../testing/tiny-scenario.ts';
import { shardServers } from './shard-servers.ts';
import { cancelled, SimulatedTarget } from './simulated-target.ts';
import { VirtualTime } from './virtual-time.ts';

const { operations, simulation, seed } = tinyScenario();

function make(statementTimeoutNs: number) {
  const time = new VirtualTime();
  const shards = shardServers(2, {
    simulation: {
      ...simulation,
      service: { kind: 'constant', ms: 1 },
      operations: { count: { kind: 'constant', ms: 3000 } },
    },
    operations,
    seed,
    quotaCpu: null,
    statementTimeoutNs,
    windowNs: 1e9,
  });
  return { time, target: new SimulatedTarget(time, shards) };
}

describe('the contract of every target', () => {
  targetContract(async () => {
    const { time, target } = make(60e9);
    return {
      target,
      good: () => ({ operation: 1, tenant: 0, row: 0 }),
      bad: null,
      slow: { operation: 2, tenant: 0, row: 0 },
      settle: async (done) => {
        while (!done() && time.step());
        if (!done()) throw new Error('nothing is left to happen');
      },
      close: async () => undefined,
    };
  });
});

describe('a simulated shard', () => {
  const answers = (timeoutNs: number, send: (target: SimulatedTarget) => void) => {
    const { time, target } = make(timeoutNs);
    const seen: [number, number, number, string][] = [];
    target.onComplete((ticket, outcome, code) => seen.push([ticket, time.nowNs(), outcome, code]));
    send(target);
    while (time.step());
    return seen;
  };

  test('serves first come first served, and each shard by itself', () => {
    const seen = answers(60e9, (target) => {
      for (const ticket of [5, 6, 7]) target.execute(ticket, 0, 1, 1);
      target.execute(8, 1, 1, 1);
    });
    expect(seen).toEqual([
      [5, 1e6, outcomes.ok, ''],
      [8, 1e6, outcomes.ok, ''],
      [6, 2e6, outcomes.ok, ''],
      [7, 3e6, outcomes.ok, ''],
    ]);
  });

  test('cancels what takes too long, as a statement_timeout does', () => {
    const seen = answers(100e6, (target) => {
      target.execute(1, 0, 2, 1);
      target.execute(2, 0, 1, 1);
    });
    // The second waits for the server until it is cancelled as well.
    expect(seen).toEqual([
      [1, 100e6, outcomes.failed, cancelled.code],
      [2, 100e6, outcomes.failed, cancelled.code],
    ]);
  });

  test('an abandoned query that is answered later does not end another one of its ticket', () => {
    const { time, target } = make(60e9);
    const ended: string[] = [];
    target.onComplete((ticket, outcome) => ended.push(`${ticket} ${outcome} at ${time.nowNs()}`));
    target.execute(1, 0, 2, 1);
    target.abandon(1);
    time.step();
    target.execute(1, 1, 2, 1);
    while (time.step());
    expect(ended).toEqual([`1 ${outcomes.failed} at 0`, `1 ${outcomes.ok} at 3000000000`]);
  });
});
