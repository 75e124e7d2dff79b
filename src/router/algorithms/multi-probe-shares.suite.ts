// Shares of multi-probe consistent hashing in closed form, from the arcs in front of its points.
import { finalisedHash } from './finalised-hash.ts';
import { keyHash } from '../../base/hash/key-hashes.ts';
import { type RingPoints, ringPoints } from './ring-points.ts';

/** Length of the arc in front of each point, as a fraction of the circle. */
function arcsOf(points: RingPoints): number[] {
  const at = Array.from(points.hi, (hi, index) => hi / 2 ** 32 + (points.lo[index] ?? 0) / 2 ** 64);
  return at.map((position, index) =>
    index === 0 ? position + 1 - (at.at(-1) ?? 0) : position - (at[index - 1] ?? 0),
  );
}

/**
 * The share of each shard. A probe lies farther than d from the next point with probability
 * f(d) = sum of max(0, arc - d), so that all K do with f(d)^K; where c arcs are longer than d, each
 * of them takes the least distance with density -(f^K)'/c.
 */
export function probedShares(points: RingPoints, shardCount: number, probes: number): number[] {
  const arcs = arcsOf(points);
  const order = arcs.map((_, index) => index).toSorted((a, b) => (arcs[a] ?? 0) - (arcs[b] ?? 0));
  const shares = Array.from({ length: shardCount }, () => 0);
  let farther = 1;
  let distance = 0;
  let sofar = 0;
  for (const [shorter, index] of order.entries()) {
    const arc = arcs[index] ?? 0;
    const longer = arcs.length - shorter;
    const next = Math.max(0, farther - longer * (arc - distance));
    sofar += (farther ** probes - next ** probes) / longer;
    farther = next;
    distance = arc;
    const owner = points.owner[index] ?? 0;
    shares[owner] = (shares[owner] ?? 0) + sofar;
  }
  return shares;
}

/** The points as the router has them with the default hash. */
export function probedPoints(salt: string, vnodes: readonly number[]): RingPoints {
  return ringPoints(finalisedHash(keyHash('xxh64')), salt, vnodes);
}
