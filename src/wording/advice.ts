import { driftSentences } from './advice-drift.ts';
import { adviceFigureSentences } from './advice-figures.ts';
import { limitAmount, limitName, limitReason, limitSentences } from './advice-limits.ts';
import { adviceLosses, isFull } from './advice-losses.ts';
import { missedList, objectiveSentences } from './advice-objectives.ts';
import { counted, listed, money, percent, ratio, short, times } from './format.ts';
import type { Said, Sentences } from './sentence.ts';

const shardsOf = (said: Said): string => counted(said.number('shards'), 'shard');

function alikeText(said: Said): string {
  const alike = said.list('alike');
  if (alike.length === 0) return '';
  return ` (no difference from ${listed(alike, 4)})`;
}

/** What to do. */
const advice: Sentences = {
  'advice-shard': (said) =>
    `Shard by ${said.name('strategy')} on ${shardsOf(said)}${alikeText(said)}: ` +
    `its fullest shard ${isFull(said, 'months')}.`,
  'advice-shard-falls-short': (said) =>
    `No candidate here is large enough: it takes ${counted(said.number('leadMonths'), 'month')} ` +
    'to put shards to use, and each of them may be full before that. ' +
    `${said.name('strategy')} on ${shardsOf(said)}${alikeText(said)} comes nearest, and ` +
    `${fullThen(said)}. Compare more shards, or make the load smaller first.`,
  'advice-shard-misses': (said) =>
    `No candidate meets all that is asked. ${said.name('strategy')} on ${shardsOf(said)}` +
    `${alikeText(said)} comes nearest: ${missedList(said)}.`,
  'advice-stay': (said) =>
    'Stay on one instance: it reaches none of its limits within ' +
    `${said.number('horizonMonths')} months.`,
  'advice-not-yet': (said) =>
    `Not yet: stay on one instance. By the trend it ${isFull(said, 'months')}, and when growth ` +
    `is fast it ${isFull(said, 'fastMonths')} (by the ${limitOf(said)}). Decide again within ` +
    `${counted(said.number('actMonths'), 'month')}. ${otherwiseText(said)}`,
  'advice-stay-until-measured': (said) =>
    'Stay on one instance until it is known what it can do: nothing here says that it is not ' +
    `enough. Measure it, or give capacity.instance. ${otherwiseText(said)}`,
  'advice-nothing-helps': () =>
    'Nothing here helps: one instance is not enough, and no candidate is worth its shards. ' +
    'Change the frequent queries that span the keys, or make one instance do more.',
};

function otherwiseText(said: Said): string {
  if (!said.hasName('strategy')) return 'No candidate here would help.';
  return `Were it not enough, it would be ${said.name('strategy')} on ${shardsOf(said)}.`;
}

function fullThen(said: Said): string {
  const months = said.perhaps('months');
  if (months === 0) return 'is too small for the load of today';
  // By the trend it may last longer than by fast growth, which is what decides.
  return `its fullest shard ${isFull(said, 'months')} by the trend`;
}

const limitOf = (said: Said): string => limitName(said.name('limit'));

/** What speaks for the advice. */
const grounds: Sentences = {
  'advice-instance-full': (said) =>
    `One instance is not enough: today it has ${amountOf(said, 'now')}, ` +
    `${partOf(said.number('usedFraction'))} the ${amountOf(said, 'allowed')} that ` +
    `${limitReason(said.name('limit'))}${fullLater(said)}.`,
  'advice-answered-by-one-shard': (said) =>
    `${percent(said.number('singleShardFraction'))} of the operations are answered by one shard, ` +
    `${percent(said.number('scatterFraction'))} ask all, and ` +
    `${percent(said.number('crossShardFraction'))} write or lock on several.`,
  'advice-does-the-work-of': (said) =>
    `${shardsOf(said)} do the work of ` +
    `${withBad(said, ['effectiveP50', 'effectiveP5'], databasesText)}: ` +
    `${percent(said.number('everywhereFraction'))} of all work is done on every shard, and the ` +
    `fullest has ${withBad(said, ['maxOverMeanP50', 'maxOverMeanP95'], loadText)}.`,
  'advice-costs': (said) =>
    `It costs ${money(said.number('monthlyCost'))} ${said.name('currency')} a month instead of ` +
    `${money(said.number('instanceCost'))} (${times(said.number('costRatio'))} for the ` +
    `machines), for ${times(said.number('capacityRatio'))} the capacity.`,
  'advice-reference-tables': (said) => `Every shard has a copy of ${listed(said.list('tables'))}.`,
  'advice-gives-up-constraints': (said) =>
    `No shard can hold ${counted(said.number('constraints'), 'constraint')}: ` +
    `${listed(said.list('lost'), 4)}.`,
  'advice-hot-value': (said) => hotText(said, 'pin it, or use a router with a list of keys'),
  'advice-hot-value-listed': (said) => hotText(said, 'the list of keys gives it its place'),
  'advice-all-excluded': (said) =>
    `All ${counted(said.number('candidates'), 'candidate')} are excluded: ` +
    `${listed(excludedBy(said))}.`,
  'advice-nearest': (said) =>
    `The largest is ${said.name('strategy')} on ${shardsOf(said)}, with ` +
    `${times(said.number('capacityRatio'))} the capacity of the instance: ` +
    `${percent(said.number('scatterFraction'))} of the operations ask all shards.`,
};

