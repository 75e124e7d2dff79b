import { rngFrom } from '../base/rng.ts';
import { normalQuantile } from '../base/statistics/normal.ts';
import type { Stalls } from '../scenario/simulation-types.ts';

const secondNs = 1e9;

/**
 * What slows all shards of a machine at once. Each second has a factor that every service time of
 * every shard is multiplied by, log-normal with a median of 1; and now and then all of them stand
 * still. Both follow from the seed alone, so that every cell meets the same.
 */
export class SharedStalls {
  /** By second; past the window as in its last. */
  private readonly factors: Float64Array;
  private readonly startsNs: readonly number[];
  private readonly endsNs: readonly number[];

  constructor({ sigma, stops }: Stalls, windowNs: number, seed: number) {
    const seconds = rngFrom(seed, 'stalls/seconds');
    this.factors = Float64Array.from({ length: Math.max(1, Math.ceil(windowNs / secondNs)) }, () =>
      Math.exp(sigma * normalQuantile(Math.max(Number.MIN_VALUE, seconds.double()))),
    );
    const startsNs: number[] = [];
    const endsNs: number[] = [];
    const rng = rngFrom(seed, 'stalls/stops');
    let atNs = 0;
    while (stops !== null) {
      atNs += Math.round(-Math.log(1 - rng.double()) * stops.everyMs * 1e6);
      if (atNs >= windowNs) break;
      startsNs.push(atNs);
      atNs += Math.round(stops.lastsMs * 1e6);
      endsNs.push(atNs);
    }
    this.startsNs = startsNs;
    this.endsNs = endsNs;
  }

  /** How many times as long a query takes that begins then. */
  factorAt(nowNs: number): number {
    const { factors } = this;
    return factors[Math.min(factors.length - 1, Math.floor(nowNs / secondNs))] ?? 1;
  }

  /** The first moment from then on at which shards work. */
  resumeNs(nowNs: number): number {
    const place = this.notOver(nowNs);
    const startNs = this.startsNs[place] ?? Number.POSITIVE_INFINITY;
    return startNs <= nowNs ? (this.endsNs[place] ?? nowNs) : nowNs;
  }

  /** When work is done that begins then, and would be done at `endNs` if nothing stood still. */
  endNs(beginNs: number, endNs: number): number {
    const { startsNs, endsNs } = this;
    let doneNs = endNs;
    for (let place = this.notOver(beginNs); place < startsNs.length; place += 1) {
      const startNs = startsNs[place] ?? 0;
      if (startNs >= doneNs) break;
      doneNs += (endsNs[place] ?? 0) - startNs;
    }
    return doneNs;
  }

  /** Number of the first stop that ends later. */
  private notOver(nowNs: number): number {
    const { endsNs } = this;
    let low = 0;
    let high = endsNs.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((endsNs[middle] ?? 0) > nowNs) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
