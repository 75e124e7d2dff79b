import type { TopLevelSpec } from 'vega-lite';
import type { AdviceDocument, AdvisedCandidate } from '../../../result/advice-document.ts';
import { counted, money, times } from '../../../wording/format.ts';
import { type ChartGroup, inWords } from '../../charts/chart.ts';
import { cutToWidth, labelSize } from '../../charts/labels.ts';
import { chartConfig, palette, stackColours } from '../../charts/palette.ts';
import { name } from '../../text.ts';
import { labelSides, offsets, type Side, sides } from './front-labels.ts';
import { bestOf, instanceLabel, labelOf } from '../rows.ts';

const size = { width: 370, height: 240 };
const shapes = ['circle', 'square', 'triangle-up', 'diamond', 'triangle-down'];
/** Keys beyond these share a mark. */
const keysMost = 4;
const labelRoom = 170;

/** What capacity costs: each candidate, and those that no other one both undercuts and outdoes. */
export function paretoCharts(document: AdviceDocument): ChartGroup {
  const points = pointsOf(document);
  const front = frontOf(points);
  const currency = name(document.basis.currency);
  const words = front.map(
    ({ candidate, capacity, cost }) =>
      `${labelOf(candidate)} ${times(capacity)} for ${money(cost)}`,
  );
  const left = document.candidates.filter(({ status }) => status === 'excluded').length;
  return {
    design: 'pareto-front',
    title: 'What capacity costs',
    legend:
      `The bill in ${currency} a month, and the capacity against the present instance, of a ` +
      'placement as bad as one in twenty. The line joins the candidates that no other one both ' +
      'undercuts and outdoes. A ring is around ' +
      `${document.recommendation.kind === 'shard' ? 'the recommended one' : 'the best one'} and ` +
      `those that cannot be told from it.${
        left === 0 ? '' : ` Not drawn: ${counted(left, 'excluded candidate')}.`
      }`,
    charts: [
      {
        subject: `Capacity against ${currency} a month`,
        title: `${front.length} of ${points.length} are on the front`,
        description: `On the front: ${inWords(words)}.`,
        spec: specOf(document, points),
      },
    ],
  };
}

interface Point {
  readonly candidate: AdvisedCandidate;
  readonly cost: number;
  readonly capacity: number;
}

/** The instance, and every candidate that breaks no rule. */
export function pointsOf({ candidates }: AdviceDocument): Point[] {
  return candidates
    .filter(({ status, strategy }) => status !== 'excluded' || strategy === null)
    .map((candidate) => {
      const { monthlyCost: cost, capacityRatioP5 } = candidate;
      return { candidate, cost, capacity: capacityRatioP5 ?? 0 };
    });
}

/** From the cheapest to the largest. */
export function frontOf(points: readonly Point[]): Point[] {
  return points
    .filter(({ candidate }) => candidate.onFront)
    .toSorted((a, b) => a.cost - b.cost || a.capacity - b.capacity);
}

