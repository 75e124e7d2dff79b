/** Every default of a scenario, as users write it. Those of the table are in orders.ts. */
export const defaults = {
  description: '',
  seed: 42,
  duration: '15s',
  warmup: '3s',
  arrivals: 'poisson',
  loop: 'open',
  tenants: { zipf: 0.99, count: 10_000 },
  idType: 'text',
  data: {},
  total: '64MB',
  row: '512B',
  topology: {},
  shards: 4,
  limits: {},
  timeout: '5s',
  shardTimeout: '5s',
  connections: 8,
  queue: 1000,
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
