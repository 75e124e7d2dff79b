import type { PathMovement, SpanMovement } from '../../placement/path-movement.ts';
import { newShards } from '../../placement/topology-changes.ts';
import type { GrowthStepRow } from '../../result/growth-document.ts';
import type { Strategy } from '../../scenario/types.ts';

/**
 * What a strategy moves, as the document has it: each step, then from the start to each count.
 *
 * @param referenceBytes of one copy of the reference tables, which each new shard gets
 */
export function growthRows(
  strategy: Strategy,
  { steps, fromStart }: PathMovement,
  counted: GrowthStepRow['counted'],
  referenceBytes = 0,
): GrowthStepRow[] {
  const row = (span: GrowthStepRow['span']) => (movement: SpanMovement) => ({
    ...rowOf(strategy, span, movement, counted),
    ...copiesOf(movement, referenceBytes),
  });
  // From the start to the first count is the first step.
  return [...steps.map(row('step')), ...fromStart.slice(1).map(row('path'))];
}

function copiesOf(
  { before, after }: SpanMovement,
  referenceBytes: number,
): Pick<GrowthStepRow, 'referenceBytes'> {
  const copied = referenceBytes * newShards(before, after).length;
  return copied > 0 ? { referenceBytes: copied } : {};
}

function rowOf(
  { name, router, parameter }: Strategy,
  span: GrowthStepRow['span'],
  { movement, expected, band }: SpanMovement,
  counted: GrowthStepRow['counted'],
): GrowthStepRow {
  const { flows, ...moved } = movement;
  return {
    strategy: name,
    router: parameter === null ? router : `${router}:${parameter}`,
    span,
    counted,
    ...moved,
    expectedFraction: expected?.meanFraction ?? null,
    expectedSd: expected?.sd ?? null,
    expectedBy: expected === null ? null : { formula: expected.formula, of: expected.of },
    band,
    flows: [...flows],
  };
}