function specOf(document: AdviceDocument, points: readonly Point[]): TopLevelSpec {
  const currency = name(document.basis.currency);
  const best = bestOf(document);
  const marks = marksOf(points);
  const values = points.map(({ candidate, cost, capacity }) => ({
    cost,
    capacity,
    mark: markOf(candidate, marks),
    isRinged: candidate === best || candidate.status === 'no-difference',
  }));
  const ends = {
    cost: 1.08 * Math.max(1, ...values.map(({ cost }) => cost)),
    capacity: 1.15 * Math.max(1, ...values.map(({ capacity }) => capacity)),
  };
  const front = frontOf(points).map(({ cost, capacity }) => ({ cost, capacity }));
  const x = {
    field: 'cost',
    type: 'quantitative' as const,
    title: `${currency} a month`,
    scale: { domain: [0, ends.cost], nice: false },
    axis: { tickCount: 5, format: '~s' },
  };
  const y = {
    field: 'capacity',
    type: 'quantitative' as const,
    title: 'times the capacity of the instance',
    scale: { domain: [0, ends.capacity], nice: false },
    axis: { tickCount: 5 },
  };
  const scale = { domain: marks };
  return {
    config: chartConfig,
    ...size,
    data: { values },
    layer: [
      {
        data: { values: front },
        mark: { type: 'line', interpolate: 'step-after', strokeWidth: 1.5 },
        encoding: { x, y, color: { value: palette.faint } },
      },
      {
        mark: { type: 'point', filled: true, size: 42, opacity: 0.9 },
        encoding: {
          x,
          y,
          shape: {
            field: 'mark',
            type: 'nominal',
            scale: { ...scale, range: shapes.slice(0, marks.length) },
            legend: { orient: 'top', title: null, columns: 3, labelLimit: 130 },
          },
          color: {
            field: 'mark',
            type: 'nominal',
            scale: { ...scale, range: colours.slice(0, marks.length) },
          },
        },
      },
      {
        transform: [{ filter: 'datum.isRinged' }],
        mark: { type: 'point', shape: 'circle', size: 150, strokeWidth: 1.5, filled: false },
        encoding: { x, y, color: { value: palette.ink } },
      },
      ...labelLayers(labelsFor(points, best, ends), x, y),
    ],
  };
}

const colours = [palette.ink, ...stackColours];
const instanceMark = 'one instance';
const othersMark = 'other keys';

/** The instance, and a mark for each key. */
function marksOf(points: readonly Point[]): string[] {
  const keys = [...new Set(points.flatMap(({ candidate: { key } }) => key ?? []))].map(name);
  const named = keys.length > keysMost ? [...keys.slice(0, keysMost - 1), othersMark] : keys;
  return [instanceMark, ...named];
}

function markOf({ key }: AdvisedCandidate, marks: readonly string[]): string {
  if (key === null) return instanceMark;
  return marks.includes(name(key)) ? name(key) : othersMark;
}

interface Label {
  readonly cost: number;
  readonly capacity: number;
  readonly label: string;
  readonly side: Side | null;
}

/** Of equal ones the best has the label; one that has no room is left out. */
function labelsFor(
  points: readonly Point[],
  best: AdvisedCandidate | null,
  ends: { readonly cost: number; readonly capacity: number },
): Label[] {
  const spotOf = ({ cost, capacity }: Point) => ({
    at: (cost / ends.cost) * size.width,
    height: (capacity / ends.capacity) * size.height,
  });
  const front = frontOf(points);
  const once = new Map(
    front.map((point) => [`${point.cost} ${point.capacity}`, point] as const).toReversed(),
  );
  const isBest = ({ candidate }: Point): boolean => candidate === best;
  for (const point of front.filter(isBest)) once.set(`${point.cost} ${point.capacity}`, point);
  const labelled = [...once.values()]
    .toSorted((a, b) => Number(isBest(b)) - Number(isBest(a)))
    .map((point) => {
      const { at, height } = spotOf(point);
      return { point, at, height, text: cutToWidth(textOf(point.candidate), labelRoom) };
    });
  const found = labelSides(labelled, front.map(spotOf), points.map(spotOf), size.width);
  return labelled.map(({ point: { cost, capacity }, text: label }, index) => {
    return { cost, capacity, label, side: found[index] ?? null };
  });
}

const textOf = (candidate: AdvisedCandidate): string =>
  candidate.router === null
    ? instanceLabel(candidate)
    : `${name(candidate.router)} on ${candidate.shardCount}`;

const aligned = { left: 'right', above: 'center', right: 'left' } as const;

function labelLayers(labels: readonly Label[], x: object, y: object) {
  return sides.map((side) => ({
    data: { values: labels.filter((each) => each.side === side) },
    mark: {
      type: 'text' as const,
      align: aligned[side],
      dx: offsets[side].across,
      dy: -offsets[side].up,
      fontSize: labelSize,
    },
    encoding: {
      x: { field: 'cost', ...x },
      y: { field: 'capacity', ...y },
      text: { field: 'label', type: 'nominal' as const },
      color: { value: palette.ink },
    },
  }));
}
