import type { ComparisonDocument, SideCurve } from '../../../result/comparison-document.ts';
import { palette } from '../../charts/palette.ts';

/** A page with hundreds of panels is neither read nor light. */
export const panelsMax = 12;
/** More shards than this are no picture any more; the document has all of them. */
export const shardsMax = 64;

/** A strategy with its curves on both sides. */
export interface Panel {
  readonly strategy: string;
  readonly curves: readonly SideCurve[];
}

/** The first strategies that both sides have, and the sentence about the others. */
export function panelsOf({ curves }: ComparisonDocument): {
  readonly panels: readonly Panel[];
  readonly note: string;
} {
  const all = [...Map.groupBy(curves, ({ strategy }) => strategy)]
    .map(([strategy, own]) => ({ strategy, curves: own }))
    .filter((panel) => panel.curves.length === 2);
  const left = all.length - panelsMax;
  const note = left > 0 ? ` ${left} more strategies are not drawn.` : '';
  return { panels: all.slice(0, panelsMax), note };
}

/** The same colour and dash for a side in every chart. */
export function sideColour(sides: readonly string[]) {
  return {
    field: 'side',
    type: 'nominal' as const,
    scale: { domain: [...sides], range: [palette.series, palette.accent] },
    legend: { orient: 'top' as const, title: 'side' },
  };
}

export const sidesOf = (panels: readonly Panel[]): readonly string[] => [
  ...new Set(panels.flatMap(({ curves }) => curves.map(({ side }) => side))),
];
