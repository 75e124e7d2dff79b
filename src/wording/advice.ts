import { adviceFigureSentences } from './advice-figures.ts';
import { missedList, objectiveSentences } from './advice-objectives.ts';
import { counted, listed, money, percent, ratio, short, times } from './format.ts';
import { driftSentences } from './advice-drift.ts';
import type { Said, Sentences } from './sentence.ts';

const shardsOf = (said: Said): string => counted(said.number('shards'), 'shard');

function monthsIn(said: Said, name: string): string {
  const months = said.perhaps(name);
  if (months === null) return 'not within the horizon';
  if (months === 0) return 'already';
  return `in ${months.toFixed(1)} months`;
}

function alikeText(said: Said): string {
  const alike = said.list('alike');
  if (alike.length === 0) return '';
  return ` (no difference from ${listed(alike, 4)})`;
}

/** What to do. */
const advice: Sentences = {
  'advice-shard': (said) =>
    `Shard by ${said.name('strategy')} on ${shardsOf(said)}${alikeText(said)}: ` +
    `its fullest shard is full ${monthsIn(said, 'months')}.`,
  'advice-shard-falls-short': (said) =>
    'No candidate is enough for the load of the months until it could be in use. ' +
    `${said.name('strategy')} on ${shardsOf(said)}${alikeText(said)} comes nearest: ` +
    `its fullest shard is full ${monthsIn(said, 'months')}.`,
  'advice-shard-misses': (said) =>
    `No candidate meets all that is asked. ${said.name('strategy')} on ${shardsOf(said)}` +
    `${alikeText(said)} comes nearest: ${missedList(said)}.`,
  'advice-stay': (said) =>
    'Stay on one instance: it reaches none of its limits within ' +
    `${said.number('horizonMonths')} months.`,
  'advice-not-yet': (said) =>
    `Not yet: stay on one instance. Its ${limitName(said)} is full ` +
    `${monthsIn(said, 'months')} by the trend, and ${monthsIn(said, 'fastMonths')} when growth ` +
    `is fast, so decide again within ${counted(said.number('actMonths'), 'month')}` +
    `${otherwiseText(said)}.`,
  'advice-stay-until-measured': (said) =>
    'Stay on one instance until its capacity is known: nothing here says that it is not enough' +
    `${otherwiseText(said)}. Measure it, or give capacity.instance.`,
  'advice-nothing-helps': () =>
    'Nothing here helps: one instance is not enough, and no candidate is worth its shards. ' +
    'Change the frequent queries that span the keys, or use a larger instance.',
};

function otherwiseText(said: Said): string {
  if (!said.hasName('strategy')) return '; no candidate here would help';
  return `; it would then be ${said.name('strategy')} on ${shardsOf(said)}`;
}

const limitNames: Readonly<Record<string, string>> = {
  load: 'share of its capacity that may be used',
  writes: 'number of writes that one Postgres does without difficulty',
  disk: 'disk',
  size: 'size that one Postgres has without difficulty',
};

const limitName = (said: Said): string => limitNames[said.name('limit')] ?? said.name('limit');

