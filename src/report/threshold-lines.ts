import { type CellId, cellName } from '../result/cells.ts';
import type { ThresholdResult } from '../result/threshold-result.ts';
import type { RunResult } from '../result/types.ts';
import { limitValue } from '../wording/thresholds.ts';
import { name, visible } from './text.ts';

/** `2 of 6 limits are broken.` */
export function thresholdSummary(thresholds: readonly ThresholdResult[]): string {
  const broken = thresholds.filter(({ ok }) => !ok).length;
  const all = thresholds.length;
  if (broken === 0) return all === 1 ? 'The limit is kept.' : `All ${all} limits are kept.`;
  return `${broken} of ${all} ${all === 1 ? 'limit is' : 'limits are'} broken.`;
}

/** The cell as its report calls it; — where there is none. */
export function thresholdCell(
  { strategy, shardCount }: ThresholdResult,
  cells: readonly CellId[],
): string {
  if (strategy === null || shardCount === null) return '—';
  return name(cellName({ strategy, shardCount }, cells));
}

/** Every cell that a limit of the run is about, measured or not. */
export const thresholdCells = (thresholds: readonly ThresholdResult[]): readonly CellId[] =>
  thresholds.flatMap(({ strategy, shardCount }) =>
    strategy === null || shardCount === null ? [] : [{ strategy, shardCount }],
  );

export function thresholdValueText(result: ThresholdResult): string {
  const { value, limit } = result;
  return value === null ? '—' : limitValue(result, value, limit);
}

const shownKept = 3;

/** A line for each limit: who breaks it and by how much, then who keeps it. */
export function thresholdLines({ thresholds = [] }: RunResult): readonly string[] {
  if (thresholds.length === 0) return [];
  const cells = thresholdCells(thresholds);
  const groups = Map.groupBy(thresholds, ({ expression }) => expression);
  const lines = [...groups].map(([expression, own]) => {
    const told = (each: ThresholdResult): string =>
      each.value === null
        ? `${thresholdCell(each, cells)} (${lowered(visible(each.note.text))})`
        : `${thresholdCell(each, cells)} (${thresholdValueText(each)})`;
    const broken = own.filter(({ ok }) => !ok).map(told);
    const kept = own.filter(({ ok }) => ok).map(told);
    const more = kept.length > shownKept ? [`${kept.length - shownKept} more`] : [];
    const parts = [
      ...(broken.length === 0 ? [] : [`BROKEN by ${broken.join(', ')}`]),
      ...(kept.length === 0
        ? []
        : [`kept by ${[...kept.slice(0, shownKept), ...more].join(', ')}`]),
    ];
    return `${visible(expression)}: ${parts.join('; ')}`;
  });
  return [thresholdSummary(thresholds), ...lines];
}

/** A sentence within another. */
const lowered = (text: string): string =>
  text.replace(/^[A-Z](?=[a-z])/, (first) => first.toLowerCase()).replace(/\.$/, '');
