import type { LookupResult } from '../../result/lookup.ts';
import type { Cell, RunResult } from '../../result/types.ts';
import type { Block, Section, Value } from '../document.ts';
import { duration, integer, percent, significant } from '../../wording/format.ts';
import { name } from '../text.ts';
import {
  column,
  missing,
  missingNote,
  numberOr,
  percentileValue,
  strategyValue,
  value,
} from '../values.ts';

const cache = { group: 'Cache' };
const query = { group: 'Look-up, ms' };
const replayed = { group: 'Replayed' };

const costColumns = [
  column('Strategy', { align: 'text' }),
  column('entries', cache),
  column('lives', { ...cache, meaning: 'Time after which an entry is looked up again' }),
  column('hit rate', { ...cache, meaning: 'Share of the routed keys that had an entry' }),
  column('misses', cache),
  column('failed', { meaning: 'Look-ups that ended with an error' }),
  column('p50', query),
  column('p95', query),
  column('p99', query),
  column('added ms', { meaning: 'Waiting for look-ups, as a mean over all operations' }),
  column('hit rate', { ...replayed, meaning: 'The same with look-ups that take no time' }),
];

const staleColumns = [
  column('Strategy', { align: 'text' }),
  column('Tenant', { align: 'text' }),
  column('from', { group: 'Shard' }),
  column('to', { group: 'Shard' }),
  column('moved at', { meaning: 'Moment of the window at which the entry was switched' }),
  column('stale until', { meaning: 'When the last operation went to the old shard' }),
  column('reads', { group: 'On the wrong shard', meaning: 'Do not see what was written since' }),
  column('writes', {
    group: 'On the wrong shard',
    meaning: 'Are stored where no later query looks for them',
  }),
  column('rows stranded', { meaning: 'Rows that came to the old shard after the switch' }),
  column('reads', replayed),
  column('writes', replayed),
];

interface LookedUp {
  readonly cell: Cell;
  readonly lookup: LookupResult;
}

/** What looking up shards in a table costs, and what stale entries did; none without look-ups. */
export function lookupSections(result: RunResult): readonly Section[] {
  const cells = result.cells.flatMap((cell) =>
    cell.lookup === undefined ? [] : [{ cell, lookup: cell.lookup }],
  );
  if (cells.length === 0) return [];
  const tables = [
    table(
      'Cost of looking up, each strategy over the whole window',
      costColumns,
      cells.map(costRow),
    ),
    ...staleTable(cells),
    ...curveTable(cells),
  ];
  const places = new Set(cells.map(({ lookup }) => lookup.place));
  const where = `The directory is the ${[...places].join(' or the ')}.`;
  return [
    {
      id: 'lookups',
      title: 'Directory look-ups',
      blocks: [
        { kind: 'paragraph', text: where },
        { kind: 'list', items: cells.map(sentenceOf) },
        ...tables,
      ],
    },
  ];
}

function table(
  caption: string,
  columns: typeof costColumns,
  rows: readonly (readonly Value[])[],
): Block {
  return { kind: 'table', caption, columns, rows, note: missingNote(rows) };
}

const noRoute = 'no operation binds the shard key';

function sentenceOf({ cell, lookup }: LookedUp): string {
  const { hitRate, addedMs, move, wrongShardReads: reads, wrongShardWrites: writes } = lookup;
  const strategy = name(cell.strategy);
  if (hitRate === null || addedMs === null) return `${strategy}: ${noRoute}.`;
  const entries = lookup.cacheSize === 1 ? '1 entry' : `${integer(lookup.cacheSize)} entries`;
  const cost =
    `${strategy}: a cache of ${entries}, each kept for ${duration(lookup.ttlMs)}, had ` +
    `${percent(hitRate)} of the keys; look-ups added ${significant(addedMs)} ms to an operation ` +
    'on average.';
  if (move === null) return cost;
  if (move.rowsStranded === null) return `${cost} The window ended before the move.`;
  if (move.lastStaleMs === null)
    return `${cost} When the tenant moved, no cache had its old shard.`;
  const lasted = duration(Math.max(0, move.lastStaleMs - move.atMs));
  return (
    `${cost} After tenant ${name(move.tenant)} had moved, ${integer(writes)} writes and ` +
    `${integer(reads)} reads went to the shard it had left, the last one ${lasted} later.`
  );
}

function costRow({ cell, lookup }: LookedUp): readonly Value[] {
  const rate = (fraction: number | null, why: string) => numberOr(fraction, percent, why);
  return [
    strategyValue(cell),
    value(integer(lookup.cacheSize)),
    value(duration(lookup.ttlMs)),
    rate(lookup.hitRate, noRoute),
    value(integer(lookup.misses)),
    value(integer(lookup.failures)),
    percentileValue(lookup.lookupMs, 'p50'),
    percentileValue(lookup.lookupMs, 'p95'),
    percentileValue(lookup.lookupMs, 'p99'),
    numberOr(lookup.addedMs, significant, 'no operations'),
    lookup.replay === null ? noReplay : rate(lookup.replay.hitRate, noRoute),
  ];
}

const noReplay = missing('a closed loop has no schedule to replay');

function staleTable(cells: readonly LookedUp[]): readonly Block[] {
  const rows = cells.flatMap(({ cell, lookup }) =>
    lookup.move === null ? [] : [staleRow(cell, lookup, lookup.move)],
  );
  if (rows.length === 0) return [];
  return [table('A tenant moves while caches have its old shard', staleColumns, rows)];
}

function staleRow(
  cell: Cell,
  lookup: LookupResult,
  move: NonNullable<LookupResult['move']>,
): readonly Value[] {
  const { replay } = lookup;
  return [
    strategyValue(cell),
    value(name(move.tenant)),
    value(String(move.from)),
    value(String(move.to)),
    value(duration(move.atMs)),
    numberOr(move.lastStaleMs, duration, 'no stale entry was used'),
    value(integer(lookup.wrongShardReads)),
    value(integer(lookup.wrongShardWrites)),
    numberOr(move.rowsStranded, integer, 'the window ended before the move'),
    replay === null ? noReplay : value(integer(replay.wrongShardReads)),
    replay === null ? noReplay : value(integer(replay.wrongShardWrites)),
  ];
}

/** The replay over sizes of cache; strategies that differ in the size alone have the same curve. */
function curveTable(cells: readonly LookedUp[]): readonly Block[] {
  const sizes = new Set(cells.flatMap(({ lookup }) => lookup.curve.map((each) => each.cacheSize)));
  if (sizes.size === 0) return [];
  const ascending = [...sizes].toSorted((a, b) => a - b);
  const columns = [
    column('Strategy', { align: 'text' }),
    ...ascending.map((size) => column(integer(size), { group: 'Hit rate with so many entries' })),
  ];
  const rows = cells.map(({ cell, lookup }): readonly Value[] => [
    strategyValue(cell),
    ...ascending.map((size) =>
      numberOr(
        lookup.curve.find(({ cacheSize }) => cacheSize === size)?.hitRate,
        percent,
        'not replayed',
      ),
    ),
  ]);
  return [table('Other sizes of cache: the same arrivals, replayed', columns, rows)];
}
