import type {
  AssumedDrift,
  ComparedRouter,
  ComparedShardKey,
  MovedFraction,
  RefusedRouter,
  RouterComparison,
} from '../result/router-comparison.ts';
import {
  counted,
  hundredths,
  percent,
  ratio,
  roughBytes,
  short,
  twoDigits,
} from '../wording/format.ts';
import {
  type Entry,
  folded,
  type Head,
  laidOut,
  type LaidOut,
  leftOutLines,
  sentenceWidth,
  type TerminalOptions,
} from './terminal-layout.ts';
import { name, sentence } from './text.ts';

/**
 * For each shard key one table, in two halves where the terminal is too narrow for both side by
 * side; the legend stands at the end.
 */
export function comparisonTable(comparison: RouterComparison, options: TerminalOptions): string {
  const width = sentenceWidth(options);
  const parts = [
    ...comparison.shardKeys.flatMap((key) => keyParts(key, comparison, options)),
    legend(comparison)
      .flatMap((line) => folded(line, width))
      .join('\n'),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

const text = (head: string, drop = 0): Head => ({ text: head, number: false, drop });
const number = (head: string, drop = 0): Head => ({ text: head, number: true, drop });
const plain = (value: string): Entry => ({ text: value, tone: 'plain' });
const dash = '—';

interface Column {
  readonly head: Head;
  readonly show: (router: ComparedRouter) => string;
}

const moved =
  (part: (movement: NonNullable<ComparedRouter['movement']>) => MovedFraction) =>
  (router: ComparedRouter): string =>
    router.movement === null ? dash : hundredths(part(router.movement).median);

const drifted =
  (part: (after: NonNullable<ComparedRouter['placement']['afterDrift']>) => string) =>
  ({ placement: { afterDrift } }: ComparedRouter): string =>
    afterDrift === null ? dash : part(afterDrift);

const rankOf = ({ from, to }: { from: number; to: number }): string =>
  from === to ? `${from}` : `${from}-${to}`;

const routerColumn: Column = {
  head: text('router'),
  show: ({ router, strategy }) => `${name(router)}${strategy === null ? '' : ' *'}`,
};

/** Where the load falls, and what the next shard moves. */
const placementColumns: readonly Column[] = [
  {
    head: number('p5'),
    show: ({ placement }) => ratio(placement.band?.p5 ?? placement.maxOverMean),
  },
  {
    head: number('p50', 3),
    show: ({ placement }) => (placement.band === null ? dash : ratio(placement.band.p50)),
  },
  {
    head: number('p95'),
    show: ({ placement }) => ratio(placement.band?.p95 ?? placement.maxOverMean),
  },
  { head: number('rank'), show: ({ placement: { rank } }) => rankOf(rank) },
  { head: number('drift p50', 4), show: drifted(({ p50 }) => ratio(p50)) },
  { head: number('p95'), show: drifted(({ p95 }) => ratio(p95)) },
  { head: number('rank'), show: drifted(({ rank }) => rankOf(rank)) },
  { head: number('moves %'), show: moved(({ keysMovedFraction }) => keysMovedFraction) },
  { head: number('rows', 2), show: moved(({ rowsMovedFraction }) => rowsMovedFraction) },
  { head: number('load', 1), show: moved(({ loadMovedFraction }) => loadMovedFraction) },
];

/** What a look-up and a router cost, and what it can do. */
const costColumns: readonly Column[] = [
  { head: text('look-up'), show: ({ traits }) => traits.lookup },
  {
    head: number('ns'),
    show: ({ cost }) => (cost.lookupNs === null ? dash : twoDigits(cost.lookupNs)),
  },
  { head: text('memory', 2), show: ({ traits }) => traits.memory },
  {
    head: number('bytes', 1),
    show: ({ cost }) => (cost.memoryBytes === null ? dash : roughBytes(cost.memoryBytes)),
  },
  { head: text('can'), show: ({ traits }) => canOf(traits) },
];

const abilities = [
  ['monotone', 'm'],
  ['weighted', 'w'],
  ['ordered', 'o'],
  ['removesAny', 'r'],
] as const;

const canOf = (traits: ComparedRouter['traits']): string =>
  abilities.map(([trait, letter]) => (traits[trait] ? letter : '·')).join('');

function keyParts(
  key: ComparedShardKey,
  { shardCount, nextShardCount }: RouterComparison,
  options: TerminalOptions,
): string[] {
  const width = sentenceWidth(options);
  const draw = (columns: readonly Column[]): LaidOut =>
    laidOut(
      [routerColumn, ...columns].map(({ head }) => head),
      key.routers.map((router) =>
        [routerColumn, ...columns].map(({ show }) => plain(show(router))),
      ),
      options,
    );
  const side = draw([...placementColumns, ...costColumns]);
  const tables = side.leftOut.length === 0 ? [side] : [draw(placementColumns), draw(costColumns)];
  return [
    heading(key, shardCount, nextShardCount)
      .flatMap((line) => folded(line, width))
      .join('\n'),
    ...tables.map(({ lines }) => lines.join('\n')),
    leftOutLines(
      tables.map(({ leftOut }) => leftOut),
      options,
    ).join('\n'),
    ...sentences(key).map((lines) => lines.flatMap((line) => folded(line, width)).join('\n')),
  ];
}

function heading(key: ComparedShardKey, shardCount: number, next: number): string[] {
  const { shardKey, keyType, loadedKeys, loadKeys, load } = key;
  const what =
    load === 'writes'
      ? `writes go to ${counted(loadKeys, 'key')}`
      : 'no operation writes, so the weights of the keys are their load';
  const limits = [
    key.idealMaxOverMean === null ? [] : [`ideal ${ratio(key.idealMaxOverMean)}`],
    key.tenantFloor === null ? [] : [`floor ${ratio(key.tenantFloor)}`],
  ].flat();
  return [
    `${name(shardKey)} (${keyType}) on ${counted(shardCount, 'shard')}, then ${next}`,
    `loaded: ${counted(loadedKeys, 'key')}; ${what}`,
    ...(limits.length === 0 ? [] : [`max/mean: ${limits.join(', ')}`]),
    `at least ${percent(key.optimalFraction)} must move so that every shard has its due ` +
      'share afterwards',
    `${percent(key.scatterFraction)} of the operations ask all shards, with every router`,
  ];
}

/** What cannot be told from the best, what cannot be used, and what routers warn of. */
function sentences(key: ComparedShardKey): string[][] {
  return [
    best(key),
    key.refused.map(refusal),
    key.routers.flatMap(({ router, notes }) =>
      notes.map((note) => `${name(router)}: ${sentence(note.text)}`),
    ),
  ].filter((lines) => lines.length > 0);
}

const refusal = ({ reason }: RefusedRouter): string => `not compared: ${sentence(reason.text)}`;

function best({ routers }: ComparedShardKey): string[] {
  const [now] = routers;
  if (now === undefined) return [];
  const lines = [bestBy('today', now.router, now.placement.noDifferenceFrom)];
  const later = routers
    .flatMap(({ router, placement: { afterDrift } }) =>
      afterDrift ? [{ router, afterDrift }] : [],
    )
    .toSorted((a, b) => a.afterDrift.p95 - b.afterDrift.p95)[0];
  if (later !== undefined) {
    lines.push(bestBy('after drift', later.router, later.afterDrift.noDifferenceFrom));
  }
  return lines;
}

function bestBy(when: string, router: string, same: readonly string[]): string {
  const others = same.map(name);
  return others.length === 0
    ? `best balance ${when}: ${name(router)}; the bands of all other routers are above its band`
    : `best balance ${when}: ${name(router)}; no difference from ${others.join(', ')} can be shown`;
}

const origins: Readonly<Record<AssumedDrift['from'], string>> = {
  default: 'assumed; give another with --drift, or a second file with --later',
  given: 'given by --drift',
  files: 'calculated from the two files',
};

function driftLine({ drift }: RouterComparison): string {
  const { sigma, from, tenants } = drift;
  const of = tenants === null ? '' : `, for the ${counted(tenants, 'tenant')} that are in both`;
  return (
    'drift p50 p95: the same after the weight of each tenant was multiplied by exp(sigma ' +
    'z), with z standard normal, while every key stays on its shard. sigma is ' +
    `${short(sigma)} (${origins[from]}${of}). The rank next to it is by this p95.`
  );
}

function legend(comparison: RouterComparison): string[] {
  const { shardCount, nextShardCount, shardKeys } = comparison;
  const measured = shardKeys.some(({ routers }) =>
    routers.some(({ cost }) => cost.lookupNs !== null),
  );
  return [
    'p5 p50 p95: max/mean of the load over hash salts. A router with a fixed hash is ' +
      'tried with other ids of the tenants instead. A router without p50 has only one ' +
      'placement. The rank next to it is by this p95, with the weights of today. If the ' +
      'rank is a range, bands overlap and no difference can be shown.',
    driftLine(comparison),
    `moves, rows, load: per cent of the keys, of the rows and of the load that change shard from ` +
      `${shardCount} to ${nextShardCount} shards. This is the median over the same placements.`,
    'look-up, memory: how they grow with n shards, k keys, or the number after the colon.' +
      (measured
        ? ' ns, bytes: measured on this machine; ns includes the hash of the key. A ' +
          'difference of less than a third means nothing.'
        : ''),
    'can: m: only keys for the new shards move; w: shards may have weights; o: ' +
      'neighbouring keys stay together; r: any shard can be removed. *: this router is in ' +
      'the scenario.',
  ];
}