/** What speaks for the advice. */
const grounds: Sentences = {
  'advice-instance-full': (said) =>
    `One instance is not enough: of the ${limitName(said)}, ${short(said.number('allowed'))} ` +
    `${said.name('unit')}, it needs ${percent(said.number('usedFraction'))} today and is full ` +
    `${monthsIn(said, 'months')}.`,
  'advice-answered-by-one-shard': (said) =>
    `${percent(said.number('singleShardFraction'))} of the operations are answered by one shard, ` +
    `${percent(said.number('scatterFraction'))} ask all, and ` +
    `${percent(said.number('crossShardFraction'))} write or lock on several.`,
  'advice-does-the-work-of': (said) =>
    `${shardsOf(said)} do the work of ${said.number('effectiveP50').toFixed(1)} databases ` +
    `(${said.number('effectiveP5').toFixed(1)} in a bad placement): each does ` +
    `${percent(said.number('everywhereFraction'))} of all work whatever the placement, and the ` +
    `fullest has ${ratio(said.number('maxOverMeanP50'))} times the mean load ` +
    `(${ratio(said.number('maxOverMeanP95'))} in a bad placement).`,
  'advice-costs': (said) =>
    `It costs ${money(said.number('monthlyCost'))} ${said.name('currency')} a month instead of ` +
    `${money(said.number('instanceCost'))}, ${times(said.number('costRatio'))} the ` +
    `infrastructure for ${times(said.number('capacityRatio'))} the capacity.`,
  'advice-reference-tables': (said) => `Every shard has a copy of ${listed(said.list('tables'))}.`,
  'advice-gives-up-constraints': (said) =>
    `No shard can hold ${counted(said.number('constraints'), 'constraint')}: ` +
    `${listed(said.list('lost'), 4)}.`,
  'advice-hot-value': (said) => hotText(said, 'pin it, or use a router with a list of keys'),
  'advice-hot-value-listed': (said) => hotText(said, 'the list of keys places it'),
  'advice-all-excluded': (said) =>
    `All ${counted(said.number('candidates'), 'candidate')} are excluded: ` +
    `${listed(excludedBy(said))}.`,
  'advice-nearest': (said) =>
    `The largest is ${said.name('strategy')} on ${shardsOf(said)}, with ` +
    `${times(said.number('capacityRatio'))} the capacity of the instance: ` +
    `${percent(said.number('scatterFraction'))} of the operations ask all shards.`,
};

/** Which rule excludes how many; one candidate may break several. */
function excludedBy(said: Said): string[] {
  const counts = said.numbers('count');
  return said.list('rules').map((code, index) => {
    return `${counts[index] ?? 0} because ${ruleNames[code] ?? 'of another rule'}`;
  });
}

const ruleNames: Readonly<Record<string, string>> = {
  'advice-fewer-values-than-shards': 'the key has too few values',
  'advice-value-outgrows-shard': 'one value is too large for a shard',
  'advice-rises-under-range': 'new rows would all go to one shard',
  'advice-not-runnable': 'operations cannot run',
  'advice-key-changes': 'operations change the key',
  'advice-key-has-nulls': 'rows have no value of the key',
  'advice-router-refuses': 'the router refuses the key',
  'advice-buys-little': 'they buy too little capacity',
  'advice-costs-more-than-it-buys': 'they cost more than they buy',
};

const hotText = (said: Said, remedy: string): string =>
  `The heaviest ${said.name('of')} has ${percent(said.number('largestFraction'))} of the load: ` +
  `${remedy}; from ${percent(said.number('splitAboveFraction'))} on ` +
  `${shardsOf(said)} it must be split, and as it is it allows at most ` +
  `${counted(said.number('shardsAtMost'), 'shard')}.`;

/** Why a candidate is none. */
const rules: Sentences = {
  'advice-fewer-values-than-shards': (said) =>
    `The key has ${counted(said.number('values'), 'value')}, fewer than ${shardsOf(said)}.`,
  'advice-value-outgrows-shard': (said) =>
    `One value has ${percent(said.number('largestFraction'))} of the load, ` +
    `${ratio(said.number('ratio'))} times an equal part of ${shardsOf(said)}: it must be split.`,
  'advice-rises-under-range': () =>
    'New rows have ever higher values, which a router by order puts on one shard.',
  'advice-not-runnable': (said) =>
    `${percent(said.number('notRunnableFraction'))} of the operations cannot run: ` +
    `${listed(said.list('operations'), 4)}.`,
  'advice-key-changes': (said) =>
    `${percent(said.number('changedFraction'))} of the operations change the key of rows: ` +
    `${listed(said.list('operations'), 4)}.`,
  'advice-key-has-nulls': (said) =>
    `${percent(said.number('nullFraction'))} of the rows have no value.`,
  'advice-router-refuses': (said) => `It cannot be built: ${said.list('problems').join('; ')}.`,
  'advice-buys-little': (said) =>
    `${shardsOf(said)} do ${times(said.number('capacityRatio'))} what the instance does, for ` +
    `${times(said.number('costRatio'))} its price.`,
  'advice-costs-more-than-it-buys': (said) =>
    `${times(said.number('costRatio'))} the price buys ` +
    `${times(said.number('capacityRatio'))} the capacity.`,
};

