import { z } from 'zod';
import { growthDefaults as defaults } from './defaults.ts';
import { atLeast, integer, list, oneOf, record, text } from './fields.ts';
import { maxShards } from './topology-input.ts';
import {
  bytesPerSecond,
  durationMs,
  positiveBytes,
  positiveRatePerSecond,
  wholeFraction,
} from './quantities.ts';
import { mismatch, type Problems } from './problem.ts';
import { newIdOrders } from './id-styles.ts';
import { monthlyGrowth, monthlyLoss } from './uncertain.ts';

const movesInput = record({
  throttle: bytesPerSecond
    .prefault(defaults.throttle)
    .describe('Bytes copied a second while tenants move, one after the other'),
  soak: durationMs
    .prefault(defaults.soak)
    .describe('How long both shards get every write after a move, so that the move can be undone'),
  rowCost: atLeast(0, 1000)
    .prefault(defaults.rowCost)
    .describe('Work of copying a row, on either side, in operations of cost 1'),
}).transform(({ throttle, soak, rowCost }) => ({
  throttleBytesPerSecond: throttle,
  soakMs: soak,
  rowCost,
}));

const nowInput = record({
  load: positiveRatePerSecond.optional().describe('Operations a second today, at the busiest time'),
  bytes: positiveBytes.optional().describe('Bytes stored today, over all shards, without replicas'),
  iops: positiveRatePerSecond.optional().describe('I/O operations a second of today'),
  wal: bytesPerSecond
    .optional()
    .describe('WAL of today; if left out, at least a row for each write, which is a lower bound'),
  memory: positiveBytes
    .optional()
    .describe('What must be in memory today: the rows and index pages that are used often'),
  connections: integer(1, 1_000_000, 'a number of connections')
    .optional()
    .describe('Connections in use today'),
}).transform(({ load, bytes, iops, wal, memory, connections }) => ({
  loadPerSecond: load ?? null,
  bytes: bytes ?? null,
  iopsPerSecond: iops ?? null,
  walBytesPerSecond: wal ?? null,
  memoryBytes: memory ?? null,
  connections: connections ?? null,
}));

const saltInput = record({
  salt: text('letters, digits, dots, - and _', /^[A-Za-z0-9._-]{0,64}$/).describe(
    'Salt of the hash that placed the present keys',
  ),
});

const column = text('a column of the file');

const mapInput = record({
  file: text('a CSV file, relative to the scenario').describe(
    'Shard map as CSV: a line for each tenant, with its shard',
  ),
  key: column.optional().describe(`Column of the tenant ids; ${defaults.keyColumn} where left out`),
  shard: column
    .optional()
    .describe(`Column of the shards, from 0 on; ${defaults.shardColumn} where left out`),
}).transform(({ file, key, shard }) => ({
  file,
  keyColumn: key ?? defaults.keyColumn,
  shardColumn: shard ?? defaults.shardColumn,
}));

const presentInput = z.union([saltInput, mapInput], {
  error: '{ salt: prod } or { file: map.csv, key: tenant_id, shard: shard }',
});

const monthsAllowed = 'a number of months';

/** How the workload grows, and along which path the shards do. */
export const growthInput = record({
  to: list(integer(1, maxShards, 'a number of shards'), 'a list of shard counts, such as [5, 8]')
    .refine((to) => to.every((count, i) => count !== to[i - 1]), {
      error: 'a list of shard counts, each different from the one before',
    })
    .optional()
    .describe('Shard counts, one step after the other'),
  tenants: monthlyGrowth.prefault(defaults.tenants).describe('Growth of the tenants a month'),
  load: monthlyGrowth
    .prefault(defaults.load)
    .describe('Growth of the operations a month; the number after +- is one standard deviation'),
  bytes: monthlyGrowth.prefault(defaults.bytes).describe('Growth of the stored bytes a month'),
  ownRates: wholeFraction
    .prefault(defaults.ownRates)
    .describe(
      "How far tenants' own growth a month lies from that of all: one standard deviation; advise " +
        'reads it',
    ),
  correlation: wholeFraction
    .prefault(defaults.correlation)
    .describe('Correlation of the growth of load, bytes and tenants: from 0% to 100%'),
  retention: monthlyLoss
    .prefault(defaults.retention)
    .describe(
      'Share of the stored bytes that is deleted each month; `bytes` is the growth after deletion',
    ),
  newIds: oneOf(newIdOrders)
    .optional()
    .describe('Ids of new tenants: after all present ids, or anywhere between them'),
  present: presentInput
    .optional()
    .describe(
      'The present placement; rows are then for this placement only, and steps begin with it',
    ),
  now: nowInput
    .prefault(defaults.now)
    .describe('Load and data of today, if the scenario is a small copy of them'),
  horizon: integer(1, 600, monthsAllowed)
    .prefault(defaults.horizon)
    .describe('How many months are predicted'),
  last: integer(1, 600, monthsAllowed)
    .prefault(defaults.last)
    .describe('A step is recommended if it is enough for so many months in 9 of 10 futures'),
  lead: integer(0, 120, monthsAllowed)
    .prefault(defaults.lead)
    .describe('Months from the decision until the last row has moved'),
  draws: integer(100, 100_000, 'a number of futures')
    .prefault(defaults.draws)
    .describe('Futures drawn from the seed'),
  moves: movesInput.prefault(defaults.moves).describe('How tenants are moved'),
}).transform(({ to, ownRates, newIds, present, horizon, last, lead, ...rest }) => ({
  ...rest,
  ownRateSpread: ownRates,
  to: to ?? [],
  newIds: newIds ?? null,
  present: present ?? null,
  horizonMonths: horizon,
  lastMonths: last,
  leadMonths: lead,
}));

/** A path begins at the shards that there are; undefined where these have problems of their own. */
export function checkGrowthPath(
  to: readonly number[],
  shards: number | undefined,
  problems: Problems,
): void {
  if (to.length === 0 || to[0] !== shards) return;
  const allowed = `a number other than ${shards} (topology.shards), with which the path begins`;
  problems.add(['growth', 'to', 0], mismatch(to[0], allowed));
}
