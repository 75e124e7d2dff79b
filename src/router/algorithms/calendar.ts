// Hot and cold partitions by time: https://www.postgresql.org/docs/current/ddl-partitioning.html
import { baseTraits } from '../base-traits.ts';
import type { RouterDefinition } from '../contract.ts';
import { type CalendarSettings, calendarSettings } from './calendar-settings.ts';
import { keyOrder } from '../key-order.ts';
import { keyTime } from './key-times.ts';
import { idleShards } from './settings-input.ts';
import { ignoredWeights } from '../weights.ts';

/** Entry `index` of a list that goes on for ever in both directions. */
function inTurn(shards: Uint32Array, index: number): number {
  const at = index % shards.length;
  return shards[at < 0 ? at + shards.length : at] ?? 0;
}

/**
 * Periods from `from` on are dealt in turn to the hot shards, those before it to the cold ones,
 * each by its number in the calendar. Time does not pass for a router: a second one with a later
 * `from` is built for that, and between the two exactly the periods between the two dates move.
 */
export const calendar: RouterDefinition = {
  name: 'calendar',
  summary:
    'by the time in the key: the newest periods on the hot shards, older ones on the cold shards',
  traits: {
    ...baseTraits,
    ordered: true,
    lookup: 'O(1)',
    memory: 'O(n)',
  },
  parameter: null,
  keyTypes: ['text', 'int8', 'uuid'],
  settings: calendarSettings,
  build(topology, { settings, keyType }) {
    const { shardCount } = topology;
    // Made by calendarSettings.read; build-router.ts hands it through.
    const { periods, firstHot, epochMs, ...lists } = settings as CalendarSettings;
    const [hot, cold] = [Uint32Array.from(lists.hot), Uint32Array.from(lists.cold)];
    const readTime = keyTime(keyType, epochMs);
    const time = new Float64Array(1);
    const order = keyOrder(keyType);
    const touched = new Uint8Array(shardCount);

    function periodOf(bytes: Uint8Array, start: number, end: number): number {
      readTime(bytes, start, end, time);
      return periods.indexAt(time);
    }

    function touch(shards: Uint32Array, first: number, last: number): void {
      const end = Math.min(last, first + shards.length - 1);
      for (let index = first; index <= end; index += 1) touched[inTurn(shards, index)] = 1;
    }

    return {
      shardCount,
      route(bytes, start, end) {
        const index = periodOf(bytes, start, end);
        return inTurn(index < firstHot ? cold : hot, index);
      },
      routeRange(from, to, visit) {
        if (order(from, 0, from.length, to, 0, to.length) > 0) return;
        const first = periodOf(from, 0, from.length);
        const last = periodOf(to, 0, to.length);
        touch(cold, first, Math.min(last, firstHot - 1));
        touch(hot, Math.max(first, firstHot), last);
        for (let shard = 0; shard < shardCount; shard += 1) {
          if (touched[shard] === 0) continue;
          touched[shard] = 0;
          visit(shard);
        }
      },
      warnings: [
        ...ignoredWeights('calendar', topology),
        ...idleShards('calendar', shardCount, new Set([...hot, ...cold])),
      ],
    };
  },
};
