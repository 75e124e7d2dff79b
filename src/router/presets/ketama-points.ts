// libmemcached's continuum: awesomized/libmemcached, src/libmemcached/hosts.cc, update_continuum.
import { md5Words } from '../../base/hash/md5.ts';
import type { RingPoints } from '../algorithms/ring-points.ts';

/** One memcached server: what its points are hashed from, without their number, and its weight. */
export interface KetamaServer {
  readonly label: string;
  readonly weight: number;
}

const { fround } = Math;
const digestsEach = 40;
const pointsInDigest = 4;

/**
 * MD5 digests of a server, each four points: 40 on average, by its share of the weights. In single
 * precision and rounded down as there: 25 equal servers get 39 each, not 40.
 */
export function digestsOf(weight: number, total: number, servers: number): number {
  const share = fround(fround(weight) / fround(total));
  const points = fround(share * digestsEach * pointsInDigest);
  return Math.floor(fround(fround(fround(points / pointsInDigest) * servers) + 1e-10));
}

const toUtf8 = new TextEncoder();
const words = new Uint32Array(4);
// A point and its owner in one double, exact for owners below this.
const ownersMax = 2 ** 20;

/**
 * The points of the servers, ascending, equal ones by server; `hi` is 0, as the points have 32
 * bits. A server of weight 0 is not in the list of servers and has none.
 */
export function ketamaPoints(servers: readonly KetamaServer[]): RingPoints {
  const active = servers.filter(({ weight }) => weight > 0);
  const total = active.reduce((sum, { weight }) => sum + weight, 0);
  const packed: number[] = [];
  for (const [owner, { label, weight }] of servers.entries()) {
    const digests = weight > 0 ? digestsOf(weight, total, active.length) : 0;
    for (let digest = 0; digest < digests; digest += 1) {
      const bytes = toUtf8.encode(`${label}-${digest}`);
      md5Words(bytes, 0, bytes.length, words);
      for (const point of words) packed.push(point * ownersMax + owner);
    }
  }
  const sorted = Float64Array.from(packed).toSorted();
  return {
    count: sorted.length,
    hi: new Uint32Array(sorted.length),
    lo: Uint32Array.from(sorted, (each) => Math.floor(each / ownersMax)),
    owner: Uint32Array.from(sorted, (each) => each % ownersMax),
  };
}
