import { formatFraction } from '../base/units.ts';
import { percent, short } from './format.ts';
import { reasonsOf } from './said-together.ts';
import type { Said, Sentences } from './sentence.ts';

/** How it is known what a database takes; clauses. */
const basisParts: Sentences = {
  'capacity-given': (said) => `given with ${said.name('option')}`,
  'capacity-measured': (said) =>
    [
      said.hasName('shardFile') ? seenText(said, 'shard', 'a shard') : '',
      said.hasName('instanceFile') ? seenText(said, 'instance', 'the unsharded instance') : '',
    ]
      .filter((text) => text !== '')
      .join('; '),
  'capacity-in-scenario': (said) => `given by the scenario (${said.list('given').join(', ')})`,
  'shard-assumed-share': (said) => `a shard is assumed to have ${shareText(said)}`,
  'instance-assumed-as-shard': () =>
    'the unsharded instance was not measured: its capacity is assumed to be at least that of a ' +
    'shard',
  'shard-assumed-share-at-least': (said) =>
    `no shard was measured: a shard is assumed to have at least ${shareText(said)}`,
};

const shareText = (said: Said): string =>
  `${formatFraction(said.number('shareFraction'))} of the capacity of the instance ` +
  '(capacity.share)';

function seenText(said: Said, of: 'shard' | 'instance', what: string): string {
  const whole = (name: string): string => short(Math.round(said.number(`${of}${name}`)));
  const search = `${of}Objective`;
  const held = said.hasName(search) ? `which held ${said.name(search)}` : 'VALID';
  const did =
    `${said.name(`${of}Source`)} by ${said.name(`${of}File`)}: shard ` +
    `${said.number(`${of}At`)} of ${said.name(`${of}Strategy`)} (${held}) did ` +
    `${whole('Qps')} operations a second`;
  if (said.perhaps(`${of}QpsBelow`) === null) {
    return `${did}. The capacity of ${what} may be higher, because no higher rate was SATURATED`;
  }
  const broken = `${of}SaturatedObjective`;
  const brokeIt = said.hasName(broken) ? `broke ${said.name(broken)}` : 'was SATURATED';
  return (
    `${did}. The capacity of ${what} is less than ${whole('QpsBelow')}, because ` +
    `${said.name(`${of}SaturatedStrategy`)} ${brokeIt} at ${whole('SaturatedQps')} ` +
    `operations a second (${said.name(`${of}SaturatedFile`)})`
  );
}

export const capacityBasis = (said: Said): string => reasonsOf(said, basisParts).join('; ');

/** What a row of a strategy takes, why, and what is full first. */
export const growthCapacity: Sentences = {
  ...basisParts,
  'capacity-basis': capacityBasis,
  'capacity-nowhere-stated': () =>
    'the capacity was neither measured nor given (capacity.shard, --capacity, --from), so it is ' +
    'not known how many operations a second a database can do',
  'one-database-does-all': () => 'One database does all of the work.',
  'shards-do-work': shardsDoWork,
  'instance-fills-first': () => 'load: the database reaches its capacity before its disk is full',
  'load-fills-first': (said) =>
    'load: of the work that the shard key directs, it gets ' +
    `${percent(said.number('keyedFraction'))}, ${short(said.number('evenRatio'))} times an ` +
    'equal share',
  'disk-fills-first': (said) =>
    `bytes: it holds ${percent(said.number('bytesFraction'))} of all bytes, and its disk is full ` +
    'before its capacity for operations is used up',
};

function shardsDoWork(said: Said): string {
  const parts = [
    `${short(said.number('keyedWork'))} that the shard key sends to it ` +
      `(${short(said.number('evenKeyedWork'))} if all shards got the same)`,
  ];
  for (const [work, names, course] of [
    ['lookUpWork', 'lookUps', 'which more shards do not reduce'],
    [
      'scanWork',
      'scans',
      'which read only the rows of each shard, so this part falls with more shards',
    ],
  ] as const) {
    const amount = said.number(work);
    if (amount === 0) continue;
    parts.push(
      `${short(amount)} of operations that ask all shards (${said.list(names).join(', ')}), ` +
        course,
    );
  }
  return (
    `${said.number('shards')} shards do the work of ${short(said.number('databases'))} ` +
    `databases. The fullest is shard ${said.number('shard')}, which does ` +
    `${short(said.number('work'))} of the work of an operation: ${parts.join(', and ')}.`
  );
}

/** The same with the rate that they can do, for a recommendation. */
export function canDo(said: Said): string {
  const why = reasonsOf(said, growthCapacity).join(' ');
  const qps = said.perhaps('capacityQps');
  if (qps === null) return why;
  const least = said.name('bound') === 'at least' ? 'at least ' : '';
  const ratio = said.perhaps('capacityRatio');
  const today = ratio === null ? '' : `, ${short(ratio)} times the present capacity`;
  return `It can do ${least}${short(qps)} operations a second${today}. ${why}`;
}
