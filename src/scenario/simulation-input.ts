import { z } from 'zod';
import { decodeHistogram } from '../base/histogram.ts';
import { suggest } from '../base/suggest.ts';
import { simulationDefaults } from './defaults.ts';
import { aboveZero, atLeast, flag, integer, record, text } from './fields.ts';
import { maxShards } from './topology-input.ts';
import { mismatch, type Problems } from './problem.ts';
import { durationMs, positiveDurationMs } from './quantities.ts';
import type { RowDependence, Simulation, Stalls } from './simulation-types.ts';

const serviceAllowed =
  '{ exponential: 0.5ms }, { constant: 0.5ms }, { lognormal: 0.5ms, sigma: 0.6 } or ' +
  '{ histogram: HISTFAAA... }';

const histogramAllowed =
  'a histogram of a result (shards[].histograms.serviceNs): HDR, V2, compressed, base64';

const histogram = text(histogramAllowed).refine(holdsTimes, { error: histogramAllowed });

function holdsTimes(base64: string): boolean {
  try {
    return decodeHistogram(base64).count > 0;
  } catch {
    // Whatever the decoder stumbles over, it is no such histogram: the field's message says so.
    return false;
  }
}

const scan = atLeast(0, 1, 'a share')
  .optional()
  .describe(
    'Part of the time that is in proportion to the rows of the shard, for operations on ' +
      'all shards; the service time is then the time with all rows on one shard',
  );

/** The part that follows the rows, or nothing: such an operation takes as long on every shard. */
const scanOf = (share: number | undefined): { readonly scan?: RowDependence } =>
  share === undefined ? {} : { scan: { share, rows: null } };

const serviceInput = z.union(
  [
    record({ exponential: positiveDurationMs.describe('Mean'), scan }).transform((input) => ({
      kind: 'exponential' as const,
      meanMs: input.exponential,
      ...scanOf(input.scan),
    })),
    record({ constant: positiveDurationMs.describe('The same for every query'), scan }).transform(
      (input) => ({ kind: 'constant' as const, ms: input.constant, ...scanOf(input.scan) }),
    ),
    record({
      lognormal: positiveDurationMs.describe('Mean'),
      sigma: atLeast(0, 5).describe('Standard deviation of the logarithm; p99 / p50 = e^(2.33 x)'),
      scan,
    }).transform((input) => ({
      kind: 'lognormal' as const,
      meanMs: input.lognormal,
      sigma: input.sigma,
      ...scanOf(input.scan),
    })),
    record({
      histogram: histogram.describe('Service times of a result, base64 HDR in nanoseconds'),
      factor: aboveZero(1e6).prefault(1).describe('Factor by which every time is multiplied'),
      scan,
    }).transform((input) => ({
      kind: 'histogram' as const,
      base64: input.histogram,
      factor: input.factor,
      ...scanOf(input.scan),
    })),
  ],
  { error: serviceAllowed },
);

const shardAllowed = `the number of a shard, a whole number from 0 to ${maxShards - 1}`;

/** More than any machine has. */
export const maxSharedCores = 1024;

const stallsInput = record({
  sigma: atLeast(0, 5)
    .prefault(simulationDefaults.stallSigma)
    .describe(
      'Standard deviation of the logarithm of the factor by which each second is slower or faster',
    ),
  stops: record({
    every: positiveDurationMs.describe('Time from the end of one stall to the next, on average'),
    lasts: positiveDurationMs.describe('How long no shard works'),
  })
    .optional()
    .describe('All shards stop from time to time, as in a checkpoint on a shared disk'),
}).transform(
  ({ sigma, stops }): Stalls => ({
    sigma,
    stops: stops === undefined ? null : { everyMs: stops.every, lastsMs: stops.lasts },
  }),
);

export const simulationInput = record({
  servers: integer(1, 1000)
    .prefault(simulationDefaults.servers)
    .describe('Number of queries that one shard works on at the same time'),
  cores: integer(1, maxSharedCores)
    .optional()
    .describe(
      'CPU cores that all shards share, if they are on one machine; if left out, they share none',
    ),
  network: durationMs
    .prefault(simulationDefaults.network)
    .describe('Time added to each query of a shard; it holds a connection, but no server'),
  service: serviceInput
    .prefault(simulationDefaults.service)
    .describe('Time that a server works on one query'),
  operations: z
    .record(text('the name of an operation'), serviceInput, {
      error: 'a map of operations and their service times',
    })
    .prefault(simulationDefaults.operations)
    .describe('Service times by operation; all other operations have `service`'),
  slow: z
    .record(text(shardAllowed, /^(0|[1-9][0-9]{0,3})$/), aboveZero(1e6, 'a factor, a number'), {
      error: 'a map of shards and factors, such as { 2: 1.5 }',
    })
    .prefault(simulationDefaults.slow)
    .describe('Shards and the factor by which they are slower, such as { 2: 1.5 }'),
  quota: flag()
    .prefault(simulationDefaults.quota)
    .describe("Whether the topology's CPU quota limits a shard"),
  stalls: stallsInput
    .optional()
    .describe('What slows all shards at the same time; if left out, nothing does'),
}).transform(
  ({ network, slow, cores, stalls, ...rest }): Simulation => ({
    ...rest,
    cores: cores ?? null,
    stalls: stalls ?? null,
    networkMs: network,
    slow: Object.entries(slow).map(([shard, factor]) => ({ shard: Number(shard), factor })),
  }),
);

/** What concerns the simulation and other parts: its operations and its shards. */
export function checkSimulation(
  simulation: Simulation | undefined,
  operations: readonly string[] | undefined,
  shards: number | undefined,
  problems: Problems,
): void {
  if (simulation === undefined) return;
  for (const name of operations === undefined ? [] : Object.keys(simulation.operations)) {
    if (operations?.includes(name) === true) continue;
    const allowed = operations?.join(', ') ?? '';
    const path = ['simulation', 'operations', name];
    problems.add(path, mismatch(name, allowed, suggest(name, operations ?? [])));
  }
  for (const { shard } of simulation.slow) {
    if (shards === undefined || shard < shards) continue;
    problems.add(
      ['simulation', 'slow', String(shard)],
      mismatch(shard, `a shard from 0 to ${shards - 1}`),
    );
  }
}
