import * as fc from 'fast-check';
import { routers } from '../router/registry.ts';

/** For tests: scenarios as their authors might write them, at the edges of what is allowed. */

const name = fc.constantFrom('tenant_id', 'user_id', 'order_id', 'region');
/** Those that are refused everywhere are rare: a scenario has many numbers. */
const factor = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom(0.001, 0.5, 1, 2, 64, 1e6) },
  fc.constantFrom(1e-300, 1e300),
);
const size = fc.constantFrom('1B', '100B', '512B', '8kB', '1MB', '64MiB', '1GB', '3TB', '9000TB');
const duration = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('1ms', '20ms', '300ms', '2s') },
  fc.constantFrom('0.000001ms', '1h', '2500h'),
);
const rate = fc.constantFrom('0.001/h', '1/h', '1/s', '300/s', '1000/s', '1000000000/s');
const percent = fc.constantFrom('0.0001%', '1%', '30%', '99.9999%');
const count = fc.constantFrom(1, 2, 3, 5, 10, 100, 300);
const few = fc.constantFrom(1, 2, 3, 4, 7);
const idType = fc.constantFrom('text', 'int8', 'uuid');

const optional = { requiredKeys: [] };

const tenants = fc.oneof(
  fc.record({ zipf: fc.constantFrom(0, 0.99, 10), count, idType }),
  fc.record({ uniform: fc.constant(true), count, idType }),
  fc.record({ pareto: fc.constantFrom(1e-300, 0.001, 0.01, 1, 1000), count, idType }),
  fc.record({ lognormal: fc.constantFrom(0, 1e-9, 1, 10), count, idType }),
  fc.record({
    top: fc.constantFrom([1], ['0.1%'], [0.5, 0.2, 0.1]),
    quantiles: fc.constantFrom(undefined, [0, 1], [0, 0, 1e-9, 1e12]),
    count,
    idType,
  }),
  fc.record({ hotspot: percent, hot: fc.constantFrom(1, 4), count, idType }),
);

const topology = fc
  .record({
    shards: few,
    even: fc.boolean(),
    weights: fc.array(factor, { minLength: 7, maxLength: 7 }),
    quota: fc.option(fc.record({ cpu: fc.constantFrom(0.01, 0.3, 4, 1024), memory: size }), {
      nil: undefined,
    }),
  })
  .map(({ shards, even, weights, quota }) => ({
    shards,
    weights: even ? undefined : weights.slice(0, shards),
    quota,
  }));

const limits = fc.record(
  {
    timeout: duration,
    shardTimeout: duration,
    connections: fc.constantFrom(1, 2, 1000),
    queue: fc.constantFrom(0, 1, 1_000_000),
  },
  optional,
);

const arrivals = fc.oneof(
  fc.record({ rate, arrivals: fc.constantFrom('poisson', 'constant') }),
  fc.record({ rate, loop: fc.record({ clients: fc.constantFrom(1, 8, 100) }) }),
  fc.record({
    arrivals: fc.record({
      burst: fc.record({ on: rate, off: rate, for: duration, pause: duration }),
    }),
  }),
  fc.record({ arrivals: fc.record({ ramp: fc.record({ from: rate, to: rate }) }) }),
);

/** Those that need no settings. */
const router = fc.constantFrom(
  ...routers.filter((each) => each.name !== 'list' && each.name !== 'calendar'),
);

const strategy = fc
  .record({
    key: fc.oneof({ weight: 6, arbitrary: name }, fc.constant(['tenant_id', 'user_id'])),
    router,
    hash: fc.constantFrom('md5', 'fnv1a-32', 'identity'),
    pin: fc.record({ above: percent }),
    split: fc.record({ above: percent, by: name, over: fc.constantFrom(2, 3) }),
    extras: fc.subarray(['hash', 'pin', 'split'] as const),
    isPlain: fc.boolean(),
  })
  .map(({ key, router: { name: called, traits }, extras, isPlain, ...parts }) => ({
    key,
    router: called,
    hash: !isPlain && extras.includes('hash') && traits.hashes ? parts.hash : undefined,
    pin: !isPlain && extras.includes('pin') ? parts.pin : undefined,
    split: !isPlain && extras.includes('split') ? parts.split : undefined,
  }));

