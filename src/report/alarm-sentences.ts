import type { Alarm, Cell } from '../result/types.ts';
import { duration, listed, significant } from '../wording/format.ts';
import { name } from './text.ts';

/**
 * For each shard of a cell with an alarm: which rules saw it, and which published rules did not.
 * Documents of earlier versions do not say what is published: nothing is said of it then.
 */
export function alarmSentences(cell: Cell): readonly string[] {
  const fired = cell.alarms.filter(({ state }) => state === 'fired');
  const shards = [...new Set(fired.map(({ shard }) => shard))];
  return shards.map((shard) => {
    const seen = fired.filter((alarm) => alarm.shard === shard);
    const published = cell.alarms.filter((alarm) => alarm.published === true);
    const unseen = published.filter((alarm) => !seen.includes(alarm) && alarm.state === 'quiet');
    const unasked = published.filter(({ state }) => state === 'not evaluated');
    const place = shard === null ? '' : `, shard ${shard}`;
    return [
      `${name(cell.strategy)}${place}: ${firedText(seen)}`,
      ...(published.length === 0 ? [] : publishedText(seen, unseen, unasked)),
    ].join(' ');
  });
}

function firedText(alarms: readonly Alarm[]): string {
  const texts = alarms.map((alarm) => `${quoted(alarm)} (${valueText(alarm)}${heldText(alarm)})`);
  const subject = alarms.length === 1 ? 'this rule fired' : 'these rules fired';
  return `${subject}: ${listed(texts)}.`;
}

function publishedText(
  seen: readonly Alarm[],
  unseen: readonly Alarm[],
  unasked: readonly Alarm[],
): readonly string[] {
  const own = seen.filter((alarm) => alarm.published === true);
  const sees =
    own.length === 0
      ? 'No published rule sees it.'
      : `Of them ${listed(own.map(quoted))} ` +
        `${own.length === 1 ? 'is a published rule' : 'are published rules'}.`;
  const silent = unseen.map((alarm) => `${quoted(alarm)} (${valueText(alarm)})`);
  const quiet =
    silent.length === 0 ? [] : [`${published(silent.length)} did not fire: ${listed(silent)}.`];
  const none =
    unasked.length === 0
      ? []
      : [`${published(unasked.length)} could not be checked: ${listed(unasked.map(quoted))}.`];
  return [sees, ...quiet, ...none];
}

const published = (count: number): string =>
  count === 1 ? 'This published rule' : 'These published rules';

const quoted = ({ rule }: Alarm): string => `"${name(rule)}"`;

const valueText = ({ value }: Alarm): string =>
  value === null ? 'above every limit' : significant(value);

const heldText = ({ heldMs }: Alarm): string =>
  heldMs === undefined ? '' : ` for ${duration(heldMs)}`;
