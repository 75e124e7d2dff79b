import { z } from 'zod';
import { suggest } from '../base/suggest.ts';
import { capacityDefaults as defaults } from './defaults.ts';
import { aboveZero, flag, integer, record, text } from './fields.ts';
import type { Capacity } from './growth-types.ts';
import { mismatch, type Problems } from './problem.ts';
import {
  bytesPerSecond,
  positiveBytes,
  positiveDurationMs,
  positiveRatePerSecond,
  share,
} from './quantities.ts';
import { positiveShare, uncertainRate } from './uncertain.ts';

const operationsAllowed =
  'a map of operations and their costs, such as { summary: { cost: 20, scan: true } }';

const operationCost = record({
  cost: aboveZero(1e6)
    .optional()
    .describe(
      'Work of one execution when all data is on one database; what is left out comes from ' +
        'the run that grow --from names, or is 1',
    ),
  scan: flag()
    .prefault(defaults.scan)
    .describe('true if its work on a shard is in proportion to the rows of the shard'),
});

const limitsInput = record({
  writes: positiveRatePerSecond
    .prefault(defaults.writes)
    .describe('Writes a second that one Postgres does without difficulty'),
  size: positiveBytes
    .prefault(defaults.size)
    .describe('Size that one Postgres has without difficulty'),
  smallSize: positiveBytes
    .prefault(defaults.smallSize)
    .describe('Below this size, size alone is no reason to use several shards'),
  iops: positiveRatePerSecond
    .prefault(defaults.iops)
    .describe('I/O operations a second of the volume of the instance'),
  wal: bytesPerSecond
    .prefault(defaults.limitWal)
    .describe('WAL a second that one Postgres writes, ships and replays without difficulty'),
  memory: positiveBytes
    .prefault(defaults.memory)
    .describe('Memory of the instance for what must be in memory'),
  connections: integer(1, 1_000_000, 'a number of connections')
    .prefault(defaults.limitConnections)
    .describe('Connections in use that one Postgres has without difficulty'),
  backup: positiveDurationMs.prefault(defaults.backup).describe('How long a backup may take'),
  restore: positiveDurationMs
    .prefault(defaults.restore)
    .describe('How long a restore may take, which is how long the database is away'),
  copy: bytesPerSecond
    .prefault(defaults.copy)
    .describe('Bytes a second that a backup reads and a restore writes'),
}).transform(({ writes, size, smallSize, iops, wal, memory, backup, restore, copy, ...rest }) => ({
  ...rest,
  writesPerSecond: writes,
  bytes: size,
  smallBytes: smallSize,
  iopsPerSecond: iops,
  walBytesPerSecond: wal,
  memoryBytes: memory,
  backupMs: backup,
  restoreMs: restore,
  copyBytesPerSecond: copy,
}));

/** What one database can take. */
export const capacityInput = record({
  shard: uncertainRate
    .optional()
    .describe(
      'Operations of this mix that one shard can do a second, when all data is on it; best ' +
        'measured',
    ),
  instance: uncertainRate.optional().describe('The same for the present instance, without shards'),
  share: positiveShare
    .prefault(defaults.share)
    .describe('Capacity of a shard / that of the instance; used when only one of the two is known'),
  utilisation: share
    .prefault(defaults.utilisation)
    .describe('A database counts as full at this share of its capacity or disk'),
  disk: positiveBytes.prefault(defaults.disk).describe('Disk of one shard'),
  instanceDisk: positiveBytes.prefault(defaults.instanceDisk).describe('Disk of the instance'),
  operations: z
    .record(text('the name of an operation', /^/), operationCost, { error: operationsAllowed })
    .prefault(defaults.operations)
    .describe('Operations whose work differs from that of the others'),
  limits: limitsInput
    .prefault(defaults.limits)
    .describe('What one Postgres is known to do; below these limits one database is enough'),
}).transform(
  ({ shard, instance, disk, instanceDisk, operations, ...rest }): Capacity => ({
    ...rest,
    shardPerSecond: shard ?? null,
    instancePerSecond: instance ?? null,
    diskBytes: disk,
    instanceDiskBytes: instanceDisk,
    operations: Object.entries(operations).map(([name, { cost, scan }]) => {
      if (cost !== undefined) return { name, cost, scan };
      return { name, cost: defaults.operationCost, scan, source: 'unmeasured' };
    }),
  }),
);

/** Costs of operations that the scenario does not have; undefined are those not understood. */
export function checkOperationCosts(
  { operations }: Capacity,
  known: readonly ({ readonly name: string } | undefined)[],
  problems: Problems,
): void {
  if (known.includes(undefined)) return;
  const names = known.flatMap((each) => each?.name ?? []);
  for (const { name } of operations) {
    if (names.includes(name)) continue;
    const allowed = `an operation: ${names.join(', ')}`;
    problems.add(['capacity', 'operations', name], mismatch(name, allowed, suggest(name, names)));
  }
}
