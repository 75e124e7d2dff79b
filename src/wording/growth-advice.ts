import { formatRate } from '../base/units.ts';
import { percent, ratio, short } from './format.ts';
import { canDo, capacityBasis } from './growth-capacity.ts';
import {
  capital,
  fullText,
  type Lasting,
  lastingOf,
  monthsOrMore,
  monthsText,
  shardsText,
} from './growth-lasting.ts';
import { growthVerdicts } from './growth-verdicts.ts';
import { numbersAt, reasonsOf } from './said-together.ts';
import type { Said, Sentences } from './sentence.ts';

/** What to do. */
const advice: Sentences = {
  stay: (said) => `Stay on ${shardsWith(said)}.`,
  'change-shards': (said) => `Go to ${shardsWith(said)}.`,
  'use-one-instance': () => 'Use one instance: stay on it, or go back to it.',
  'split-tenant': (said) =>
    `Split tenant ${said.name('tenant')} over ${said.number('over')} of ${shardsWith(said)}: ` +
    tenantShare(said),
  'give-tenant-a-shard': (said) =>
    `Give tenant ${said.name('tenant')} a shard of its own, ` +
    `${shardsText(said.number('shards'))} in all${withStrategies(said)}: ${tenantShare(said)}`,
  'no-plan-in-most-placements': () =>
    'No plan here is worth its price in 9 of 10 placements. Write your placement in ' +
    'growth.present, use a directory, or find another shard key.',
  'no-plan-worth-it': () =>
    'No plan here is worth its price. Find another shard key, or use larger shards.',
  'measure-before-deciding': (said) =>
    'No shard count is recommended and no date is given: both need a measured capacity.' +
    (said.name('known') === 'nothing'
      ? ''
      : ' So far only a lower bound of the capacity is known.'),
};

const tenantShare = (said: Said): string =>
  `it has ${percent(said.number('loadFraction'))} of the load.`;

function withStrategies(said: Said): string {
  const strategies = said.list('strategies');
  return strategies.length === 0 ? '' : ` with ${strategies.join(' or ')}`;
}

const shardsWith = (said: Said): string =>
  `${shardsText(said.number('shards'))}${withStrategies(said)}`;

/** When to do it, or what to do before. */
const acts: Sentences = {
  begin: (said) => `Begin ${whenText(said)}`,
  'decide-again': (said) => `Decide again ${whenText(said)}`,
  'find-another-solution': (said) => `Find another solution ${whenText(said)}`,
  'change-saves-at-once': () =>
    'This change needs no date: it saves money from the day on which it is done.',
  'date-needs-capacity': (said) =>
    `${capital(areThey(said))} full in ${monthsText(lastingOf(said))}: a date needs a measured ` +
    'capacity.',
  'need-not-act': (said) =>
    `Nothing is full within ${said.number('horizonMonths')} months, so you need not act now.`,
  'measure-capacity': howToMeasure,
};

/** `one instance is`, `4 shards are`. */
function areThey(said: Said): string {
  const shards = said.number('shards');
  return `${shardsText(shards)} ${shards === 1 ? 'is' : 'are'}`;
}

function whenText(said: Said): string {
  const [full, within] = [said.number('fullMonths'), said.number('withinMonths')];
  const start = within === 0 ? 'now' : `within ${short(within)} months`;
  const state =
    full === 0
      ? `${areThey(said)} full already`
      : `${shardsText(said.number('shards'))} may be full in ${short(full)} months (p10)`;
  const lead = said.number('leadMonths');
  return `${start}: ${state}, and a change takes ${lead} months (growth.lead).`;
}

/** The commands, in a form to be copied. */
export function howToMeasure(said: Said): string {
  const path = said.name('scenario');
  const rate = said.number('ratePerSecond');
  const file = /^[\w./-]+$/.test(path) ? path : `'${path}'`;
  const run = (times: number, out: string): string =>
    `npx shardlab run ${file} --rate ${formatRate(rate * times)} --out ${out}`;
  return (
    `Measure it: \`${run(1, 'run-1')}\`, then the same at twice the rate ` +
    `(\`${run(2, 'run-2')}\`) and so on, until a strategy that was VALID is SATURATED. Then give ` +
    `both results: \`npx shardlab grow ${file} --from run-1/result.json --from ` +
    'run-2/result.json`. If you know the capacity of a shard, give --capacity instead.'
  );
}

const wanted = (said: Said): string => `${said.number('lastMonths')} months in 9 of 10 futures`;
const itIsFull = (said: Said): string => `It is ${fullText(lastingOf(said))}.`;
const nearlyLongest =
  'This is the cheapest of the plans that last at least 90 % as long as the longest.';

