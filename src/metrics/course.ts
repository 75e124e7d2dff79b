import type { ArrivalProcess } from '../scenario/types.ts';

/** Equal parts of the window, in each of which a few figures are kept: the course of a cell. */
export interface CourseShape {
  readonly partNs: number;
  readonly parts: number;
  /** Parts of one cycle of the arrivals; 1 where these have none. */
  readonly cycleParts: number;
}

/** Enough to tell a drift from noise that lasts for some parts; few enough to have samples in each. */
const partsWanted = 60;

/** Bursts are compared over whole cycles: what is left of the window behind the last belongs to none. */
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
const buckets = 32 * perDoubling;
const firstNs = 1000;
const p50Samples = 20;

/**
 * Median response time, waiting queries, and operations offered and accepted in each part of the window.
 * Flat in memory, and recording allocates nothing.
 */
export class CourseRecorder {
  readonly shape: CourseShape;
  /** Operations intended within each part, and those that ended well within it. */
  readonly offered: Float64Array;
  readonly accepted: Float64Array;
  private readonly responses: Uint32Array;
  private readonly queuedTotal: Float64Array;
  private readonly looks: Float64Array;
  private readonly shardCount: number;

  constructor(shape: CourseShape, shardCount: number) {
    const { parts } = shape;
    this.shape = shape;
    this.shardCount = shardCount;
    this.offered = new Float64Array(parts);
    this.accepted = new Float64Array(parts);
    this.responses = new Uint32Array(parts * buckets);
    this.queuedTotal = new Float64Array(parts);
    this.looks = new Float64Array(parts);
  }

  failed(intendedNs: number): void {
    this.add(this.offered, intendedNs);
  }

  succeeded(intendedNs: number, finishedNs: number): void {
    this.add(this.accepted, finishedNs);
    const part = this.add(this.offered, intendedNs);
    if (part < 0) return;
    const octaves = Math.log2(Math.max(firstNs, finishedNs - intendedNs) / firstNs);
    const bucket = Math.min(buckets - 1, Math.floor(octaves * perDoubling));
    const place = part * buckets + bucket;
    this.responses[place] = (this.responses[place] ?? 0) + 1;
  }

  /** A look at the queue of one shard. */
  looked(nowNs: number, queued: number): void {
    const part = this.add(this.looks, nowNs);
    if (part >= 0) this.queuedTotal[part] = (this.queuedTotal[part] ?? 0) + queued;
  }

  /** Queries that waited in each part, on the mean, on all shards together. */
  queued(): number[] {
    return Array.from(this.looks, (looks, part) =>
      looks === 0 ? 0 : ((this.queuedTotal[part] ?? 0) / looks) * this.shardCount,
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
        count += this.responses[part * buckets + bucket] ?? 0;
      }
      return count;
    };
    let total = 0;
    for (let bucket = 0; bucket < buckets; bucket += 1) total += at(bucket);
    if (total < p50Samples) return null;
    let below = 0;
    for (let bucket = 0; bucket < buckets; bucket += 1) {
      const count = at(bucket);
      if (below + count >= total / 2) {
        const within = (total / 2 - below) / count;
        return (firstNs * 2 ** ((bucket + within) / perDoubling)) / 1e6;
      }
      below += count;
    }
    return null;
  }

  private add(counts: Float64Array, atNs: number): number {
    const part = Math.floor(atNs / this.shape.partNs);
    if (part < 0 || part >= counts.length) return -1;
    counts[part] = (counts[part] ?? 0) + 1;
    return part;
  }
}
