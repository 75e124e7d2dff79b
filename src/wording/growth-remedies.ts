import { formatFraction } from '../base/units.ts';
import { bytes, counted, money, percent, short, times } from './format.ts';
import type { Said, Sentences } from './sentence.ts';

function largestTenant(said: Said): string {
  return (
    `${said.name('key')} ${said.name('tenant')} alone has ` +
    `${percent(said.number('loadFraction'))} of the load that the key directs`
  );
}

/** What is said of the largest tenant, and what can be done about it. */
const tenants: Sentences = {
  'no-shard-count-helps': (said) =>
    `No shard count helps: ${largestTenant(said)}, so no more than ` +
    `${short(said.number('usefulShards'))} shards are useful, with any placement, and there are ` +
    `already ${said.number('shards')}. More shards would take load only from shards that are not ` +
    'full.',
  'tenant-limits-shards': (said) =>
    `${largestTenant(said)}: no more than ${short(said.number('usefulShards'))} shards are ` +
    'useful, with any placement.',
  'tenant-limits-later-shards': (said) =>
    `${largestTenant(said)}: up to ${short(said.number('usefulShards'))} shards are useful, and ` +
    'all plans here have fewer.',
  'pin-alone': (said) => {
    const [tenant, shard] = [said.name('tenant'), said.number('shard')];
    return (
      `shard ${shard} holds only ${tenant} (pin: { tenants: { ${tenant}: ${shard} }, exclusive: ` +
      'true }). The other tenants share ' +
      `${counted(shard, 'shard')}. This tenant cannot grow beyond one shard. Then the load ` +
      `of all tenants together is ${short(said.number('loadRatioMost'))} times the ` +
      'capacity of one shard.'
    );
  },
  'split-rows': (said) => {
    const above = said.perhaps('aboveFraction');
    const which =
      above === null ? `tenants: [${said.name('tenant')}]` : `above: ${formatFraction(above)}`;
    const [by, over, lost] = [
      said.name('by'),
      said.number('over'),
      said.perhaps('scatterFraction'),
    ];
    const asked =
      lost === null
        ? ''
        : `. For this tenant, the operations that do not fix ${by} (${percent(lost)}) ask all of ` +
          'these shards';
    return (
      `split: { ${which}, by: ${by}, over: ${over} } in the strategy: the tenant's rows lie on ` +
      `${counted(over, 'shard')}${asked}`
    );
  },
};

/** What is said of staying on one instance. */
const instance: Sentences = {
  'cpu-limit': (said) =>
    `${percent(said.number('fullFraction'))} of the capacity of the instance ` +
    '(capacity.instance), which ' +
    `${said.name('bound') === 'known' ? 'is known' : 'must be measured first'}; a larger machine ` +
    'raises this limit without a change of the application',
  'writes-limit': () =>
    'what one Postgres on a large machine can do in normal use (capacity.limits.writes)',
  'disk-limit': (said) =>
    `${percent(said.number('fullFraction'))} of its disk (capacity.instanceDisk), which can be ` +
    'enlarged',
  'small-size-limit': () =>
    'below this, size alone is no reason to shard (capacity.limits.smallSize)',
  'size-limit': () =>
    'what one Postgres can hold in normal use (capacity.limits.size); backups are slow even at ' +
    'smaller sizes',
  'instance-alternative': (said) => {
    const count = said.number('count');
    const what =
      said.name('kind') === 'larger-instance'
        ? `An instance ${count} times as large`
        : `${counted(count, 'read replica')}, each of which does every write as well,`;
    const months = said.perhaps('months');
    const lasts = months === null ? 'no limit within the horizon' : `${months.toFixed(1)} months`;
    const until = said.name('capacity') === 'unknown' ? '' : `; until the first limit: ${lasts}`;
    return (
      `${what} would do ${times(said.number('capacityRatio'))} what the instance does, for ` +
      `${money(said.number('monthlyCost'))} ${said.name('currency')} a month${until}.`
    );
  },
  'replicas-read': (said) => {
    const qps = said.perhaps('capacityQps');
    const least = said.name('bound') === 'at least' ? 'at least ' : '';
    const most =
      qps === null
        ? ''
        : `, and the instance with its standbys can do ${least}${short(qps)} operations a second`;
    return (
      `Replicas: reads are ${percent(said.number('readFraction'))} of the work. Reads whose data ` +
      'may be slightly old can go to standbys. If all reads go to standbys, the primary still ' +
      `does ${percent(said.number('writeFraction'))} of the work${most}.`
    );
  },
  'nothing-to-replicate': () =>
    'Replicas: no operation reads, so standbys cannot take work from the instance.',
  'pool-connections': (said) =>
    'Pooling: a pooler in transaction mode lets many clients share ' +
    `${counted(said.number('connections'), 'connection')}, as this scenario does. Without a ` +
    'pooler, all connections are in use long before the CPU is fully used.',
  'partition-first': (said) => {
    const size = bytes(said.number('bytes'));
    const matters =
      said.name('size') === 'small'
        ? `${size} alone are no reason to shard`
        : `with ${size} this makes a difference`;
    return (
      `Partitioning first: PARTITION BY HASH (${said.list('columns').join(', ')}) on the one ` +
      'instance shows which queries do not fix the key. It also makes each index and each vacuum ' +
      `smaller (${matters}).`
    );
  },
  'costly-query': (said) =>
    `Queries: ${said.name('operation')} is ${percent(said.number('workFraction'))} of the work. ` +
    'An index that halves this work is cheaper than any shard.',
};

export const growthRemedies: Sentences = { ...tenants, ...instance };
