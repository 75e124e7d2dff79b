import { assert } from '../base/assert.ts';

/** What each assumption of a capacity plan is, by its path in the scenario. */
const meanings: Readonly<Record<string, string>> = {
  'growth.load': 'how much the operations grow each month; +- is one standard deviation',
  'growth.bytes':
    'how much the stored bytes grow each month, after deletion; new rows lie where inserts go',
  'growth.correlation':
    'correlation of the growth of load, bytes and tenants, the same for each pair',
  'growth.retention':
    'share of the stored bytes that is deleted each month, the same on every shard',
  'growth.newIds':
    'ids of new tenants: sequential ids come after all present ids, random ids lie among them',
  'growth.tenants':
    'how much the number of tenants grows each month; the router places the new tenants',
  'growth.now.load': 'operations a second today',
  'growth.now.bytes': 'bytes stored today, without replicas',
  'growth.last': 'how long a step must last in 9 of 10 futures to be recommended',
  'growth.lead': 'time from the decision until the last row has moved',
  'growth.moves.throttle':
    'bytes that one stream copies each second; the check of the copies is as fast',
  'growth.moves.rowCost': 'work to copy one row, in operations of cost 1',
  'growth.moves.soak': 'how long both sides of a move are written after the last row was copied',
  'growth.horizon': 'how far into the future the months are calculated',
  'growth.draws': 'number of random futures from which the months and their ranges are calculated',
  'capacity.shard':
    'operations of this mix that one shard can do each second (or --capacity, --from)',
  'capacity.instance': 'operations that the present instance can do each second without shards',
  'capacity.share': 'capacity of a shard as a share of the instance, where only one is known',
  'capacity.utilisation': 'a database counts as full at this share of its capacity or disk',
  'capacity.disk': 'disk of one shard',
  'capacity.instanceDisk': 'disk of the instance',
  'capacity.operations':
    'cost of the operations relative to each other; an operation not listed has 1 (unmeasured)',
  'capacity.limits.writes': 'writes that one instance can do each second in normal use',
  'capacity.limits.size': 'bytes that one instance can hold in normal use',
  'capacity.limits.smallSize': 'below this, size alone is no reason to shard',
  'cost.instance': "price of the present instance's machine a month",
  'cost.shardPrice': "price of a shard's machine as a share of cost.instance",
  'cost.overhead': 'added to the price of each shard: backup, monitoring, spare room in the pools',
  'cost.replicas': 'number of standbys of each database',
  'cost.storage': 'price of storing one GB for a month',
  'cost.hours': "hours of people's work a month for each database",
  'cost.hourPrice': 'price of one hour of this work',
  'cost.engineering':
    'work on queries that cross shards, once, when one instance becomes several shards',
};

export function assumptionMeaning(path: string): string {
  const meaning = meanings[path];
  assert(meaning !== undefined, `a meaning of ${path}`);
  return meaning;
}
