import type { AggregateName, MetricName } from './threshold-metrics.ts';

/** What a limit is about; where a tag is absent, all of it. */
export interface ThresholdTags {
  readonly operation?: string;
  readonly kind?: 'read' | 'write';
  readonly shard?: number;
  /** Name of a strategy, or `single`; absent: every cell is judged by itself. */
  readonly strategy?: string;
}

export const operators = ['<=', '>=', '==', '!=', '<', '>'] as const;

export type Operator = (typeof operators)[number];

/** One number of a metric: `p` with its percentile, the others by name. */
export interface Aggregate {
  readonly name: AggregateName;
  /** Above 0, below 100, of `p` only; null of the others. */
  readonly percentile: number | null;
}

/** What must hold of one number of a metric. */
export interface Expression {
  readonly aggregate: Aggregate;
  readonly operator: Operator;
  /** In the unit of the metric. */
  readonly limit: number;
}

/** The metric and what of it. */
export interface Selector {
  readonly metric: MetricName;
  readonly tags: ThresholdTags;
}

/** A limit of a run: it passes or fails by it. */
export interface Threshold extends Selector, Expression {
  /** Whether the run ends when it is broken. */
  readonly abortOnFail: boolean;
  /** From the start of a cell's measured window until it is looked at for the first time. */
  readonly delayAbortEvalMs: number;
}
