import { counted, integer, listed, money, percent, ratio } from './format.ts';
import type { Said, Sentences } from './sentence.ts';

/** What time does to a recommendation, and what waiting does. */
export const driftSentences: Sentences = {
  'advice-hot-tenant': (said) =>
    `${capitalised(said.name('of'))} ${said.name('value')} has ` +
    `${percent(said.number('largestFraction'))} of the load, ` +
    `${ratio(said.number('equalParts'))} of an equal part of ` +
    `${counted(said.number('shards'), 'shard')}: from ${percent(said.number('moveAbove'))} on it ` +
    `is worth a list, and from ${percent(said.number('splitAbove'))} on it must be split. By ` +
    `${said.name('over')} the fullest shard has, in a bad placement, ` +
    `${listed(remedyTexts(said))}${advisedText(said)}.`,
  'advice-drift-assumed': (said) =>
    `If nobody moves anything, and the growth of single ${said.name('of')}s lies ` +
    `${percent(said.number('spreadFraction'))} a month (growth.ownRates) around that of all, ` +
    `${counted(said.number('futures'), 'future')} show this:`,
  'advice-drift-alarm': (said) =>
    `${capitalised(alarmText(said, said.name('alarm')))} ${monthsText(said)}.`,
  'advice-drift-quiet': (said) =>
    `Within ${said.number('horizonMonths')} months it happens in none of them that ` +
    `${listed(
      said.list('alarms').map((alarm) => quietText(said, alarm)),
      4,
    )}.`,
  'advice-drift-moves': (said) =>
    `To keep the fullest shard below ${ratio(said.number('maxOverMeanMost'))} times the mean ` +
    `load, ${movesText(said)} have to move in the first year, with ` +
    `${percent(said.number('loadFraction'))} of the load${stuckText(said)}.`,
  'advice-begin-within': (said) =>
    `The instance is full ${inMonths(said, 'months')} and the move takes ` +
    `${said.number('moveMonths').toFixed(1)}: begin within ` +
    `${said.number('startMonths').toFixed(1)} months` +
    `${fastText(said)}. Each month of waiting saves ${money(said.number('savedMonthly'))} ` +
    `${said.name('currency')}, and the copying grows from ${hours(said, 'copyHours')} to ` +
    `${hours(said, 'copyHoursLatest')}.`,
  'advice-begin-now': (said) =>
    `It is late: the instance is full ${inMonths(said, 'months')} and the move takes ` +
    `${said.number('moveMonths').toFixed(1)} months. Even if it begins today, the instance is ` +
    `over its limit for ${said.number('lateMonths').toFixed(1)} months; each month of waiting ` +
    `adds one and saves ${money(said.number('savedMonthly'))} ${said.name('currency')}. Copying ` +
    `takes ${hours(said, 'copyHours')}.`,
};

const hours = (said: Said, name: string): string =>
  counted(Math.round(said.perhaps(name) ?? 0), 'hour');

function inMonths(said: Said, name: string): string {
  const months = said.perhaps(name);
  if (months === null) return 'after the horizon';
  return months === 0 ? 'already' : `in ${months.toFixed(1)} months`;
}

function fastText(said: Said): string {
  const fast = said.perhaps('startFastMonths');
  if (fast === null) return '';
  return fast === 0 ? ', or now where growth is fast' : ` (${fast.toFixed(1)} if growth is fast)`;
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What happens when an alarm trips. */
function alarmText(said: Said, alarm: string): string {
  switch (alarm) {
    case 'shard-full':
      return `the fullest shard passes ${percent(said.number('limit'))} of what it can do`;
    case 'disk-full':
      return `a disk passes ${percent(said.number('limit'))}`;
    case 'value-outgrows-shard':
      return (
        `the largest ${said.name('of')} passes ${ratio(said.number('limit'))} times an equal ` +
        `part of ${counted(said.number('shards'), 'shard')}`
      );
    default:
      return `the fullest shard passes ${ratio(said.number('limit'))} times the mean load`;
  }
}

const quietTexts: Readonly<Record<string, string>> = {
  'shard-full': 'a shard is full',
  'disk-full': 'a disk is full',
  uneven: 'the shards become more uneven than is planned with',
};

const quietText = (said: Said, alarm: string): string =>
  quietTexts[alarm] ?? `a ${said.name('of')} outgrows a shard`;

function monthsText(said: Said): string {
  const [early, middle] = [said.perhaps('monthsP10'), said.perhaps('monthsP50')];
  const fraction = said.number('fraction');
  if (middle === 0) return 'already';
  if (middle !== null && early !== null) {
    const first = early === 0 ? 'already' : `in month ${early}`;
    return `in month ${middle} (${first} in one of ten futures)`;
  }
  return `in ${percent(fraction)} of them`;
}

function movesText(said: Said): string {
  const [middle, bad] = [said.number('movesP50'), said.number('movesP90')];
  const of = said.name('of');
  return middle === bad ? counted(middle, of) : `${integer(middle)} to ${counted(bad, of)}`;
}

function stuckText(said: Said): string {
  const stuck = said.number('stuckFraction');
  if (stuck === 0) return '';
  return `; in ${percent(stuck)} of the futures that is not enough, as one is too heavy to move`;
}

const remedyNames: Readonly<Record<string, string>> = {
  nothing: 'where nothing is done',
  list: 'with a list of it',
  'own-shard': 'with a shard of its own',
  split: 'where it is split',
};

/** max/mean of the load under each remedy. */
const remedyTexts = (said: Said): string[] =>
  said.list('remedies').map((remedy, index) => {
    const maxOverMean = ratio(said.number(`${remedy}MaxOverMean`));
    const unit = index === 0 ? ' times the mean' : '';
    return `${maxOverMean}${unit} ${remedyNames[remedy] ?? remedy}`;
  });

function advisedText(said: Said): string {
  const excluded = said.list('excluded').map((remedy) => shortNames[remedy] ?? remedy);
  const out = excluded.length === 0 ? '' : `; not possible here: ${listed(excluded)}`;
  if (!said.hasName('advised')) return out;
  return `; best is: ${shortNames[said.name('advised')] ?? said.name('advised')}${out}`;
}

const shortNames: Readonly<Record<string, string>> = {
  nothing: 'nothing',
  list: 'a list',
  'own-shard': 'a shard of its own',
  split: 'a split',
};
