import { formatSize } from '../base/units.ts';
import { counted, duration, listed, ms, percent, rate } from './format.ts';
import type { Said, Sentence, Sentences } from './sentence.ts';

/** What the value of an alarm means, or why it has none. */
export const alarmSentences: Sentences = {
  'alarm-writes': judged(
    (fact) =>
      `shard ${fact.number('shard')} takes ${rate(fact.number('writeQps'))} writes/s, the ` +
      'mean is ' +
      rate(fact.number('meanQps')),
  ),
  'alarm-p99-over-mean': judged((fact) => `${ownP99(fact)}, the mean is ${p99(fact, 'meanMs')}`),
  'alarm-p99-over-median': judged(
    (fact) => `${ownP99(fact)}, the others' median is ${p99(fact, 'medianMs')}`,
  ),
  'alarm-without-p99': judged((fact) => {
    const shards = fact.numbers('shard');
    return `there is no p99 of shard${shards.length === 1 ? '' : 's'} ${listed(shards)}`;
  }),
  'alarm-wait': judged((fact) => {
    const others = fact.perhaps('othersMs');
    const rest = others === null ? '' : `, on the others at most ${ms(others)}`;
    return `on shard ${fact.number('shard')} queries wait ${ms(fact.number('waitMs'))}${rest}`;
  }),
  'alarm-disk': judged(
    (fact) =>
      `with ${dataOf(fact)} shard ${fact.number('shard')} uses ` +
      `${percent(fact.number('usedFraction'))} of its disk (capacity.disk, ` +
      `${formatSize(fact.number('diskBytes'))}), the emptiest ` +
      percent(fact.number('leastFraction')),
  ),
  'alarm-without-data': (fact) =>
    capital(
      `${dataOf(fact)} together are ${percent(fact.number('dataFraction'))} of one disk ` +
        `(capacity.disk, ${formatSize(fact.number('diskBytes'))}), so no two shards can ` +
        `differ by more than ${fact.number('limitPoints')} points.`,
    ),
  'alarm-never': (fact) => {
    const shards = fact.number('shardCount');
    return `Of ${counted(shards, 'shard')} the largest cannot exceed ${shards} x the mean.`;
  },
  'alarm-window-too-short': (fact) =>
    `The window of ${duration(fact.number('windowMs'))} is shorter than the ` +
    `${duration(fact.number('forMs'))} for which the rule must hold (alarms.for).`,
  'alarm-on-one-shard': () => 'There is one shard.',
  'alarm-without-writes': () => 'No shard finished a write.',
  'alarm-without-waits': () => 'No query asked for a connection.',
  'alarm-without-rows': () => 'The shards hold no rows.',
};

/** How the rule was judged, around what it found over the whole window. */
function judged(overWindow: Sentence): Sentence {
  return (fact) => {
    const found = overWindow(fact);
    switch (fact.hasName('by') ? fact.name('by') : 'window') {
      case 'seconds':
        return capital(`${held(fact)}; over the whole window ${found}.`);
      case 'window':
        return capital(`${found}.`);
      default:
        return capital(
          `${found}; judged over the whole window, because seconds alone have too few queries.`,
        );
    }
  };
}

function held(fact: Said): string {
  const [heldSeconds, since] = [fact.number('heldSeconds'), fact.perhaps('sinceSecond')];
  if (heldSeconds === 0) {
    const least = counted(fact.number('leastSeconds'), 'second');
    return `the value is the most that was kept for ${least} in a row`;
  }
  const begin = since === null ? '' : `, from second ${since} on`;
  return `above the limit for ${counted(heldSeconds, 'second')} in a row${begin}`;
}

const ownP99 = (fact: Said): string => `shard ${fact.number('shard')} has ${p99(fact, 'ownMs')}`;

/** Without a number it is longer than every query that did not fail. */
function p99(fact: Said, name: string): string {
  const known = fact.perhaps(name);
  return known === null ? 'a p99 among its failures' : ms(known);
}

const dataOf = (fact: Said): string =>
  fact.name('of') === 'rows' ? 'the rows of this run' : 'the bytes of growth.now';

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
