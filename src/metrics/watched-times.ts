import { createHistogram, type Histogram } from '../base/histogram.ts';
import type { WatchedSamples } from './cell-samples.ts';
import { outcomes, type Outcome } from './outcome.ts';

/** Times that are kept beside the others, because a limit asks for them; null: of all. */
export interface WatchedKind {
  readonly metric: 'response_ms' | 'service_ms' | 'queue_wait_ms' | 'schedule_lag_ms';
  /** Index. */
  readonly operation: number | null;
  readonly kind: 'read' | 'write' | null;
  /** Of one shard the queries are counted, otherwise response times and lags of operations. */
  readonly shard: number | null;
}

interface Watched {
  readonly of: WatchedKind;
  readonly ok: Histogram;
  /** Of response times only: failures have none, and rank behind every success. */
  failures: number;
}

/** Flat in memory: one histogram for each kind of times. */
export class WatchedTimes {
  readonly all: readonly Watched[];
  private readonly kinds: readonly ('read' | 'write')[];
  private readonly ofOperations: readonly Watched[];
  private readonly ofQueries: readonly Watched[];

  constructor(wanted: readonly WatchedKind[], kinds: readonly ('read' | 'write')[]) {
    this.kinds = kinds;
    this.all = wanted.map((of) => ({ of, ok: createHistogram(), failures: 0 }));
    this.ofQueries = this.all.filter(({ of }) => isOfQueries(of));
    this.ofOperations = this.all.filter(({ of }) => !isOfQueries(of));
  }

  /** An operation that has ended. */
  operation(operation: number, responseNs: number, lagNs: number, outcome: Outcome): void {
    for (const watched of this.ofOperations) {
      if (!this.isMeant(watched, operation)) continue;
      if (watched.of.metric === 'schedule_lag_ms') watched.ok.record(lagNs);
      else if (outcome === outcomes.ok) watched.ok.record(responseNs);
      else watched.failures += 1;
    }
  }

  /** A query that has ended on a shard; `serviceNs` is NaN where it was never sent. */
  query(
    shard: number,
    operation: number,
    responseNs: number,
    waitNs: number,
    serviceNs: number,
    outcome: Outcome,
  ): void {
    for (const watched of this.ofQueries) {
      const { metric, shard: asked } = watched.of;
      if ((asked !== null && asked !== shard) || !this.isMeant(watched, operation)) continue;
      if (metric === 'queue_wait_ms') watched.ok.record(waitNs);
      else if (outcome === outcomes.ok) {
        watched.ok.record(metric === 'service_ms' ? serviceNs : responseNs);
      } else if (metric === 'response_ms') watched.failures += 1;
    }
  }

  /** A query for which a shard had no room. */
  dropped(shard: number, operation: number): void {
    for (const watched of this.ofQueries) {
      const { metric, shard: asked } = watched.of;
      if (metric !== 'response_ms' || asked !== shard) continue;
      if (this.isMeant(watched, operation)) watched.failures += 1;
    }
  }

  samples(): WatchedSamples[] {
    return this.all.map(({ of, ok, failures }) => ({ ...of, ok: ok.counts(), failures }));
  }

  private isMeant({ of }: Watched, operation: number): boolean {
    if (of.operation !== null && of.operation !== operation) return false;
    return of.kind === null || of.kind === this.kinds[operation];
  }
}

const isOfQueries = ({ metric, shard }: WatchedKind): boolean =>
  metric === 'service_ms' || metric === 'queue_wait_ms' || shard !== null;
