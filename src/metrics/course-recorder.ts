import type { CourseSamples, CourseShape } from './cell-samples.ts';
import { responseBucketOf, responseBuckets } from './course.ts';

/** Records the course of a cell. Flat in memory, and recording allocates nothing. */
export class CourseRecorder {
  private readonly shape: CourseShape;
  private readonly offered: Float64Array;
  private readonly accepted: Float64Array;
  private readonly responses: Uint32Array;
  private readonly queued: Float64Array;
  private readonly looks: Float64Array;

  constructor(shape: CourseShape) {
    const { parts } = shape;
    this.shape = shape;
    this.offered = new Float64Array(parts);
    this.accepted = new Float64Array(parts);
    this.responses = new Uint32Array(parts * responseBuckets);
    this.queued = new Float64Array(parts);
    this.looks = new Float64Array(parts);
  }

  failed(intendedNs: number): void {
    this.add(this.offered, intendedNs);
  }

  succeeded(intendedNs: number, finishedNs: number): void {
    this.add(this.accepted, finishedNs);
    const part = this.add(this.offered, intendedNs);
    if (part < 0) return;
    const place = part * responseBuckets + responseBucketOf(finishedNs - intendedNs);
    this.responses[place] = (this.responses[place] ?? 0) + 1;
  }

  /** A look at the queue of one shard. */
  looked(nowNs: number, queued: number): void {
    const part = this.add(this.looks, nowNs);
    if (part >= 0) this.queued[part] = (this.queued[part] ?? 0) + queued;
  }

  samples(): CourseSamples {
    const { shape, offered, accepted, responses, looks, queued } = this;
    return { shape, offered, accepted, responses, looks, queued };
  }

  private add(counts: Float64Array, atNs: number): number {
    const part = Math.floor(atNs / this.shape.partNs);
    if (part < 0 || part >= counts.length) return -1;
    counts[part] = (counts[part] ?? 0) + 1;
    return part;
  }
}
