import { capacityInput } from '../scenario/capacity-input.ts';
import { costInput } from '../scenario/cost-input.ts';
import { growthInput } from '../scenario/growth-input.ts';
import { objectivesInput } from '../scenario/objectives-input.ts';
import type { Scenario } from '../scenario/types.ts';

/**
 * A small scenario as parsing would give it: one insert, one read by tenant, one over everything.
 */
export function tinyScenario(changes: Partial<Scenario> = {}): Scenario {
  const value = (column: string) => ({ column, by: 'value', count: 1, other: false }) as const;
  const parameter = (column: string) => ({ column, form: 'value', other: false }) as const;
  return {
    name: 'tiny',
    description: '',
    seed: 7,
    durationMs: 2000,
    repeat: 1,
    warmupMs: 200,
    arrivals: { process: 'poisson', ratePerSecond: 500 },
    loop: { kind: 'open' },
    tenants: { distribution: 'zipf', exponent: 0.99, count: 100, idType: 'text' },
    data: { totalBytes: 512_000, rowBytes: 512 },
    topology: { shards: 2, weights: [1, 1], urls: [], quota: null },
    alarms: { forMs: 5000, waitMs: 10 },
    wal: { indexBytes: [2 ** 30], checkpointMs: 300_000 },
    limits: {
      operationTimeoutMs: 5000,
      shardTimeoutMs: 5000,
      connectionsPerShard: 4,
      queuePerShard: 100,
      errorFraction: 0.01,
    },
    durability: { fsync: true, synchronousCommit: true },
    schema: {
      ddl: ['create table events (tenant_id text not null, event_id int8 primary key, note text)'],
      indexes: ['create index on events (tenant_id)'],
      table: 'events',
      columns: [
        { name: 'tenant_id', generator: { kind: 'tenant' } },
        { name: 'event_id', generator: { kind: 'id', style: 'serial' } },
        { name: 'note', generator: { kind: 'text', bytes: 32 } },
      ],
    },
    operations: [
      {
        name: 'add',
        kind: 'write',
        weight: 50,
        statements: [
          {
            sql: 'insert into events values (:tenant_id, :event_id, :note)',
            text: 'insert into events values ($1, $2, $3)',
            parameters: ['tenant_id', 'event_id', 'note'].map(parameter),
            binds: ['tenant_id', 'event_id'].map(value),
            insert: true,
          },
        ],
      },
      {
        name: 'recent',
        kind: 'read',
        weight: 40,
        statements: [
          {
            sql: 'select * from events where tenant_id = :tenant_id limit 10',
            text: 'select * from events where tenant_id = $1 limit 10',
            parameters: [parameter('tenant_id')],
            binds: [value('tenant_id')],
            insert: false,
          },
        ],
      },
      {
        name: 'count',
        kind: 'read',
        weight: 10,
        statements: [
          {
            sql: 'select count(*) from events',
            text: 'select count(*) from events',
            parameters: [],
            binds: [],
            insert: false,
          },
        ],
      },
    ],
    baseline: true,
    strategies: [
      {
        name: 'tenant_id/mod',
        key: 'tenant_id',
        router: 'mod',
        parameter: null,
        hash: 'xxh64',
        salt: '',
      },
    ],
    ...plannedGrowth(),
    simulation: {
      servers: 1,
      cores: null,
      networkMs: 0,
      service: { kind: 'exponential', meanMs: 0.5 },
      operations: {},
      slow: [],
      quota: true,
      stalls: null,
    },
    ...changes,
  };
}

/** What grow reads, with the defaults of a scenario that says nothing about it. */
function plannedGrowth(): Pick<Scenario, 'growth' | 'objectives' | 'capacity' | 'cost'> {
  return {
    growth: growthInput.parse({}),
    objectives: objectivesInput.parse({}),
    capacity: capacityInput.parse({}),
    cost: costInput.parse({}),
  };
}
