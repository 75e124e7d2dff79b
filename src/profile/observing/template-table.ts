import type { Template } from '../evidence.ts';
import { templateKey } from '../template-key.ts';
import { Dispersion } from './dispersion.ts';
import { LatencyCounts } from './latency-counts.ts';

/** What was seen of one template. */
export interface SeenTemplate {
  readonly id: number;
  /** By which it is told from others. */
  readonly key: string;
  readonly sql: string;
  readonly fingerprint: string;
  readonly line: number;
  calls: number;
  /** Calls outside of transactions. */
  alone: number;
  /** Whether it was let go, for there were too many. */
  gone: boolean;
  readonly latency: LatencyCounts;
  readonly dispersion: Dispersion;
}

/**
 * Templates by fingerprint. Those with the fewest calls are let go when there are twice as many as
 * are wanted, so that frequent ones are kept wherever in a log they begin.
 */
export class TemplateTable {
  /** Calls of templates that were let go, and how many these are (again and again perhaps). */
  readonly gone = { calls: 0, templates: 0 };
  private readonly byKey = new Map<string, SeenTemplate>();
  private readonly most: number;
  private nextId = 0;

  constructor(most: number) {
    this.most = most;
  }

  /** @param shortened whether it stands for those with lists of several values or rows */
  of(sql: string, fingerprint: string, shortened: boolean, line: number): SeenTemplate {
    const key = templateKey(sql, fingerprint, shortened);
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    if (this.byKey.size >= 2 * this.most) this.shrink();
    const made: SeenTemplate = {
      id: this.nextId,
      key,
      sql,
      fingerprint,
      line,
      calls: 0,
      alone: 0,
      gone: false,
      latency: new LatencyCounts(),
      dispersion: new Dispersion(),
    };
    this.nextId += 1;
    this.byKey.set(key, made);
    return made;
  }

  /** The most frequent first. */
  finish(): SeenTemplate[] {
    if (this.byKey.size > this.most) this.shrink();
    return this.sorted();
  }

  private sorted(): SeenTemplate[] {
    return [...this.byKey.values()].toSorted((a, b) => b.calls - a.calls || a.id - b.id);
  }

  private shrink(): void {
    for (const template of this.sorted().slice(this.most)) {
      template.gone = true;
      this.gone.calls += template.calls;
      this.gone.templates += 1;
      this.byKey.delete(template.key);
    }
  }
}

/** A percentile of fewer calls is none. */
const p99Least = 1000;

export function templateOf(seen: SeenTemplate, source: number, seconds: number | null): Template {
  const { sql, fingerprint, line, calls, latency } = seen;
  // Times of the slow ones alone are not those of all.
  const isTimed = latency.count >= 0.99 * calls;
  const p50 = isTimed ? latency.quantileMs(0.5) : null;
  const burstiness = seconds === null ? null : seen.dispersion.index(seconds);
  return {
    sql,
    fingerprint,
    calls,
    totalMs: isTimed ? latency.totalMs : null,
    rows: null,
    ...(p50 !== null && {
      latencyMs: {
        p50,
        p99: latency.count < p99Least ? null : latency.quantileMs(0.99),
        max: latency.maxMs,
      },
    }),
    ...(burstiness !== null && { burstiness }),
    source,
    line,
  };
}
