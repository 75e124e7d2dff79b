/** Every default of a scenario, as users write it. Those of the table are in orders.ts. */
export const defaults = {
  description: '',
  seed: 42,
  duration: '15s',
  warmup: '3s',
  repeat: 1,
  arrivals: 'poisson',
  loop: 'open',
  tenants: { zipf: 0.99, count: 10_000 },
  idType: 'text',
  data: {},
  total: '64MiB',
  row: '512B',
  topology: {},
  shards: 4,
  limits: {},
  timeout: '5s',
  shardTimeout: '5s',
  connections: 8,
  queue: 1000,
  alarms: {},
  alarmFor: '5s',
  alarmWait: '10ms',
  wal: {},
  walIndexes: ['1GB', '10GB', '100GB'],
  walCheckpoint: '5m',
  errors: '1%',
  durability: {},
  fsync: true,
  synchronousCommit: true,
  baseline: true,
  operationWeight: 1,
  choicePer: 'row',
  decimals: 2,
  idStyle: 'serial',
  salt: '',
} as const;

/** Hash of a strategy whose router takes one; null stands for a router that takes none. */
export const defaultHash = 'xxh64';

/** Of `growth`: assumptions, each to be replaced by what the last months have shown. */
export const growthDefaults = {
  growth: {},
  tenants: '3% +- 1%',
  load: '5% +- 2%',
  bytes: '5% +- 2%',
  retention: '0%',
  // Over a year it comes to 0.5 of the logarithm, which placements are compared after.
  ownRates: '4%',
  correlation: '70%',
  now: {},
  horizon: 120,
  last: 18,
  lead: 3,
  draws: 4000,
  moves: {},
  throttle: '2MB/s',
  soak: '24h',
  rowCost: 0.02,
  keyColumn: 'key',
  shardColumn: 'shard',
} as const;

/** Of `objectives`: without any, `growth.last` says how long a candidate should last. */
export const objectivesDefaults = { objectives: {} } as const;

/** Of `capacity`. */
export const capacityDefaults = {
  capacity: {},
  share: '60%',
  utilisation: '70%',
  disk: '2TB',
  instanceDisk: '4TB',
  operations: {},
  operationCost: 1,
  scan: false,
  limits: {},
  writes: '50000/s',
  size: '10TB',
  smallSize: '2TB',
  /** What a volume of general purpose does. */
  iops: '16000/s',
  limitWal: '100MB/s',
  memory: '64GB',
  limitConnections: 500,
  /** A daily backup ends before the next one; nobody can be without the database for longer. */
  backup: '24h',
  restore: '24h',
  copy: '100MB/s',
} as const;

/**
 * Of `simulation`: a modest shard; no two databases answer alike, so calibrate before believing.
 */
export const simulationDefaults = {
  simulation: {},
  servers: 1,
  network: '0ms',
  service: { lognormal: '0.3ms', sigma: 0.6 },
  operations: {},
  slow: {},
  quota: true,
  /**
   * Of `stalls: {}`. Measured: in the committed run of the quickstart (results/baseline) the
   * shards' p50 by second have this in common, in its cells on shards (0.06 to 0.11, median 0.07;
   * a run of the day before: 0.05 to 0.15, median 0.1).
   */
  stallSigma: 0.1,
} as const;
