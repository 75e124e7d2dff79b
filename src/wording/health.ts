import { bytes, counted, duration, integer, listed, percent, rate, short } from './format.ts';
import type { Said, Sentences } from './sentence.ts';

const perSecond = (value: number, noun: string): string => `${rate(value)} ${noun} a second`;

const over = (fact: Said): string => {
  const seconds = fact.perhaps('seconds');
  return seconds === null ? '' : ` over ${duration(1000 * seconds)}`;
};

const tablesOf = (fact: Said, before = ': '): string => {
  const tables = fact.list('tables');
  return tables.length === 0 ? '' : `${before}${listed(tables, 5)}`;
};

/** What the numbers of a server mean, by their codes; `value` is the fact's own. */
export const healthSentences: Sentences = {
  'cache-hit-ratio': (fact) =>
    `Of the blocks that were asked for, ${percent(fact.number('value'))} were in shared ` +
    `buffers${over(fact)}. What they did not have may still have been in the cache of the system.`,
  'block-reads': (fact) =>
    `${perSecond(fact.number('value'), 'blocks')} were not in shared buffers ` +
    `(${bytes(fact.perhaps('bytesPerSecond'))} a second).`,
  'wal-rate': (fact) =>
    `The server writes ${bytes(fact.number('value'))} of its log a second${over(fact)}.`,
  'write-rate': (fact) =>
    `${perSecond(fact.number('value'), 'rows')} are inserted, updated or deleted${over(fact)}.`,
  'read-share': (fact) =>
    `Of the rows that were fetched by an index or written${over(fact)}, ` +
    `${percent(fact.number('value'))} were fetched. Replicas can take over reads only.`,
  'requested-checkpoints': (fact) =>
    `${percent(fact.number('value'))} of the checkpoints were not timed but asked for, mostly ` +
    `because the log was full (${integer(fact.perhaps('requested'))} of ` +
    `${integer((fact.perhaps('requested') ?? 0) + (fact.perhaps('timed') ?? 0))}): a larger ` +
    'max_wal_size spreads them.',
  'dead-rows': (fact) =>
    `The table with the largest share of dead rows has ${percent(fact.number('value'))}` +
    `${tablesOf(fact, '; above the limit: ')}. Autovacuum that keeps up costs less than shards.`,
  'sequential-scans': (fact) =>
    fact.number('value') === 0
      ? 'No large table is read from end to end again and again.'
      : `${counted(fact.number('value'), 'large table')} ` +
        `${fact.number('value') === 1 ? 'is' : 'are'} read from end to end again and ` +
        `again${tablesOf(fact)}.`,
  'unused-indexes': (fact) =>
    `Indexes that no query has used and no constraint needs take ` +
    `${bytes(fact.number('value'))}. Each of them is written with every row.`,
  'foreign-keys-without-index': (fact) =>
    fact.number('value') === 0
      ? 'All foreign keys of large tables have an index on their columns.'
      : `${counted(fact.number('value'), 'foreign key')} of large tables ` +
        `${fact.number('value') === 1 ? 'has' : 'have'} no index on ` +
        `${fact.number('value') === 1 ? 'its' : 'their'} columns` +
        `${fact.list('keys').length === 0 ? '' : `: ${listed(fact.list('keys'), 5)}`}.`,
  connections: (fact) =>
    `${percent(fact.number('value'))} of the connections that are allowed are taken ` +
    `(${short(fact.perhaps('connections'))} of ${integer(fact.perhaps('allowed'))}, ` +
    `${short(fact.perhaps('idle'))} of them idle).`,
  waits: (fact) =>
    fact.number('value') === 0
      ? `At ${integer(fact.perhaps('looks'))} looks no session waited.`
      : `At ${integer(fact.perhaps('looks'))} looks ${short(fact.number('value'))} sessions ` +
        `waited on average: ${short(fact.perhaps('lock'))} for locks, ` +
        `${short(fact.perhaps('lwlock'))} within the server, ${short(fact.perhaps('io'))} ` +
        'for reads and writes.',
  'largest-tables': (fact) =>
    `The largest table has ${bytes(fact.number('value'))} with its indexes; shared buffers are ` +
    `${bytes(fact.perhaps('sharedBuffers'))} and effective_cache_size is ` +
    `${bytes(fact.perhaps('cache'))}${tablesOf(fact, '. The largest: ')}.`,
  'database-size': (fact) =>
    `All tables have ${bytes(fact.number('value'))} (${bytes(fact.perhaps('heap'))} rows, ` +
    `${bytes(fact.perhaps('indexes'))} indexes, ${bytes(fact.perhaps('toast'))} large values).`,
  'toast-share': (fact) =>
    `Large values that are stored apart (TOAST) are ${percent(fact.number('value'))} of the ` +
    `bytes of all tables${tablesOf(fact, '; the most in ')}.`,
  'replication-lag': (fact) =>
    fact.perhaps('standby') === 1
      ? `This replica is ${duration(1000 * fact.number('value'))} behind.`
      : fact.perhaps('replicas') === 0
        ? 'No replica is connected.'
        : `The slowest of ${counted(fact.perhaps('replicas'), 'replica')} is ` +
          `${duration(1000 * fact.number('value'))} behind.`,
  'transaction-id-age': (fact) =>
    `The oldest transaction that is not frozen is ${integer(fact.number('value'))} transactions ` +
    `old; at ${integer(fact.perhaps('freezeMaxAge'))} Postgres vacuums whatever else is going on.`,
  'long-transactions': (fact) =>
    fact.number('value') < 1
      ? 'No transaction has been open for a second.'
      : `The oldest open transaction began ${duration(1000 * fact.number('value'))} ago` +
        `${fact.perhaps('idle') === 1 ? ' and does nothing' : ''}. While it is open, dead rows ` +
        'stay.',
};
