import { counted, listed, percent, ratio, short } from './format.ts';
import type { Said, Sentences } from './sentence.ts';

/** `is full in 4.2 months`; months that are left out are beyond the horizon. */
export function isFull(said: Said, name: string): string {
  const months = said.perhaps(name);
  if (months === null) return 'is not full within the horizon';
  return months === 0 ? 'is full already' : `is full in ${months.toFixed(1)} months`;
}

/** What is full today needs no growth to be too small. */
function tooEarly(said: Said): string {
  if (said.perhaps('months') === 0) return '';
  const needed = counted(said.number('neededMonths'), 'month');
  return ` by the trend, and when growth is fast before it could be in use (${needed})`;
}

const whole = (said: Said, name: string): string => short(Math.round(said.number(name)));

const bestText = (said: Said): string =>
  `${said.name('best')} on ${counted(Number(said.name('bestShards')), 'shard')}`;

/** Nothing where it is not compared with another. */
function insteadOf(said: Said, name: string): string {
  const fraction = said.perhaps(name);
  return fraction === null ? '' : `, instead of ${percent(fraction)}`;
}

/** Why a candidate lost. */
export const adviceLosses: Sentences = {
  'advice-not-needed-yet': () => 'One instance is enough for now.',
  'advice-instance-not-measured': () => 'What one instance can do is not known.',
  'advice-cannot-be-told-apart': (said) =>
    `It cannot be told from ${bestText(said)}: their ranges over placements overlap.`,
  'advice-full-sooner': (said) =>
    `It ${isFull(said, 'months')}, and ${bestText(said)} ${isFull(said, 'bestMonths')}; it ` +
    `should last ${counted(said.number('neededMonths'), 'month')}.`,
  'advice-full-before-it-stands': (said) =>
    `It ${isFull(said, 'months')}${tooEarly(said)}; ${bestText(said)} ` +
    `${isFull(said, 'bestMonths')}.`,
  'advice-carries-less': (said) =>
    `It can do ${whole(said, 'capacityQps')} operations/s, and ${bestText(said)} can do ` +
    `${whole(said, 'bestCapacityQps')}.`,
  'advice-less-for-its-price': (said) =>
    `For the same money it does ${percent(said.number('valueRatio'))} of what ${bestText(said)} ` +
    'does.',
  'advice-less-of-each-shard': (said) =>
    `Each of its shards does ${percent(said.number('valueRatio'))} of what one of ` +
    `${bestText(said)} does.`,
  'advice-asks-all-shards': (said) =>
    `${percent(said.number('scatterFraction'))} of its operations ask all shards, instead of ` +
    `${percent(said.number('bestScatterFraction'))}.`,
  'advice-crosses-shards': (said) =>
    `${percent(said.number('crossShardFraction'))} of its operations write or lock on several ` +
    `shards, instead of ${percent(said.number('bestCrossShardFraction'))}.`,
  'advice-transactions-unseen': (said) =>
    `Each of the ${counted(said.number('writes'), 'operation')} that write is one statement: ` +
    'what runs in one transaction was not seen, so that none of them crosses shards here. A log ' +
    'of the statements, or transactions written into the scenario, would say.',
  'advice-lies-apart': (said) =>
    `${percent(said.number('apartFraction'))} of its operations write ` +
    `${listed(said.list('tables'), 4)}, which lie apart from the rows of the key` +
    `${insteadOf(said, 'bestApartFraction')}: what runs in one transaction was not seen, so each ` +
    'counts as a part of one on two shards.',
  'advice-placed-unevenly': (said) =>
    `Its fullest shard has up to ${ratio(said.number('maxOverMean'))} times the mean load, ` +
    `instead of ${ratio(said.number('bestMaxOverMean'))}.`,
  'advice-asks-pieces': (said) =>
    `An operation asks ${said.number('fanOut').toFixed(2)} shards on average, instead of ` +
    `${said.number('bestFanOut').toFixed(2)}: the pieces of what is split are asked together.`,
  'advice-keeps-a-list': (said) =>
    `Somebody keeps a list of ${counted(said.number('keys'), 'key')}.`,
  'advice-loses-constraints': (said) =>
    `It loses ${counted(said.number('constraints'), 'constraint')}, instead of ` +
    `${said.number('bestConstraints')}.`,
};
