import type { TopLevelSpec } from 'vega-lite';

/** A picture with the sentence it shows and the words for who cannot see it. */
export interface Chart {
  /** What the panel is about: a strategy, as `name` shows it. */
  readonly subject: string;
  /** States the finding. */
  readonly title: string;
  /** Text alternative: the data in words. */
  readonly description: string;
  /** null: there is nothing to draw, and the title says why. */
  readonly spec: TopLevelSpec | null;
}

/** Charts of one design, drawn to one scale so that panels can be compared. */
export interface ChartGroup {
  /** Names the design, also in file names. */
  readonly design: string;
  readonly title: string;
  /** How to read the panels. */
  readonly legend: string;
  readonly charts: readonly Chart[];
}

const most = 16;

/** `shard 0 98.1, shard 1 102, ...`, at most 16 of them. */
export function inWords(parts: readonly string[]): string {
  const more = parts.length - most;
  return parts.slice(0, most).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
