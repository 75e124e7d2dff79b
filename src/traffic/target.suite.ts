import { afterAll, beforeAll, expect, test } from 'vitest';
import { outcomes, type Outcome } from '../metrics/outcome.ts';
import type { Target } from './ports.ts';

/** An operation with its first statement, a tenant and a row. */
interface Sent {
  readonly operation: number;
  readonly tenant: number;
  readonly row: number;
}

/** A target under test with two shards that hold the rows of a workload, and what to send to it. */
export interface TargetUnderTest {
  readonly target: Target;
  /** Succeeds on this shard; of an arrival of its own for each ticket. */
  good(shard: number, ticket: number): Sent;
  /** One that shard 0 answers with an error; null where it cannot be made to fail. */
  readonly bad: Sent | null;
  /** One that takes shard 1 longer than a second; null where there is none. */
  readonly slow: Sent | null;
  /** Lets time pass until `done` holds. */
  settle(done: () => boolean): Promise<void>;
  close(): Promise<void>;
}

interface Ended {
  readonly ticket: number;
  readonly outcome: Outcome;
  readonly code: string;
  readonly message: string;
}

/** What every implementation of the port Target must do. */
export function targetContract(make: () => Promise<TargetUnderTest>): void {
  let subject: TargetUnderTest;
  let ended: Ended[] = [];
  let within = false;
  let calledWithin = false;

  beforeAll(async () => {
    subject = await make();
    subject.target.onComplete((ticket, outcome, code, message) => {
      if (within) calledWithin = true;
      ended.push({ ticket, outcome, code, message });
    });
  });
  afterAll(() => subject.close());

  function send(ticket: number, shard: number, what: Sent): void {
    within = true;
    subject.target.execute(ticket, shard, what.operation, 1, what.tenant, what.row);
    within = false;
  }

  const good = (ticket: number, shard: number): void =>
    send(ticket, shard, subject.good(shard, ticket));

  test('every ticket ends exactly once, and never from within execute', async () => {
    ended = [];
    for (let round = 0; round < 20; round++) {
      good(2 * round, 0);
      good(2 * round + 1, 1);
      await subject.settle(() => ended.length === 2 * round + 2);
    }
    expect(ended.map(({ ticket }) => ticket).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 40 }, (_, i) => i),
    );
    expect(ended.every(({ outcome, code }) => outcome === outcomes.ok && code === '')).toBe(true);
    expect(calledWithin).toBe(false);
  });

  test('a failure is an outcome with code and message; the next one succeeds', async (context) => {
    const { bad } = subject;
    if (bad === null) return context.skip('this target cannot be made to fail');
    ended = [];
    send(100, 0, bad);
    await subject.settle(() => ended.length === 1);
    expect(ended[0]?.outcome).toBe(outcomes.failed);
    expect(ended[0]?.code).not.toBe('');
    expect(ended[0]?.message).not.toBe('');
    good(101, 0);
    await subject.settle(() => ended.length === 2);
    expect(ended[1]?.outcome).toBe(outcomes.ok);
  });

  test('an abandoned ticket ends soon, and its place can be used again', async (context) => {
    const { slow } = subject;
    if (slow === null) return context.skip('this target has nothing slow');
    ended = [];
    send(200, 1, slow);
    subject.target.abandon(200);
    await subject.settle(() => ended.length === 1);
    expect(ended[0]?.ticket).toBe(200);
    expect(ended[0]?.outcome).not.toBe(outcomes.ok);
    good(201, 1);
    await subject.settle(() => ended.length === 2);
    expect(ended[1]).toEqual({ ticket: 201, outcome: outcomes.ok, code: '', message: '' });
  });
}
