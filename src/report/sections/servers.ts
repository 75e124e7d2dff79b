import type { ShardServer } from '../../result/shard-server.ts';
import type { Cell, RunResult } from '../../result/types.ts';
import { cacheSentences } from '../cache-sentences.ts';
import { disturbanceSentences } from '../disturbance-sentences.ts';
import type { Block, Section, Value } from '../document.ts';
import { bytes, integer, percent } from '../../wording/format.ts';
import { tooManyShards } from '../shown-shards.ts';
import { walBlocks } from './wal-tables.ts';
import { column, missingNote, numberOr, strategyValue, value } from '../values.ts';

const blocks = { group: 'Blocks' };
const database = { group: 'Database' };

const columns = [
  column('Strategy', { align: 'text' }),
  column('Shard'),
  column('data', { meaning: 'Tables with their indexes, at the end' }),
  column('shared_buffers'),
  column('memory', { meaning: 'Limit of the shard’s memory' }),
  column('hit', { ...blocks, meaning: 'blks_hit: found in shared_buffers' }),
  column('read', { ...blocks, meaning: 'blks_read: not found there' }),
  column('hit share', blocks),
  column('temp files', { ...database, meaning: 'Sorts and hashes that did not fit in work_mem' }),
  column('deadlocks', database),
];

/** What the servers' own statistics say; none where no server was asked. */
export function serversSections(result: RunResult): readonly Section[] {
  const shorten = tooManyShards(result);
  const rows = result.cells.flatMap((cell) => rowsOf(cell, shorten));
  if (rows.length === 0) return [];
  const shards = result.cells.flatMap((cell) => cell.shards).length;
  const left = rows.length === shards ? null : 'Shown is the fullest shard of each strategy.';
  const table: Block = {
    kind: 'table',
    caption: 'Statistics of each shard’s server from the load to the end, warm-up included',
    columns,
    rows,
    note: [missingNote(rows), left].filter((note) => note !== null).join(' ') || null,
  };
  const sentences = [...cacheSentences(result), ...disturbanceSentences(result)];
  return [
    {
      id: 'servers',
      title: 'What the servers did',
      blocks: [
        ...(sentences.length === 0 ? [] : [{ kind: 'list' as const, items: sentences }]),
        table,
        ...walBlocks(result),
      ],
    },
  ];
}

function rowsOf(cell: Cell, fullestOnly: boolean): (readonly Value[])[] {
  const asked = cell.shards.flatMap(({ shard, server }) => (server ? [{ shard, server }] : []));
  const most = Math.max(...asked.map(({ server }) => server.bytes));
  const shown = fullestOnly
    ? asked.filter(({ server }) => server.bytes === most).slice(0, 1)
    : asked;
  return shown.map(({ shard, server }, index) => {
    const strategy = { ...strategyValue(cell), first: index === 0 };
    return valuesOf(strategy, shard, server);
  });
}

function valuesOf(strategy: Value, shard: number, server: ShardServer): readonly Value[] {
  const { blocksHit, blocksRead } = server;
  const asked = blocksHit + blocksRead;
  return [
    strategy,
    value(String(shard)),
    value(bytes(server.bytes)),
    value(bytes(server.sharedBuffersBytes)),
    numberOr(server.memoryBytes, bytes, 'no limit is set'),
    value(integer(blocksHit)),
    value(integer(blocksRead)),
    numberOr(asked === 0 ? null : blocksHit / asked, percent, 'no block was asked for'),
    numberOr(server.tempFiles, integer, 'the server is not ours alone'),
    numberOr(server.deadlocks, integer, 'the server is not ours alone'),
  ];
}
