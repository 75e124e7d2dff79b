import type { ArrivalProcess } from '../scenario/types.ts';
import type { CourseSamples, CourseShape } from './cell-samples.ts';

/**
 * Enough to tell a drift from noise that lasts for some parts; few enough to have samples in each.
 */
const partsWanted = 60;

/**
 * Bursts are compared over whole cycles: what is left of the window behind the last belongs to
 * none.
 */
export function courseShape(windowNs: number, cycleNs: number | null): CourseShape {
  const cycles = cycleNs === null ? 0 : Math.floor(windowNs / cycleNs);
  if (cycleNs === null || cycles === 0) {
    return { partNs: windowNs / partsWanted, parts: partsWanted, cycleParts: 1 };
  }
  if (cycles > partsWanted) {
    const together = Math.floor(cycles / partsWanted);
    return { partNs: together * cycleNs, parts: Math.floor(cycles / together), cycleParts: 1 };
  }
  const cycleParts = Math.max(1, Math.floor(partsWanted / cycles));
  return { partNs: cycleNs / cycleParts, parts: cycles * cycleParts, cycleParts };
}

/** Length of a cycle of the arrivals; null where their rate has none. */
export function cycleNsOf(arrivals: ArrivalProcess): number | null {
  return arrivals.process === 'burst' ? (arrivals.onMs + arrivals.offMs) * 1e6 : null;
}

/** Buckets of response times, by the logarithm: 16 for each doubling, from 1 us on. */
const perDoubling = 16;
export const responseBuckets = 32 * perDoubling;
const firstNs = 1000;
const p50Samples = 20;

export function responseBucketOf(responseNs: number): number {
  const octaves = Math.log2(Math.max(firstNs, responseNs) / firstNs);
  return Math.min(responseBuckets - 1, Math.floor(octaves * perDoubling));
}

/**
 * Median response time, waiting queries, and operations offered and accepted in each part of the
 * window, from samples of one generator or of several.
 */
export class Course {
  readonly shape: CourseShape;
  readonly offered: Float64Array;
  readonly accepted: Float64Array;
  private readonly samples: CourseSamples;
  private readonly shardCount: number;
  private readonly generators: number;

  constructor(samples: CourseSamples, shardCount: number, generators: number) {
    this.shape = samples.shape;
    this.offered = samples.offered;
    this.accepted = samples.accepted;
    this.samples = samples;
    this.shardCount = shardCount;
    this.generators = generators;
  }

  /**
   * Queries that waited in each part, on the mean, on all shards together: each look found the
   * queue of one generator before one shard.
   */
  queued(): number[] {
    const { looks, queued } = this.samples;
    return Array.from(looks, (count, part) =>
      count === 0 ? 0 : (((queued[part] ?? 0) * this.generators) / count) * this.shardCount,
    );
  }

  /** Medians of `together` parts each; null where the samples are too few for one. */
  responseMsP50(together = 1): (number | null)[] {
    const groups = Math.floor(this.shape.parts / together);
    return Array.from({ length: groups }, (_, group) => this.median(group * together, together));
  }

  private median(first: number, parts: number): number | null {
    const at = (bucket: number): number => {
      let count = 0;
      for (let part = first; part < first + parts; part += 1) {
        count += this.samples.responses[part * responseBuckets + bucket] ?? 0;
      }
      return count;
    };
    let total = 0;
    for (let bucket = 0; bucket < responseBuckets; bucket += 1) total += at(bucket);
    if (total < p50Samples) return null;
    let below = 0;
    for (let bucket = 0; bucket < responseBuckets; bucket += 1) {
      const count = at(bucket);
      if (below + count >= total / 2) {
        const within = (total / 2 - below) / count;
        return (firstNs * 2 ** ((bucket + within) / perDoubling)) / 1e6;
      }
      below += count;
    }
    return null;
  }
}
