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
 * `stated` comes first, then the scenario's own figures. Where there are none, every shard is taken
 * to carry 1 / headroom of what it can today, if the load were spread evenly: the same for every
 * strategy, so that strategies can be compared, but worth nothing as an absolute number.
 */
export function databaseCapacity(
  capacity: Capacity,
  stated: StatedCapacity | null,
  now: { readonly qps: number; readonly shards: number },
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
  const each = (headroom * now.qps) / now.shards;
  const assumed =
    `assumed, because nothing was measured: ${now.shards} present ` +
    `${now.shards === 1 ? 'instance' : 'shards'} with an even load would run at ` +
    `${formatFraction(Number((1 / headroom).toPrecision(3)))} of capacity (capacity.headroom); ${relation}`;
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