/** Why it is this one. */
const reasonsFor: Sentences = {
  'lasts-but-dear': (said) =>
    `${itIsFull(said)} It is dear. It is recommended only because each plan here that lasts ` +
    `${wanted(said)} is dear.`,
  'lasts-cheapest': (said) =>
    `${itIsFull(said)} ${wanted(said)} are enough (growth.last), and no cheaper plan lasts that ` +
    'long.',
  'none-worth-it-lasts': (said) =>
    `${itIsFull(said)} No plan here that is worth its price lasts ${wanted(said)}. ` +
    nearlyLongest,
  'none-lasts': (said) => `${itIsFull(said)} No plan here lasts ${wanted(said)}. ${nearlyLongest}`,
  'can-do': canDo,
  costs: (said) => {
    const [low, high] = [said.number('costLow'), said.number('costHigh')];
    const range = low === high ? '' : ` (${short(low)} to ${short(high)})`;
    return (
      `It costs ${short(said.number('cost'))} ${said.name('currency')} a month${range}, ` +
      `${short(said.number('billRatio'))} times the present bill.`
    );
  },
  'is-dear': (said) => `It is dear: ${reasonsOf(said, growthVerdicts).join('; ')}.`,
  'middle-placement': (said) => {
    const what = said.name('over') === 'salts' ? 'salts of the hash' : 'other ids of the tenants';
    const months = (name: string): string =>
      monthsOrMore(said.perhaps(name), said.number('horizonMonths'));
    const full =
      said.name('months') === 'unknown'
        ? ''
        : `, and are full in ${months('monthsP5')} to ${months('monthsP95')} months with the ` +
          'middle trend';
    return (
      `These figures are the middle of ${said.number('placements')} placements (${what}). In 9 ` +
      `of 10 placements the shards do the work of ${short(said.number('databasesP5'))} to ` +
      `${short(said.number('databasesP95'))} databases${full}.`
    );
  },
  'present-strategy-assumed': (said) =>
    `This assumes that the present shards use ${said.name('strategy')}. If they do not, the ` +
    'change to this strategy first moves most of the rows. That move is not counted here.',
};

const today = (said: Said): string => `What you have today (${shardsText(said.number('shards'))})`;
const count = (said: Said): string => capital(shardsText(said.number('shards')));
const verdictOf = (said: Said): string =>
  `${said.name('verdict')}; ${reasonsOf(said, growthVerdicts).join('; ')}.`;

/** Why it is none of the others. */
const reasonsAgainst: Sentences = {
  'present-is-full': (said) =>
    `${today(said)} is full: its fullest database is ${percent(said.number('usedFraction'))} ` +
    `full, and the limit is ${percent(said.number('fullFraction'))}.`,
  'present-lasts': (said) => `${today(said)} is ${fullText(lastingOf(said))}.`,
  'count-not-sound': (said) => `${count(said)}: ${verdictOf(said)}`,
  'count-too-short': (said) => `${count(said)}: ${fullText(lastingOf(said))}, which is too soon.`,
  'count-more-than-needed': (said) =>
    `${count(said)}: ${fullText(lastingOf(said))}, but it costs ` +
    `${short(said.number('billRatio'))} times the present bill. That is more than is needed now.`,
  'plan-not-sound': (said) =>
    `${shardsText(said.number('shards'))}, ` +
    `${said.hasName('strategy') ? said.name('strategy') : 'unsharded'}: ${verdictOf(said)}`,
  'other-strategy': (said) => {
    const [verdicts, bounds] = [said.list('verdicts'), said.list('bounds')];
    const plans = verdicts.map((verdict, index) => {
      const numbers = numbersAt(said, index);
      const horizonMonths = numbers.number('horizonMonths');
      const lasting: Lasting = { numbers, horizonMonths, bound: bounds[index] ?? '' };
      return `${shardsText(numbers.number('shards'))} (${verdict}, ${fullText(lasting)})`;
    });
    return `Other plans, with ${said.name('strategy')}: ${plans.join(', ')}.`;
  },
};

const meanings: Readonly<Record<string, string>> = {
  wrong: 'they more than triple the bill but do not double the capacity',
  'no gain': 'they can carry almost no more than the present shards',
  dear: 'a unit of capacity costs more than twice what it does today',
};

/** What holds without a capacity. */
const withoutCapacity: Sentences = {
  'capacity-known-so-far': (said) => `Known so far: ${capacityBasis(said)}.`,
  'known-without-capacity': () =>
    'The tables show what can be known without a capacity: what each step moves, what it costs, ' +
    'and how many times the present load it can carry.',
  'uneven-work': (said) => {
    const ratios = said.numbers('unevenRatio').map(ratio);
    const each = said.list('strategies').map((strategy, index) => `${strategy} ${ratios[index]}`);
    return (
      `Work of the fullest of ${shardsText(said.number('shards'))}, as a multiple of its work if ` +
      `all shards had the same work: ${each.join(', ')}.`
    );
  },
  'ruled-out': (said) => {
    const verdict = said.name('verdict');
    const counts = said.numbers('shards');
    const plans = said.list('strategies').map((strategy, index) => {
      return { strategy, shards: counts[index] ?? 0 };
    });
    const byCount = [...Map.groupBy(plans, ({ shards }) => shards)].map(
      ([shards, own]) =>
        `${shardsText(shards)} with ${own.map(({ strategy }) => strategy).join(', ')}`,
    );
    return (
      `With any capacity of a shard, these plans are "${verdict}", because ` +
      `${meanings[verdict] ?? verdict}: ${byCount.join('; ')}.`
    );
  },
};

export const growthAdvice: Sentences = {
  ...advice,
  ...acts,
  ...reasonsFor,
  ...reasonsAgainst,
  ...withoutCapacity,
};
