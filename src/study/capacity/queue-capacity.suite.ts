// Erlang 1917 (M/M/c), with the response time's tail as in Gross & Harris, "Fundamentals of
// Queueing Theory", 2.3.
import type { Scenario } from '../../scenario/types.ts';

/** Mean service time of the queues that are searched. */
export const meanMs = 1;
/** Objective of the p99. */
export const limitMs = 50;

/** P(response > t) of M/M/c at a rate below its capacity; times in ms. */
function tail(servers: number, perMs: number, t: number): number {
  const mu = 1 / meanMs;
  const offered = perMs / mu;
  let blocking = 1;
  for (let i = 1; i <= servers; i += 1) blocking = (offered * blocking) / (i + offered * blocking);
  const waits = blocking / (1 - (offered / servers) * (1 - blocking));
  const spare = servers - offered - 1;
  // In the limit of spare = 0 both exponentials are the same.
  const waited = Math.abs(spare) < 1e-9 ? mu * t : (1 - Math.exp(-mu * t * spare)) / spare;
  return Math.exp(-mu * t) * (1 + waits * waited);
}

/** Rate a second at which the p99 of M/M/c is the limit: of one server mu - ln(100) / limit. */
export function queueCapacity(servers: number): number {
  let [low, high] = [0, servers / meanMs];
  for (let i = 0; i < 60; i += 1) {
    const middle = (low + high) / 2;
    if (tail(servers, middle, limitMs) > 0.01) high = middle;
    else low = middle;
  }
  return 1000 * low;
}

/** One queue as the simulator has it, which drops nothing before the limit is long broken. */
export const queueScenario = (servers: number, seed: number): Partial<Scenario> => ({
  seed,
  durationMs: 10_000,
  baseline: true,
  strategies: [],
  limits: {
    operationTimeoutMs: 60_000,
    shardTimeoutMs: 60_000,
    connectionsPerShard: 32,
    queuePerShard: 2000,
    errorFraction: 0.01,
  },
  simulation: {
    servers,
    cores: null,
    networkMs: 0,
    service: { kind: 'exponential', meanMs },
    operations: {},
    slow: [],
    quota: false,
    stalls: null,
  },
});
