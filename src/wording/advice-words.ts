/** What stands in a cell or a column where a sentence has no room: reasons of candidates. */
const reasons: Readonly<Record<string, string>> = {
  'advice-fewer-values-than-shards': 'too few values',
  'advice-value-outgrows-shard': 'value too large',
  'advice-rises-under-range': 'rows rise',
  'advice-rows-outside-region': 'outside the region',
  'advice-not-runnable': 'cannot run',
  'advice-mostly-crosses': 'crosses shards',
  'advice-key-changes': 'key changes',
  'advice-key-has-nulls': 'rows without key',
  'advice-router-refuses': 'cannot be built',
  'advice-buys-little': 'buys little',
  'advice-costs-more-than-it-buys': 'too dear',
  'advice-not-needed-yet': 'not needed yet',
  'advice-instance-not-measured': 'not known if needed',
  'advice-cannot-be-told-apart': 'no difference',
  'advice-full-sooner': 'full sooner',
  'advice-full-before-it-stands': 'full too early',
  'advice-carries-less': 'does less',
  'advice-less-for-its-price': 'less for its price',
  'advice-less-of-each-shard': 'less of each shard',
  'advice-asks-all-shards': 'asks all shards',
  'advice-crosses-shards': 'crosses shards',
  'advice-lies-apart': 'lies apart',
  'advice-placed-unevenly': 'placed unevenly',
  'advice-loses-constraints': 'loses constraints',
  'advice-asks-pieces': 'asks pieces',
  'advice-keeps-a-list': 'keeps a list',
  'advice-misses-months': 'full too soon',
  'advice-misses-capacity': 'carries too little',
  'advice-misses-p99': 'too slow',
  'advice-instance-full': 'full',
  'advice-remedy-full': 'full too soon',
  'advice-remedy-dearer': 'dearer',
  'advice-remedy-reads-older': 'reads older rows',
  'advice-remedy-is-enough': 'not needed yet',
};

/** Two or three words for the code of a reason; for one without, those of the code. */
export const reasonWords = (code: string): string => reasons[code] ?? wordsOf(code);

/** What else was asked about the answer: `with half the load`. */
const changes: Readonly<Record<string, string>> = {
  'load-halved': 'half the load',
  'load-doubled': 'twice the load',
  'largest-value-doubled': 'the heaviest value twice as heavy',
  'tenants-at-own-rates': 'tenants that have grown at their own rates',
  'capacity-less': 'capacity 30 % less than stated',
  'capacity-more': 'capacity 30 % more than stated',
  'shards-halved': 'only half as many shards',
  'shards-doubled': 'only twice as many shards',
};

export const changeWords = (change: string): string => changes[change] ?? wordsOf(change);

/** A part of a document that has a code of its own and no words yet is shown by its code. */
const wordsOf = (code: string): string => code.replace(/^advice-/, '').replaceAll('-', ' ');

/** How to stay on one instance. */
export function insteadWords(instead: string | null): string {
  if (instead === 'larger-instance') return 'take a larger instance';
  return instead === 'read-replicas' ? 'send reads to replicas' : 'stay on one instance';
}

/** Limits of the instance in a table. */
const limits: Readonly<Record<string, string>> = {
  load: 'operations',
  writes: 'writes',
  iops: 'I/O operations',
  wal: 'WAL',
  memory: 'memory',
  connections: 'connections',
  backup: 'time of a backup',
  restore: 'time of a restore',
  disk: 'disk',
  size: 'size that is easy to run',
};

export const limitWords = (limit: string): string => limits[limit] ?? wordsOf(limit);

/** Alarms of drifting shards in a table. */
const driftAlarms: Readonly<Record<string, string>> = {
  'shard-full': 'fullest shard, of what it can do',
  'disk-full': 'fullest disk',
  'value-outgrows-shard': 'heaviest value, of an equal part',
  uneven: 'fullest shard, of the mean',
};

export const driftAlarmWords = (alarm: string): string => driftAlarms[alarm] ?? wordsOf(alarm);

/** What can be done with a heavy value. */
const hotRemedies: Readonly<Record<string, string>> = {
  nothing: 'nothing',
  list: 'list it',
  'own-shard': 'a shard of its own',
  split: 'split it',
};

export const hotRemedyWords = (remedy: string): string => hotRemedies[remedy] ?? wordsOf(remedy);
