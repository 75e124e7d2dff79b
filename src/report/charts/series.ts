import { isValid, verdictWord } from '../../result/cells.ts';
import type { Cell, RunResult } from '../../result/types.ts';
import { integer, rate, ratio, significant, counted } from '../../wording/format.ts';
import { name } from '../text.ts';
import { type Chart, type ChartGroup, inWords } from './chart.ts';
import { sharedScale, type SharedScale } from './shared-scale.ts';
import { drawnCells } from './drawn-cells.ts';
import { extent } from './log-ticks.ts';
import { inSteps, type Second, secondsOf, secondsPerPoint } from './seconds.ts';
import { type SeriesScales, seriesSpec } from './series-spec.ts';

/** Second by second: the load above, the response time of the slowest shard below. */
export function seriesCharts(result: RunResult): ChartGroup {
  const drawn = drawnCells(result, result.cells, false);
  const seconds = new Map(result.cells.map((cell) => [cell, secondsOf(cell)]));
  const step = Math.max(1, ...[...seconds.values()].map(secondsPerPoint));
  const shown = drawn.cells.flatMap((cell) => inSteps(seconds.get(cell) ?? [], step));
  const panels = drawn.cells.map((cell) => inSteps(seconds.get(cell) ?? [], step));
  const axes: Axes = {
    step,
    qps: sharedScale(panels.map(highestQps)),
    ms: sharedScale(panels.map(highestMs)),
    lastSecond: extent([1, ...shown.map(({ second }) => second)])?.[1] ?? 1,
  };
  return {
    design: 'over-time',
    title: titleOf(result.cells, seconds),
    legend:
      'Above, shard queries that succeeded in each second, all shards together; below, the p50 ' +
      `of the shard that was slowest in that second. ${scaleNote(axes)} ` +
      stepNote(step) +
      checkpointNote(result, shown) +
      drawn.note,
    charts: drawn.cells.map((cell) => panel(cell, seconds.get(cell) ?? [], axes)),
  };
}

interface Axes {
  readonly step: number;
  readonly qps: SharedScale;
  readonly ms: SharedScale;
  readonly lastSecond: number;
}

const highestQps = (seconds: readonly Second[]) =>
  extent([1, ...seconds.flatMap(({ writes, reads }) => [writes, reads])])?.[1] ?? 1;
const highestMs = (seconds: readonly Second[]) =>
  extent([0.001, ...seconds.flatMap(({ slowestMsP50 }) => slowestMsP50 ?? [])])?.[1] ?? 0.001;

/** One sentence for both axes; the longer one, where one of them has exceptions. */
const scaleNote = ({ qps, ms }: Axes): string =>
  [qps.note, ms.note].toSorted((a, b) => b.length - a.length)[0] ?? '';

/** How a point differs from a second, with a space at its end. */
const stepNote = (step: number) =>
  step === 1 ? '' : `A point is ${step} seconds: the mean of the load, the slowest of the p50s. `;

function checkpointNote(result: RunResult, seconds: readonly Second[]): string {
  const times = seconds.reduce((sum, second) => sum + (second.checkpoints ?? 0), 0);
  if (times > 0) return 'A vertical line marks a second in which a checkpoint ended.';
  if (seconds.some(({ checkpoints }) => checkpoints !== null)) {
    return 'No checkpoint ended within a window.';
  }
  const servers = result.cells.flatMap(({ server }) => server ?? []);
  const total = servers.reduce((sum, { checkpoints }) => sum + checkpoints, 0);
  if (servers.length > 0 && total === 0) return 'No checkpoint fell into a window.';
  return servers.length === 0
    ? 'Checkpoints were not counted in this result.'
    : `This result does not record in which seconds its ${counted(total, 'checkpoint')} ended.`;
}

/** Greatest rise of the slowest shard's p50 above its usual (median) second. */
function riseOf(seconds: readonly Second[]): { second: number; times: number } | null {
  const known = seconds.flatMap(({ second, slowestMsP50: ms }) =>
    ms === null ? [] : [{ second, ms }],
  );
  const sorted = known.toSorted((a, b) => a.ms - b.ms);
  const usual = sorted[Math.floor((sorted.length - 1) / 2)];
  const most = sorted.at(-1);
  if (usual === undefined || most === undefined || known.length < 3 || usual.ms === 0) return null;
  return { second: most.second, times: most.ms / usual.ms };
}

function titleOf(cells: readonly Cell[], seconds: ReadonlyMap<Cell, readonly Second[]>): string {
  const rises = cells.filter(isValid).flatMap((cell) => {
    const rise = riseOf(seconds.get(cell) ?? []);
    return rise === null ? [] : [{ ...rise, strategy: cell.strategy }];
  });
  const most = rises.toSorted((a, b) => b.times - a.times).at(0);
  if (most === undefined) return 'Over time: no valid cell is long enough to show a trend';
  return (
    `The p50 of the slowest shard rises to at most ${ratio(most.times)}× its median ` +
    `(${name(most.strategy)}, second ${most.second})`
  );
}

function panel(cell: Cell, seconds: readonly Second[], axes: Axes): Chart {
  const subject = name(cell.strategy);
  if (seconds.length === 0) {
    const title = cell.status === 'ok' ? 'no seconds recorded' : `nothing measured: ${cell.status}`;
    return { subject, title, description: title, spec: null };
  }
  const { step, qps, ms, lastSecond } = axes;
  const points = inSteps(seconds, step);
  const scales: SeriesScales = {
    step,
    highestQps: qps.endOf(highestQps(points)),
    highestMs: ms.endOf(highestMs(points)),
    lastSecond,
  };
  const own = qps.wordFor(highestQps(points)) || ms.wordFor(highestMs(points));
  return {
    subject,
    title: `${panelTitle(cell, seconds)}${own}`,
    description: `By second: ${inWords(seconds.map(secondInWords))}.`,
    spec: seriesSpec(points, scales),
  };
}

function panelTitle(cell: Cell, seconds: readonly Second[]): string {
  const [low, high] = extent(seconds.map(({ writes }) => writes)) ?? [0, 0];
  const errors = seconds.reduce((sum, second) => sum + second.errors, 0);
  const failed = errors === 0 ? '' : `, ${counted(errors, 'error')}`;
  const word = isValid(cell) ? '' : ` (${verdictWord(cell)})`;
  const slowest = extent(seconds.flatMap(({ slowestMsP50 }) => slowestMsP50 ?? []));
  const slow = slowest === null ? '' : `; slowest p50 up to ${significant(slowest[1])} ms`;
  return `${rate(low)} to ${rate(high)} writes/s${slow}${failed}${word}`;
}

function secondInWords(one: Second): string {
  const ms = one.slowestMsP50 === null ? '' : ` p50 ${significant(one.slowestMsP50)} ms`;
  return `${one.second}: ${integer(one.writes)} writes ${integer(one.reads)} reads${ms}`;
}
