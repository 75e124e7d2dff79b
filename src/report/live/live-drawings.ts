import type { ChartGroup } from '../charts/chart.ts';
import { PreparedChart, withMarks } from '../charts/prepared-chart.ts';
import { blockHtml } from '../html/blocks.ts';
import { chartFrame, roundEnd } from './chart-frame.ts';
import { lineMarks } from './line-marks.ts';
import { liveChart } from './live-chart.ts';
import type { LiveCourse } from './live-course.ts';
import type { BegunPhase } from './live-events.ts';
import { liveHeading, liveLegend } from './live-parts.ts';
import { type LiveQuantity, liveQuantities } from './live-quantities.ts';
import type { LiveState } from './live-state.ts';
import { shardLines, shardsWithLines } from './shard-lines.ts';

interface Frame {
  readonly quantity: LiveQuantity;
  readonly chart: PreparedChart;
  /** What it was drawn for last, and how it looked. */
  drawnFor: string;
  svg: string;
}

/** Draws the charts of a running phase, and remembers what stays from one second to the next. */
export class LiveDrawings {
  private readonly frames: readonly Frame[];
  private shown: readonly number[] = [];
  private phase: BegunPhase | null = null;

  private constructor(frames: readonly Frame[]) {
    this.frames = frames;
  }

  /** Takes about half a second of a core, which no later drawing does. */
  static async prepare(): Promise<LiveDrawings> {
    const frames = liveQuantities.map(async (quantity): Promise<Frame> => {
      const chart = await PreparedChart.of(chartFrame(quantity.title));
      // The first drawing takes several times as long as those that follow.
      await chart.svg(
        { lastSecond: 1, highest: 1 },
        { shards: [{ shard: 0, second: 0, value: 0 }] },
      );
      return { quantity, chart, drawnFor: '', svg: '' };
    });
    return new LiveDrawings(await Promise.all(frames));
  }

  /** The block of charts as HTML. */
  async html(state: LiveState): Promise<string> {
    const { course, phase } = state;
    if (phase === null) return '<p>No cell has begun.</p>';
    if (phase !== this.phase) this.shown = [];
    this.phase = phase;
    this.shown = shardsWithLines(course, this.shown);
    const drawn = this.frames.map(async (frame) => ({
      chart: liveChart(course, frame.quantity),
      svg: await this.draw(frame, course, phase),
    }));
    const panels = await Promise.all(drawn);
    const group: ChartGroup = {
      design: 'live',
      title: liveHeading(phase),
      legend: liveLegend(state, this.shown.length),
      charts: panels.map(({ chart }) => chart),
    };
    const drawings = new Map(panels.map(({ chart, svg }) => [chart, svg]));
    return blockHtml({ kind: 'charts', group }, drawings);
  }

  private async draw(
    frame: Frame,
    course: LiveCourse,
    { windowSeconds }: BegunPhase,
  ): Promise<string> {
    const lines = shardLines(course, this.shown, frame.quantity);
    const ends = {
      lastSecond: Math.max(1, windowSeconds),
      highest: roundEnd(Math.max(frame.quantity.least, lines.highest)),
    };
    const drawnFor = JSON.stringify([ends, this.shown]);
    if (drawnFor !== frame.drawnFor) {
      const shards = this.shown.map((shard) => ({ shard, second: 0, value: 0 }));
      frame.svg = await frame.chart.svg(ends, { shards });
      frame.drawnFor = drawnFor;
    }
    return withMarks(frame.svg, lineMarks(lines, ends));
  }
}
