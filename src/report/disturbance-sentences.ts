import type { Cell, RunResult } from '../result/types.ts';
import { bytes, integer, listed } from '../wording/format.ts';
import { name } from './text.ts';

/**
 * What Postgres did beside the queries of a cell, where it did anything that makes times longer.
 */
export function disturbanceSentences(result: RunResult): readonly string[] {
  return result.cells.flatMap((cell) => {
    const parts = [...maintenanceOf(cell), ...databaseOf(cell)];
    if (parts.length === 0) return [];
    return [`${name(cell.strategy)}: besides the queries of the load there were ${listed(parts)}.`];
  });
}

/** Within the window. */
function maintenanceOf({ server }: Cell): readonly string[] {
  if (server === null) return [];
  const { checkpoints, checkpointsTimed: timed, autovacuums } = server;
  const parts: string[] = [];
  if (checkpoints > 0) {
    const cause =
      timed === undefined
        ? ''
        : ` (${integer(timed)} by checkpoint_timeout, ${integer(checkpoints - timed)} by ` +
          'the size of the log or on request)';
    parts.push(`${counted(checkpoints, 'checkpoint')} in the window${cause}`);
  }
  if (autovacuums > 0) parts.push(`${counted(autovacuums, 'autovacuum')} in the window`);
  return parts;
}

/** From the load to the end. */
function databaseOf({ shards }: Cell): readonly string[] {
  const servers = shards.flatMap(({ server }) => server ?? []);
  const sum = (read: (server: (typeof servers)[number]) => number | null): number =>
    servers.reduce((total, server) => total + (read(server) ?? 0), 0);
  const files = sum(({ tempFiles }) => tempFiles);
  const deadlocks = sum((server) => server.deadlocks);
  const parts: string[] = [];
  if (files > 0) {
    const size = bytes(sum(({ tempBytes }) => tempBytes));
    parts.push(
      `${counted(files, 'temporary file')} of ${size} together, for sorts and hashes ` +
        'larger than work_mem',
    );
  }
  if (deadlocks > 0) {
    parts.push(
      `${counted(deadlocks, 'deadlock')}, each of which ended a transaction with an error`,
    );
  }
  return parts;
}

const counted = (count: number, what: string): string =>
  `${integer(count)} ${what}${count === 1 ? '' : 's'}`;
