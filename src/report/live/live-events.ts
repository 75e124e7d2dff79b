import type { RunningSecond } from '../../result/running-second.ts';
import type { VerdictCard } from '../document.ts';

/** A phase of a cell that begins. */
export interface BegunPhase {
  readonly strategy: string;
  /** Such as warm-up or measure. */
  readonly title: string;
  readonly windowSeconds: number;
  /** Where in the window it begins: another than 0 for a part of it that is not the first. */
  readonly fromSecond: number;
  readonly shardCount: number;
}

/** What a page that watches a run is told, in plain values: it is drawn in a thread of its own. */
export type LiveEvent =
  | {
      readonly kind: 'stage';
      readonly text: string;
      readonly fraction: number;
      readonly leftMs: number;
    }
  | { readonly kind: 'warning'; readonly text: string }
  | { readonly kind: 'phase'; readonly phase: BegunPhase }
  | { readonly kind: 'second'; readonly second: RunningSecond }
  | { readonly kind: 'verdicts'; readonly verdicts: readonly VerdictCard[] };
