import { formatFraction } from '../base/units.ts';
import type { Capacity } from '../scenario/growth-types.ts';

/** Operations of the mix a second that one database takes which holds everything. */
export interface DatabaseCapacity {
  /** One shard. */
  readonly shardQps: number;
  /** The present instance, unsharded. */
  readonly instanceQps: number;
  readonly source: 'given' | 'measured' | 'assumed';
  /** Where it comes from, in a sentence. */
  readonly basis: string;
}

/** A shard's capacity from outside the scenario. */
export interface StatedCapacity {
  readonly qps: number;
  readonly source: 'given' | 'measured';
  readonly basis: string;
}

/**
 * `stated` comes first, then the scenario's own figures. Where there are none, the fullest of the
 * present shards is taken to carry 1 / headroom of what it can, under the strategy that spreads the
 * load best: the same capacity for every strategy, so that they can be compared, but worth nothing
 * as an absolute number.
 */
export function databaseCapacity(
  capacity: Capacity,
  stated: StatedCapacity | null,
  now: {
    readonly qps: number;
    readonly shards: number;
    /** Work of the fullest present shard for each operation. */
    readonly pressure: number;
  },
): DatabaseCapacity {
  const { share, headroom } = capacity;
  const { shardQps, instanceQps, source, basis } = knownCapacity(capacity, stated);
  const relation = `a shard does ${formatFraction(share)} of the instance (capacity.share)`;
  if (shardQps !== null && instanceQps !== null) return { shardQps, instanceQps, source, basis };
  if (shardQps !== null) {
    return { shardQps, instanceQps: shardQps / share, source, basis: `${basis}; ${relation}` };
  }
  if (instanceQps !== null) {
    return { shardQps: instanceQps * share, instanceQps, source, basis: `${basis}; ${relation}` };
  }
  const each = headroom * now.qps * now.pressure;
  const fullest =
    now.shards === 1 ? 'the present instance' : `the fullest of ${now.shards} present shards`;
  const used = formatFraction(Number((1 / headroom).toPrecision(3)));
  const assumed =
    `assumed, because nothing was measured: ${fullest} is taken to run at ${used} of its ` +
    `capacity (capacity.headroom) under the strategy that spreads the load best; ${relation}`;
  const sizes =
    now.shards === 1
      ? { shardQps: each * share, instanceQps: each }
      : { shardQps: each, instanceQps: each / share };
  return { ...sizes, source: 'assumed', basis: assumed };
}

function knownCapacity(
  { shardPerSecond, instancePerSecond }: Capacity,
  stated: StatedCapacity | null,
) {
  const parts = [
    stated === null && shardPerSecond !== null ? 'capacity.shard' : '',
    instancePerSecond === null ? '' : 'capacity.instance',
  ].filter((part) => part !== '');
  const given = `given by the scenario (${parts.join(', ')})`;
  return {
    shardQps: stated?.qps ?? shardPerSecond,
    instanceQps: instancePerSecond,
    source: stated?.source ?? 'given',
    basis: [stated?.basis ?? '', parts.length > 0 ? given : '']
      .filter((text) => text !== '')
      .join('; '),
  };
}
