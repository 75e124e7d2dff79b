import type { TopLevelSpec } from 'vega-lite';
import type { AdviceDocument, AdvisedCandidate } from '../../../result/advice-document.ts';
import { reasonWords } from '../../../wording/advice-words.ts';
import { times } from '../../../wording/format.ts';
import { type Chart, type ChartGroup, inWords } from '../../charts/chart.ts';
import { cutToWidth, labelsOf } from '../../charts/labels.ts';
import { chartConfig, palette } from '../../charts/palette.ts';
import { name } from '../../text.ts';
import { keysOf } from '../rows.ts';

/** More columns than this are too narrow on a telephone. */
const keysMost = 3;
/** Of the cells together, px: a page draws every chart as wide as it may be. */
const mapWidth = 276;
const cellHeight = 31;

/** What the best number of shards of each key and router does: a map of cells. */
export function keyRouterCharts(document: AdviceDocument): ChartGroup {
  const keys = keysOf(document);
  const parts = Array.from({ length: Math.ceil(keys.length / keysMost) }, (_, part) =>
    keys.slice(part * keysMost, (part + 1) * keysMost),
  );
  const cells = cellsOf(document);
  const most = Math.max(1, ...cells.map(({ ratio }) => ratio));
  return {
    design: 'key-router',
    title: 'Every key with every router',
    legend:
      'A column for each key, a row for each router. A cell has the capacity against the present ' +
      'instance, and the number of shards, of the best candidate of both; a stronger colour is ' +
      'more. A cell without colour is excluded on every number of shards, for the reason in it. ' +
      `The cell with a thick frame is ${
        document.recommendation.kind === 'shard' ? 'the recommended one' : 'the best one'
      }; those with a dashed frame cannot be told from it.`,
    charts: parts.map((own) => panel(document, own, cells, most)),
  };
}

interface Cell {
  readonly key: string;
  readonly router: string;
  readonly candidate: AdvisedCandidate;
  readonly ratio: number;
  readonly isExcluded: boolean;
}

/** The first one of a key and a router is the best: the document has the better ones first. */
export function cellsOf({ candidates }: AdviceDocument): Cell[] {
  const first = new Map<string, Cell>();
  for (const candidate of candidates) {
    const { key, router, status, capacityRatio } = candidate;
    if (key === null || router === null) continue;
    const place = JSON.stringify([key, router]);
    const isExcluded = status === 'excluded';
    const ratio = isExcluded ? 0 : (capacityRatio ?? 0);
    if (!first.has(place)) first.set(place, { key, router, candidate, ratio, isExcluded });
  }
  return [...first.values()];
}

function panel(
  document: AdviceDocument,
  keys: readonly string[],
  all: readonly Cell[],
  most: number,
): Chart {
  const cells = all.filter(({ key }) => keys.includes(key));
  const words = cells.map(
    (each) => `${name(each.key)}/${name(each.router)} ${wordsOf(each).join(' ')}`,
  );
  const usable = cells.filter(({ isExcluded }) => !isExcluded).length;
  return {
    subject: keys.map(name).join(', '),
    title: `${usable} of ${cells.length} pairs of a key and a router can be used`,
    description: `Capacity against the instance: ${inWords(words)}.`,
    spec: specOf(document, keys, cells, most),
  };
}

/** What a cell says: its capacity and the number of shards, or why it is none. */
function wordsOf({ candidate, ratio, isExcluded }: Cell): [string, string] {
  const { shardCount, reasons } = candidate;
  if (isExcluded) return ['excluded', reasonWords(reasons[0]?.code ?? '')];
  return [times(ratio), `on ${shardCount}${overlayOf(candidate)}`];
}

/** What the strategy's name adds to its key and router, such as ` +pin:4%`; mostly nothing. */
function overlayOf({ strategy, key, router }: AdvisedCandidate): string {
  const added = (strategy ?? '').slice(`${key}/${router}`.length);
  return added === '' ? '' : ` ${name(added)}`;
}

function frameOf({ candidate }: Cell, document: AdviceDocument): 'best' | 'alike' | null {
  const { strategy, shardCount, otherwise } = document.recommendation;
  const best = strategy === null ? otherwise : { strategy, shardCount };
  const isBest = best?.strategy === candidate.strategy && best.shardCount === candidate.shardCount;
  if (isBest) return 'best';
  return candidate.status === 'no-difference' ? 'alike' : null;
}

function specOf(
  document: AdviceDocument,
  keys: readonly string[],
  cells: readonly Cell[],
  most: number,
): TopLevelSpec {
  const routers = [...new Set(cells.map(({ router }) => router))];
  const cellWidth = mapWidth / keys.length;
  const keyLabels = labelsOf(keys, cellWidth - 4);
  const routerLabels = labelsOf(routers, 110);
  const values = cells.map((each) => {
    const [upper, lower] = wordsOf(each).map((text) => cutToWidth(text, cellWidth - 4));
    return {
      key: keyLabels[keys.indexOf(each.key)],
      router: routerLabels[routers.indexOf(each.router)],
      share: each.ratio / most,
      isExcluded: each.isExcluded,
      frame: frameOf(each, document),
      upper,
      lower,
    };
  });
  const axis = { labelAngle: 0, domain: false, ticks: false, title: null } as const;
  const x = {
    field: 'key',
    type: 'ordinal' as const,
    scale: { domain: [...keyLabels] },
    axis: { ...axis, orient: 'top' as const },
  };
  const y = {
    field: 'router',
    type: 'ordinal' as const,
    scale: { domain: [...routerLabels] },
    axis,
  };
  const axes = { x, y };
  return {
    config: { ...chartConfig, view: { stroke: palette.grid } },
    width: mapWidth,
    height: cellHeight * routers.length,
    data: { values },
    layer: [
      { mark: { type: 'rect', stroke: palette.ground, strokeWidth: 2 }, encoding: filling(axes) },
      frame(axes, 'alike'),
      frame(axes, 'best'),
      text(axes, 'upper', -6, 12),
      text(axes, 'lower', 7, 10),
    ],
  };
}

interface Axes {
  readonly x: { readonly field: string; readonly type: 'ordinal' };
  readonly y: { readonly field: string; readonly type: 'ordinal' };
}

/** The more capacity the stronger; what is excluded has no colour. */
const filling = (axes: Axes) => ({
  ...axes,
  color: {
    condition: { test: 'datum.isExcluded', value: palette.grid },
    value: palette.series,
  },
  opacity: {
    condition: { test: 'datum.isExcluded', value: 0.35 },
    field: 'share',
    type: 'quantitative' as const,
    scale: { domain: [0, 1], range: [0.1, 0.55] },
    legend: null,
  },
});

const text = (axes: Axes, field: string, dy: number, fontSize: number) => ({
  mark: { type: 'text' as const, dy, fontSize },
  encoding: {
    ...axes,
    text: { field, type: 'nominal' as const },
    color: { value: palette.ink },
  },
});

const frame = (axes: Axes, kind: 'best' | 'alike') => ({
  transform: [{ filter: `datum.frame === '${kind}'` }],
  mark: {
    type: 'rect' as const,
    fill: 'transparent',
    stroke: palette.ink,
    strokeWidth: kind === 'best' ? 2.5 : 1.2,
    ...(kind === 'alike' && { strokeDash: [4, 3] }),
  },
  encoding: { ...axes },
});
