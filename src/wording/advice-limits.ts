import { bytes, counted, money, percent, short, times } from './format.ts';
import type { Said, Sentences } from './sentence.ts';

const limitNames: Readonly<Record<string, string>> = {
  load: 'share of its capacity that may be used',
  writes: 'number of writes that one Postgres does without difficulty',
  iops: 'number of I/O operations of its volume',
  wal: 'WAL that one Postgres writes and ships without difficulty',
  memory: 'memory for the rows and pages that are used often',
  connections: 'number of connections that one Postgres has without difficulty',
  disk: 'disk',
  size: 'size that one Postgres has without difficulty',
  backup: 'time that a backup may take',
  restore: 'time that a restore may take',
};

/** What a ceiling is, after "its". */
export const limitName = (name: string): string => limitNames[name] ?? name;

const limitReasons: Readonly<Record<string, string>> = {
  load: 'it can do with room to spare',
  writes: 'one Postgres does without difficulty',
  iops: 'its volume does',
  wal: 'one Postgres writes and ships without difficulty',
  memory: 'its memory holds',
  connections: 'one Postgres has without difficulty',
  disk: 'its disk may hold',
  size: 'one Postgres holds without difficulty',
  backup: 'a backup may take',
  restore: 'a restore may take',
};

/** Why so much is allowed: a clause after "that". */
export const limitReason = (name: string): string => limitReasons[name] ?? 'are allowed';

/** `2.8TB` where it is a size, `12000 operations/s` where it is not. */
export function limitAmount(value: number, unit: string): string {
  if (unit === 'bytes') return bytes(value);
  if (unit === 'bytes/s') return `${bytes(value)}/s`;
  return `${short(value)} ${unit}`;
}

/** What is used of what is allowed, in one unit: `12000 of 2800 operations/s`. */
export function usedOf(now: number, allowed: number, unit: string): string {
  if (unit.startsWith('bytes')) return `${limitAmount(now, unit)} of ${limitAmount(allowed, unit)}`;
  return `${short(now)} of ${limitAmount(allowed, unit)}`;
}

function lastsText(said: Said): string {
  const months = said.perhaps('months');
  if (months === null) return 'reaches none of its limits within the horizon';
  return months === 0 ? 'is full already' : `is full in ${months.toFixed(1)} months`;
}

/** A larger instance, or replicas. */
function remedyName(said: Said): string {
  return said.name('kind') === 'larger-instance'
    ? `An instance ${said.number('count')} times as large`
    : counted(said.number('count'), 'read replica');
}

const billText = (said: Said): string =>
  `${money(said.number('monthlyCost'))} ${said.name('currency')} a month`;

/** What one instance could do otherwise, and until when. */
export const limitSentences: Sentences = {
  'advice-stay-larger-instance': (said) =>
    `Stay on one instance, but take one ${said.number('count')} times as large: it ` +
    `${lastsText(said)} and costs ${billText(said)}, less than shards that are enough.`,
  'advice-stay-read-replicas': (said) =>
    `Stay on one instance, and send reads to ${counted(said.number('count'), 'read replica')}: ` +
    `it then ${lastsText(said)} and costs ${billText(said)}, less than shards that are enough. ` +
    'What replicas answer may be somewhat older.',
  'advice-remedy-would': (said) =>
    `${remedyName(said)} would ${said.name('enough') === 'enough' ? 'be enough: it would ' : ''}` +
    `do ${times(said.number('capacityRatio'))} what the instance does, for ${billText(said)}: ` +
    `it ${lastsText(said)}.${replicaText(said)}`,
  'advice-remedy-full': (said) =>
    `It ${lastsText(said)}, by the ${limitName(said.name('limit'))}; asked are ` +
    `${short(said.number('neededMonths'))} months.`,
  'advice-remedy-dearer': (said) =>
    `It costs ${billText(said)}; ${cheaperText(said)} costs ` +
    `${money(said.number('bestMonthlyCost'))}.`,
  'advice-remedy-reads-older': () =>
    'Only the application knows which of its reads may be somewhat older.',
  'advice-remedy-is-enough': (said) =>
    `${remedyName(said)} ${said.name('kind') === 'larger-instance' ? 'is' : 'are'} enough, for ` +
    `${money(said.number('monthlyCost'))} a month.`,
  'advice-profile-argues': (said) =>
    `The numbers of the server argue for ${remedyText(said.name('remedy'))}, which costs less ` +
    `than shards. ${said.name('said')}`,
  'advice-archive-first': (said) =>
    `What is full is the ${limitName(said.name('limit'))}: if ` +
    `${percent(said.number('archivedFraction'))} of the rows that there will be in ` +
    `${short(said.number('neededMonths'))} months were archived, it would last so long. ` +
    `Partitions by time make that cheap, and do not lower the load${loadText(said)}.`,
};

const remedyWords: Readonly<Record<string, string>> = {
  index: 'an index',
  pooler: 'a pooler of connections',
  replica: 'replicas',
  'blobs-elsewhere': 'large values elsewhere',
  partitions: 'partitions',
  vacuum: 'more vacuum',
  'more-memory': 'more memory',
};

const remedyText = (remedy: string): string => remedyWords[remedy] ?? remedy;

function cheaperText(said: Said): string {
  if (!said.hasName('kind')) {
    return `${said.name('strategy')} on ${counted(said.number('shards'), 'shard')}`;
  }
  return said.name('kind') === 'larger-instance'
    ? 'a larger instance'
    : `one with ${counted(said.number('count'), 'read replica')}`;
}

const replicaText = (said: Said): string =>
  said.name('kind') === 'read-replicas'
    ? ' Each replica does every write as well, and answers with what may be somewhat older.'
    : '';

function loadText(said: Said): string {
  const months = said.perhaps('loadMonths');
  if (months === null) return '';
  const when = months === 0 ? 'already' : `in ${months.toFixed(1)} months`;
  return `, which is too much for the instance ${when}`;
}