const bestText = (said: Said): string => `${said.name('best')} on ${said.name('bestShards')}`;

/** Why a candidate lost. */
const losses: Sentences = {
  'advice-not-needed-yet': () => 'One instance is enough for now.',
  'advice-instance-not-measured': () => 'What one instance can do is not known.',
  'advice-cannot-be-told-apart': (said) =>
    `Its placements overlap with those of ${bestText(said)}.`,
  'advice-full-sooner': (said) =>
    `It is full ${monthsIn(said, 'months')}, and ${bestText(said)} ` +
    `${monthsIn(said, 'bestMonths')}; asked are ${short(said.number('neededMonths'))} months.`,
  'advice-full-before-it-stands': (said) =>
    `It is full ${monthsIn(said, 'months')}: where growth is fast, before it could be in use ` +
    `(${short(said.number('neededMonths'))} months); ${bestText(said)} is full ` +
    `${monthsIn(said, 'bestMonths')}.`,
  'advice-carries-less': (said) =>
    `It carries ${short(said.number('capacityQps'))} operations/s, and ${bestText(said)} ` +
    `${short(said.number('bestCapacityQps'))}.`,
  'advice-less-for-its-price': (said) =>
    `It does ${percent(said.number('valueRatio'))} of what ${bestText(said)} does for the same ` +
    'money.',
  'advice-less-of-each-shard': (said) =>
    `Each of its shards does ${percent(said.number('valueRatio'))} of what one of ` +
    `${bestText(said)} does.`,
  'advice-asks-all-shards': (said) =>
    `${percent(said.number('scatterFraction'))} of its operations ask all shards, instead of ` +
    `${percent(said.number('bestScatterFraction'))}.`,
  'advice-crosses-shards': (said) =>
    `${percent(said.number('crossShardFraction'))} of its operations write or lock on several ` +
    `shards, instead of ${percent(said.number('bestCrossShardFraction'))}.`,
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

/** How firm the advice is. */
const firmness: Sentences = {
  'advice-first-change': (said) => `It changes first ${changeText(said)}: then ${thenText(said)}.`,
  'advice-nothing-changes-it': (said) =>
    `Neither ${said.number('factorMost')} times the load, or a quarter of it, nor a heaviest ` +
    `value ${said.number('factorMost')} times as heavy, nor a quarter of the capacity changes it.`,
};

function changeText(said: Said): string {
  switch (said.name('what')) {
    case 'load-more':
      return `if the load passes ${short(Math.round(said.number('qps')))} operations/s`;
    case 'load-less':
      return `if the load is less than ${short(Math.round(said.number('qps')))} operations/s`;
    case 'heaviest-more':
      return (
        `if the heaviest value has ${times(said.number('factor'))} its present load, ` +
        `${percent(said.number('largestFraction'))} of all`
      );
    default:
      return `if a database can do ${percent(said.number('factor'))} of what is stated`;
  }
}

function thenText(said: Said): string {
  if (said.name('kind') === 'stay') return 'stay on one instance';
  if (said.name('kind') === 'nothing-helps') return 'nothing helps';
  return `${said.name('strategy')} on ${shardsOf(said)}`;
}

export const adviceSentences: Sentences = {
  ...driftSentences,
  ...advice,
  ...grounds,
  ...objectiveSentences,
  ...rules,
  ...losses,
  ...firmness,
  ...adviceFigureSentences,
};