/** The middle placement, and in brackets a bad one where that differs. */
function withBad(
  said: Said,
  [middle, bad]: readonly [string, string],
  show: (value: number) => string,
): string {
  const [usual, unlucky] = [show(said.number(middle)), show(said.number(bad))];
  return usual === unlucky ? usual : `${usual} (in a bad placement ${unlucky})`;
}

const databasesText = (count: number): string => `${count.toFixed(1)} databases`;
const loadText = (maxOverMean: number): string => `${ratio(maxOverMean)} times the mean load`;

const fullLater = (said: Said): string =>
  said.perhaps('months') === 0 ? '' : `; it ${isFull(said, 'months')}`;

const amountOf = (said: Said, name: string): string =>
  limitAmount(said.number(name), said.name('unit'));

const partOf = (fraction: number): string =>
  fraction < 1 ? `${percent(fraction)} of` : times(fraction);

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
  'advice-rows-outside-region': 'rows would lie outside their region',
  'advice-rises-under-range': 'new rows would all go to one shard',
  'advice-not-runnable': 'operations cannot run',
  'advice-mostly-crosses': 'most operations cross shards',
  'advice-key-changes': 'operations change the key',
  'advice-key-has-nulls': 'rows have no value of the key',
  'advice-router-refuses': 'the router refuses the key',
  'advice-buys-little': 'they buy too little capacity',
  'advice-costs-more-than-it-buys': 'they cost more than they buy',
};

const hotText = (said: Said, remedy: string): string =>
  `The heaviest ${said.name('of')} has ${percent(said.number('largestFraction'))} of the load: ` +
  `${remedy}. As it is, it allows at most ${counted(said.number('shardsAtMost'), 'shard')}; on ` +
  `${shardsOf(said)} it must be split once it has ` +
  `${percent(said.number('splitAboveFraction'))}.`;

/** Why a candidate is none. */
const rules: Sentences = {
  'advice-fewer-values-than-shards': (said) =>
    `The key has ${counted(said.number('values'), 'value')}, fewer than ${shardsOf(said)}.`,
  'advice-value-outgrows-shard': (said) =>
    `One value has ${percent(said.number('largestFraction'))} of the load, ` +
    `${ratio(said.number('ratio'))} times what each of ${shardsOf(said)} should have: it must be ` +
    'split.',
  'advice-rows-outside-region': (said) =>
    `${percent(said.number('outsideFraction'))} of the rows would lie outside their region: ` +
    `those with ${said.name('key')} ${listed(said.list('apart'))} share shards with others.`,
  'advice-rises-under-range': () =>
    'New rows have ever higher values, and a router by order puts them all on one shard.',
  'advice-not-runnable': (said) =>
    `${percent(said.number('notRunnableFraction'))} of the operations cannot run: ` +
    `${listed(said.list('operations'), 4)}.`,
  'advice-mostly-crosses': (said) =>
    `${percent(said.number('crossShardFraction'))} of the operations write, or lock rows, on ` +
    'several shards, where they are not atomic.',
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

/** How firm the advice is. */
const firmness: Sentences = {
  'advice-first-change': (said) =>
    `The answer changes first ${changeText(said)}: then ${thenText(said)}.`,
  'advice-nothing-changes-it': (said) =>
    `The answer stays with ${said.number('factorMost')} times the load or a quarter of it, with ` +
    `a heaviest value ${said.number('factorMost')} times as heavy, and with a quarter of the ` +
    'capacity.',
};

function changeText(said: Said): string {
  switch (said.name('what')) {
    case 'load-more':
      return `if the load passes ${short(Math.round(said.number('qps')))} operations/s`;
    case 'load-less':
      return `if the load is less than ${short(Math.round(said.number('qps')))} operations/s`;
    case 'heaviest-more':
      return (
        `if the heaviest value grows to ${times(said.number('factor'))} its present load ` +
        `(${percent(said.number('largestFraction'))} of all)`
      );
    default:
      return `if a database can do ${percent(said.number('factor'))} of what is stated`;
  }
}

function thenText(said: Said): string {
  if (said.hasName('instead')) {
    return said.name('instead') === 'larger-instance'
      ? 'it is to take a larger instance'
      : 'it is to send reads to replicas';
  }
  if (said.name('kind') === 'stay') return 'it is to stay on one instance';
  if (said.name('kind') === 'nothing-helps') return 'nothing helps';
  return `it is ${said.name('strategy')} on ${shardsOf(said)}`;
}

export const adviceSentences: Sentences = {
  ...driftSentences,
  ...advice,
  ...grounds,
  ...limitSentences,
  ...objectiveSentences,
  ...rules,
  ...adviceLosses,
  ...firmness,
  ...adviceFigureSentences,
};