const service = fc.oneof(
  fc.record({ exponential: duration }),
  fc.record({ constant: duration }),
  fc.record({ lognormal: duration, sigma: fc.constantFrom(0, 0.6, 5) }),
);

const simulation = fc.record(
  {
    servers: fc.constantFrom(1, 4, 1000),
    cores: fc.constantFrom(1, 1024),
    network: duration,
    service,
    slow: factor.map((times) => ({ 0: times })),
  },
  optional,
);

const monthly = fc.constantFrom('-90%', '-6%', '0%', '6% +- 2%', '200%');
const amount = fc.constantFrom('0', '1', '1000 +- 10%', '999999999999');

const growth = fc.record(
  {
    to: fc.uniqueArray(fc.constantFrom(5, 6, 8, 9), { minLength: 1, maxLength: 3 }),
    tenants: monthly,
    load: monthly,
    bytes: monthly,
    now: fc.record({ load: rate, bytes: size }, optional),
    horizon: fc.constantFrom(1, 24, 600),
    last: fc.constantFrom(1, 600),
    lead: fc.constantFrom(0, 120),
    draws: fc.constant(100),
    moves: fc.record({ throttle: size.map((each) => `${each}/s`), soak: duration }, optional),
  },
  optional,
);

const capacity = fc.record(
  {
    shard: rate,
    instance: rate,
    share: fc.constantFrom('0.0001%', '60%', '1000%'),
    utilisation: percent,
    headroom: fc.constantFrom(1, 2, 100),
    disk: size,
    instanceDisk: size,
    operations: factor.map((cost) => ({ summary: { cost, scan: true } })),
  },
  optional,
);

const cost = fc.record(
  {
    instance: amount,
    replicas: fc.constantFrom(0, 20),
    storage: amount,
    hours: amount,
    hourPrice: amount,
  },
  optional,
);

const data = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ total: '1MB' }) },
  fc.record({ total: size, row: size }, optional),
);

const light = { name: 'light', duration: '2s', warmup: '1ms', data: { total: '1MB' } };

/**
 * Scenarios of the same kind with so little load and so few extremes that most go all the way; of
 * any scenario that is seldom so, and by chance none of 25.
 */
export const lightScenario = fc
  .record({
    seed: fc.constantFrom(0, 42),
    rate: fc.constantFrom('100/s', '300/s'),
    arrivals: fc.constantFrom('poisson', 'constant'),
    tenants: fc.record({ zipf: fc.constantFrom(0, 0.99), count: fc.constantFrom(10, 100), idType }),
    shards: few,
    strategies: fc.array(
      strategy.map(({ router: called }) => ({ key: 'tenant_id', router: called })),
      { minLength: 1, maxLength: 2 },
    ),
    baseline: fc.boolean(),
  })
  .map(({ shards, ...rest }) => Object.assign({ topology: { shards } }, light, rest));

/** A scenario's document, to be written as JSON; most of them are understood, some are refused. */
export const anyScenario = fc
  .record({
    head: arrivals,
    rest: fc.record(
      {
        seed: fc.constantFrom(0, 42, Number.MAX_SAFE_INTEGER),
        duration,
        warmup: fc.constantFrom('0ms', '0.000001ms', '1ms', '1h', '2500h'),
        tenants,
        data,
        topology,
        limits,
        simulation,
        growth,
        capacity,
        cost,
        baseline: fc.boolean(),
      },
      optional,
    ),
    strategies: fc.array(strategy, { minLength: 1, maxLength: 2 }),
  })
  .map(({ head, rest, strategies }) => Object.assign({ name: 'any' }, head, rest, { strategies }));
