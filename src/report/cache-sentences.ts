import type { Cell, RunResult } from '../result/types.ts';
import { bytes, percent } from '../wording/format.ts';
import { namesOf } from './text.ts';

/** Where the fullest shard of a cell finds what it reads. */
type Place = 'shared_buffers' | 'memory' | 'machine' | 'disk';

interface Held {
  readonly strategy: string;
  readonly place: Place;
  /** Of the fullest shard, with its indexes. */
  readonly dataBytes: number;
  readonly buffersBytes: number;
  readonly memoryBytes: number | null;
  /**
   * Share of the blocks asked for that were not in shared_buffers; null where none was asked for.
   */
  readonly missed: number | null;
}

/**
 * Whether the latencies have the disk in them, one sentence for all cells of which the same holds.
 */
export function cacheSentences(result: RunResult): readonly string[] {
  const held = result.cells.flatMap((cell) => heldBy(cell, result) ?? []);
  const places = [...new Set(held.map(({ place }) => place))];
  return places.map((place) => {
    const own = held.filter((each) => each.place === place);
    const names = own.map(({ strategy }) => strategy);
    const of = held.length === own.length ? '' : `${namesOf(names)}: `;
    return of + sentenceOf(place, own, result);
  });
}

function heldBy({ strategy, shards }: Cell, result: RunResult): Held | null {
  const servers = shards.flatMap(({ server }) => server ?? []);
  if (servers.length === 0 || servers.length < shards.length) return null;
  const dataBytes = Math.max(...servers.map((each) => each.bytes));
  const buffersBytes = Math.min(...servers.map((each) => each.sharedBuffersBytes));
  const limits = servers.flatMap(({ memoryBytes }) => memoryBytes ?? []);
  const memoryBytes = limits.length === servers.length ? Math.min(...limits) : null;
  const read = servers.reduce((sum, { blocksRead }) => sum + blocksRead, 0);
  const asked = servers.reduce((sum, { blocksHit }) => sum + blocksHit, read);
  const all = servers.reduce((sum, each) => sum + each.bytes, 0);
  // Of the user's own servers the machine is not known, only their settings are.
  const ours = result.environment.fleet !== 'urls';
  const place =
    dataBytes <= buffersBytes
      ? 'shared_buffers'
      : memoryBytes !== null && dataBytes <= memoryBytes
        ? 'memory'
        : memoryBytes === null && ours && all <= result.environment.memoryBytes
          ? 'machine'
          : 'disk';
  const missed = asked === 0 ? null : read / asked;
  return { strategy, place, dataBytes, buffersBytes, memoryBytes, missed };
}

function sentenceOf(place: Place, held: readonly Held[], result: RunResult): string {
  const data = bytes(Math.max(...held.map(({ dataBytes }) => dataBytes)));
  const buffers = bytes(Math.min(...held.map(({ buffersBytes }) => buffersBytes)));
  const limits = held.flatMap(({ memoryBytes }) => memoryBytes ?? []);
  const excluded =
    'the latencies exclude reads from the disk. Where a shard has more data than memory, its ' +
    'queries take longer.';
  if (place === 'shared_buffers') {
    return (
      `Each shard's data with indexes (at most ${data}) fit in its ${buffers} of ` +
      `shared_buffers: ${excluded}`
    );
  }
  const most = Math.max(...held.map(({ missed }) => missed ?? 0));
  const missed =
    most === 0
      ? 'Every block that a query needed was found there.'
      : `At most ${percent(most)} of the blocks that queries needed were not found there.`;
  const tooLarge =
    `The largest shard's data with indexes (${data}) do not fit in its ${buffers} of ` +
    `shared_buffers. ${missed}`;
  if (place === 'disk') {
    return (
      `${tooLarge} They came from the system's cache or from the disk, so that the latencies ` +
      'may include the disk.'
    );
  }
  const room =
    place === 'memory'
      ? `the shard's ${bytes(Math.min(...limits))} of memory`
      : `the machine's ${bytes(result.environment.memoryBytes)} of memory`;
  return `${tooLarge} But they fit in ${room}, where the system keeps them: ${excluded}`;
}
