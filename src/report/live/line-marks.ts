import { palette, stackColours } from '../charts/palette.ts';
import { dashes, plotHeight, plotWidth } from './chart-frame.ts';
import type { LinePoint, ShardLines } from './shard-lines.ts';

/** Ends of the axes. */
export interface Ends {
  readonly lastSecond: number;
  readonly highest: number;
}

/**
 * The lines as SVG, to be put into the frame that the report's charts have. They are new every
 * second, when to draw them by Vega would take a hundred times as long.
 */
export function lineMarks({ lines, others }: ShardLines, ends: Ends): string {
  const x = (second: number): string => ((second / ends.lastSecond) * plotWidth).toFixed(1);
  const y = (value: number): string => ((1 - value / ends.highest) * plotHeight).toFixed(1);
  const areas = runsOf(others, ({ range }) => range !== null).map((run) => {
    const edge = (side: 0 | 1) =>
      run.map(({ second, range }) => `${x(second)},${y(range?.[side] ?? 0)}`);
    const outline = [...edge(1), ...edge(0).toReversed()].join('L');
    return `<path d="M${outline}Z" fill="${palette.faint}" fill-opacity="0.35"/>`;
  });
  const place = ({ second, value }: LinePoint): string => `${x(second)},${y(value ?? 0)}`;
  const drawn = lines.map((line, index) => {
    const color = stackColours[index] ?? palette.ink;
    const runs = runsOf(line, ({ value }) => value !== null);
    const path = runs.map((run) => `M${run.map(place).join('L')}`).join('');
    const dash = (dashes[index] ?? []).join(',');
    // The last point of a line, and one without neighbours, which is no line.
    const dots = runs.filter((run, at) => at === runs.length - 1 || run.length === 1);
    const circles = dots
      .flatMap((run) => run.at(-1) ?? [])
      .map((point) => {
        const [cx = '', cy = ''] = place(point).split(',');
        return `<circle cx="${cx}" cy="${cy}" r="2.5" fill="${color}"/>`;
      });
    const stroke = `stroke="${color}" stroke-width="1.5" stroke-dasharray="${dash}"`;
    return `<path d="${path}" ${stroke}/>${circles.join('')}`;
  });
  return `<g class="role-mark">${[...areas, ...drawn].join('')}</g>`;
}

/** What follows one after the other without a gap. */
function runsOf<T>(points: readonly T[], isKnown: (point: T) => boolean): readonly T[][] {
  const runs: T[][] = [];
  points.forEach((point, index) => {
    if (!isKnown(point)) return;
    const before = points[index - 1];
    if (before === undefined || !isKnown(before)) runs.push([]);
    runs.at(-1)?.push(point);
  });
  return runs;
}
