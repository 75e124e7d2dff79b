import type { GrowthDocument, GrowthStepRow } from '../../../result/growth-document.ts';
import type { Block, Table } from '../../document.ts';
import { bytes, integer, percent } from '../../../wording/format.ts';
import { name } from '../../text.ts';
import { column, value } from '../../values.ts';
import { flowCharts } from '../charts/flow-matrix.ts';
import { singleSteps, stepsOf, strategiesOf } from '../rows.ts';

/** More columns than this are no table that can be read: then the largest flows are listed. */
const columnsMost = 16;
const listMost = 40;

/** From where to where: a picture of one step, and a matrix of every one. */
export function flowBlocks(document: GrowthDocument): readonly Block[] {
  const step = shownStep(document);
  if (step === undefined) return [];
  const steps = singleSteps(document).filter(
    ({ from, to }) => from === step.from && to === step.to,
  );
  return [
    { kind: 'charts', group: flowCharts(steps.slice(0, 12)) },
    ...strategiesOf(document).flatMap((strategy): Block[] => {
      const tables = stepsOf(document, strategy).flatMap(flowTable);
      if (tables.length === 0) return [];
      return [
        { kind: 'details', summary: `Sources and destinations: ${name(strategy)}`, blocks: tables },
      ];
    }),
  ];
}

/** The step to the recommended count, else the first. */
function shownStep(document: GrowthDocument): GrowthStepRow | undefined {
  const steps = singleSteps(document);
  return steps.find(({ to }) => to === document.recommendation.shardCount) ?? steps[0];
}

function flowTable(step: GrowthStepRow): readonly Block[] {
  const heading = `${step.from} to ${step.to} shards`;
  if (step.flows.length === 0) {
    return [
      { kind: 'heading', text: heading },
      { kind: 'paragraph', text: 'Nothing moves.' },
    ];
  }
  const table = Math.max(step.from, step.to) <= columnsMost ? matrix(step) : list(step);
  return [
    { kind: 'heading', text: heading },
    { kind: 'table', ...table },
  ];
}

/** Keys by source (rows) and destination (columns). */
function matrix({ strategy, from, to, flows }: GrowthStepRow): Table {
  const sources = Array.from({ length: from }, (_, shard) => shard);
  const targets = [...new Set(flows.map((flow) => flow.to))].toSorted((a, b) => a - b);
  const keysOf = (source: number, target: number): number =>
    flows.find((flow) => flow.from === source && flow.to === target)?.keys ?? 0;
  return {
    caption:
      `Keys that ${name(strategy)} moves from ${from} to ${to} shards, by source and ` +
      'destination',
    columns: [
      column('From shard', { align: 'text' }),
      ...targets.map((target) => column(String(target), { group: 'Keys to shard' })),
      column('keys', { group: 'In all' }),
      column('bytes', { group: 'In all' }),
      column('load', { group: 'In all', meaning: 'Share of the whole load' }),
    ],
    rows: sources.map((source) => {
      const own = flows.filter((flow) => flow.from === source);
      const sum = (part: 'keys' | 'bytes' | 'load'): number =>
        own.reduce((total, flow) => total + flow[part], 0);
      const cells = targets.map((target) => value(keysText(keysOf(source, target))));
      const sums = [
        value(keysText(sum('keys'))),
        value(bytes(sum('bytes'))),
        value(percent(sum('load'))),
      ];
      return [{ ...value(String(source)), first: true }].concat(cells, sums);
    }),
    note: 'A dot is no move. Columns without a move are left out.',
  };
}

const keysText = (keys: number): string => (keys === 0 ? '·' : integer(keys));

function list({ strategy, from, to, flows }: GrowthStepRow): Table {
  const largest = flows.toSorted((a, b) => b.keys - a.keys).slice(0, listMost);
  const more = flows.length - largest.length;
  return {
    caption: `The largest flows of ${name(strategy)} from ${from} to ${to} shards`,
    columns: [
      column('From shard', { align: 'text' }),
      column('to shard'),
      column('keys'),
      column('bytes'),
      column('load', { meaning: 'Share of the whole load' }),
    ],
    rows: largest.map((flow) => [
      { ...value(String(flow.from)), first: true },
      value(String(flow.to)),
      value(integer(flow.keys)),
      value(bytes(flow.bytes)),
      value(percent(flow.load)),
    ]),
    note: more > 0 ? `${integer(more)} smaller flows are only in growth.json.` : null,
  };
}
