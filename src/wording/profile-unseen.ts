import { counted, duration, integer, listed, percent } from './format.ts';
import type { Said, Sentences } from './sentence.ts';

/** `3 tables (a, b, c)`; of many the first ones. */
function some(fact: Said, noun: string): string {
  const names = fact.list('names');
  return `${counted(fact.number('count'), noun)} (${listed(names, 5)}${
    names.length < fact.number('count') && names.length <= 5 ? ', ...' : ''
  })`;
}

/** What a catalogue and its statistics did not show. */
const ofCatalogue: Sentences = {
  'tables-unreadable': (fact) =>
    `This role may not read the rows of ${some(fact, 'table')}, so how they spread over keys is ` +
    'known from nothing. GRANT SELECT would show it.',
  'columns-unreadable': (fact) => `This role may not read ${some(fact, 'column')}.`,
  'rows-hidden-by-policies': (fact) =>
    `Policies hide rows of ${some(fact, 'table')} from this role: counts are of a part.`,
  'never-analyzed': (fact) =>
    `${some(fact, 'table')} ${has(fact)} no statistics. ANALYZE would make them; this program ` +
    'does not run it, for it writes.',
  'partitioned-not-analyzed': (fact) =>
    `Of ${some(fact, 'partitioned table')} only the partitions were analysed. ANALYZE of the ` +
    'table itself would make statistics of the whole.',
  'extension-tables': (fact) =>
    `${counted(fact.number('count'), 'table')} of extensions ` +
    `(${listed(fact.list('extensions'), 5)}) ${has(fact)} been left out.`,
  'tables-without-columns': (fact) =>
    `${some(fact, 'table')} without any column ${has(fact)} been left out.`,
  'tables-locked': (fact) =>
    `Somebody has locked ${some(fact, 'table')}: sizes are the planner's, and defaults are ` +
    'missing.',
  'views-unread': (fact) =>
    `The definitions of ${counted(fact.number('count'), 'view')} could not be read, for a table ` +
    'below them was locked.',
  'foreign-keys-outside': (fact) =>
    `${some(fact, 'foreign key')} ${fact.number('count') === 1 ? 'points' : 'point'} to tables ` +
    'that have been left out.',
  'temporal-keys': (fact) =>
    `${some(fact, 'key')} over time (PERIOD, WITHOUT OVERLAPS) count as exclusion constraints.`,
  'foreign-tables': (fact) =>
    `${some(fact, 'foreign table')} ${lie(fact)}, so neither sizes nor reads are known.`,
  inheritance: (fact) =>
    `Others inherit from ${some(fact, 'table')}: only rows of their own are counted.`,
};

const lie = (fact: Said): string =>
  fact.number('count') === 1 ? 'lies on another server' : 'lie on other servers';

const has = (fact: Said): string => (fact.number('count') === 1 ? 'has' : 'have');

/** What counters did not show. */
const ofCounters: Sentences = {
  'activity-off': () => 'track_counts is off, so the server does not count reads and writes.',
  'activity-since-server': (fact) =>
    'The counters of this database were never reset. They are taken to count for ' +
    `${duration(1000 * fact.number('seconds'))}, as long as the server does, which is too long ` +
    'where the database is younger. --watch 60s counts for itself.',
  'activity-since-unknown': () =>
    'Since when reads and writes are counted is not known, so there are no rates. --watch 60s ' +
    'counts for itself.',
  'standby-counters': () =>
    'This is a replica: it counts its own reads, and the writes of the primary are seen there ' +
    'only.',
  'reset-while-watching': (fact) =>
    `Counters of ${fact.name('of')} were reset while they were watched, so they count from there.`,
  'statements-not-installed': () =>
    'pg_stat_statements is not installed in this database, so no statements were seen. CREATE ' +
    'EXTENSION pg_stat_statements would show them, and so does a log.',
  'statements-not-preloaded': () =>
    'pg_stat_statements is not in shared_preload_libraries, so no statements were seen. A log ' +
    'shows them as well.',
  'statements-not-readable': () =>
    'This role may not read pg_stat_statements, so no statements were seen. GRANT SELECT on it ' +
    'and pg_read_all_stats would show them.',
  'statements-outdated': (fact) =>
    `pg_stat_statements is of version ${fact.name('version')}, which is older than the server. ` +
    'ALTER EXTENSION pg_stat_statements UPDATE mends that.',
  'statements-hidden': (fact) =>
    `${counted(fact.number('statements'), 'statement')} of other users with ` +
    `${counted(fact.number('calls'), 'call')} are hidden from this role. GRANT pg_read_all_stats ` +
    'would show them.',
  'statements-without-text': (fact) =>
    `${counted(fact.number('statements'), 'statement')} with ` +
    `${counted(fact.number('calls'), 'call')} have no text: they are too long, or the server has ` +
    'lost it.',
  'statements-bulk': (fact) =>
    `${counted(fact.number('statements'), 'statement')} with ` +
    `${counted(fact.number('calls'), 'call')} are COPY, CALL, DO, EXECUTE, FETCH or TRUNCATE. ` +
    'What they did to which rows is not shown, and no operation stands for them.',
  'statements-nested': (fact) =>
    `${counted(fact.number('statements'), 'statement')} with ` +
    `${counted(fact.number('calls'), 'call')} ran within functions: those who called these count.`,
  'statements-evicted': (fact) =>
    `The server threw out rare statements ${integer(fact.number('times'))} times: ` +
    'pg_stat_statements.max is too small for all of them.',
  'statements-since-unknown': () =>
    'Since when statements are counted is not known, so there is no rate. --watch 60s counts for ' +
    'itself.',
};

const tablesOf = (fact: Said): string => listed(fact.list('tables'), 5) || 'its tables';

const place = (fact: Said): string => `${fact.name('key')} in ${tablesOf(fact)}`;

/** What rows did not show of keys. */
const ofKeys: Sentences = {
  'key-unreadable': (fact) => `This role may not read ${place(fact)}.`,
  'key-of-no-table': (fact) => `${place(fact)} is not a column of a table that was seen.`,
  'key-of-foreign-table': (fact) =>
    `${place(fact)} is in a foreign table, which cannot be sampled: nothing is asked of its ` +
    'server.',
  'key-unmeasured': (fact) =>
    `Neither rows nor statistics say how ${place(fact)} spreads. ANALYZE would, and so does ` +
    '--exact.',
  'key-timed-out': (fact) =>
    `Looking at ${place(fact)} took longer than ${duration(fact.perhaps('limitMs'))} and was ` +
    'ended.',
  'key-locked': (fact) => `${place(fact)} was locked by somebody.`,
  'key-refused': (fact) =>
    `The server refused to show ${place(fact)} (SQLSTATE ${fact.name('sqlstate')}).`,
  'exact-too-many-rows': (fact) =>
    `${place(fact)} has more than ${integer(fact.perhaps('rowsMost'))} rows and was sampled. ` +
    '--exact-rows allows more.',
  'exact-out-of-time': (fact) =>
    `The time for --exact (${duration(fact.perhaps('timeMs'))}) was used up before ` +
    `${place(fact)}, which was sampled. --exact-time allows more.`,
  'keys-out-of-time': (fact) =>
    `The time for looking at rows (${duration(fact.perhaps('budgetMs'))}) was used up before ` +
    `${place(fact)}: statistics must do.`,
  'shape-without-index': (fact) =>
    `No index leads to the rows of ${place(fact)}, so rows a parent are from a sample of rows.`,
  'shape-unmeasured': (fact) => `How many rows a parent has of ${place(fact)} is not known.`,
  'written-load-unmeasured': (fact) =>
    `Which transactions wrote the rows of ${tablesOf(fact)} could not be read within ` +
    `${duration(fact.perhaps('limitMs'))}, or not by this role.`,
  'written-load-none': (fact) =>
    `The rows of ${tablesOf(fact)} come from bulk loads, or there are none, so they do not say ` +
    `which values of ${fact.name('key')} are written most. A log would show it.`,
  'written-load-overwritten': (fact) =>
    `Rows of ${tablesOf(fact)} were updated ${integer(fact.perhaps('updated'))} times, and the ` +
    `last write of each is all that can be seen: ${integer(fact.perhaps('counted'))} show how ` +
    `the load spreads over ${fact.name('key')}. A log would show all of them.`,
  'written-load-of-some-tables': (fact) =>
    `${fact.name('key')} has many tables: writes were looked for in the largest ones, not in ` +
    `${listed(fact.list('tables'), 5)}.`,
};

/** What of a server's health could not be seen. */
const ofHealth: Sentences = {
  'health-sessions-hidden': (fact) =>
    'Sessions of others are hidden from this role, so waits and open transactions are its own. ' +
    `GRANT pg_read_all_stats would show them.${facts(fact)}`,
  'health-replication-hidden': (fact) =>
    `Replicas are hidden from this role. GRANT pg_read_all_stats would show them.${facts(fact)}`,
  'health-not-counted': (fact) => `This version of Postgres does not count it.${facts(fact)}`,
  'health-without-counters': (fact) => `No table has counters.${facts(fact)}`,
  'health-refused': (fact) =>
    `The server refused to show it (SQLSTATE ${fact.name('sqlstate')}).${facts(fact)}`,
  'health-of-standby': (fact) =>
    `This server is a replica, and its primary counts what is written.${facts(fact)}`,
  'health-time-unknown': (fact) =>
    `Since when the server counts is not known, so there are no rates.${facts(fact)}`,
};

const facts = (fact: Said): string => {
  const about = fact.list('facts').map((code) => code.replaceAll('-', ' '));
  return about.length === 0 ? '' : ` Not known: ${listed(about)}.`;
};

function leftAside(fact: Said): string {
  const count = fact.number('statements');
  if (count === 0) return '';
  return `, and ${counted(count, 'statement')} of other databases were left aside`;
}

/** What statements and their sources did not show. */
const ofStatements: Sentences = {
  'too-many-templates': (fact) =>
    `${counted(fact.number('statements'), 'statement')} of ${integer(fact.number('of'))} were ` +
    `left aside: more than ${integer(fact.number('templates'))} statements differ in more than ` +
    'their literals.',
  'statements-without-template': (fact) =>
    'Not counted, for nothing tells which rows are read and written: ' +
    `${counted(fact.number('statements'), 'statement')} of ${integer(fact.number('of'))} ` +
    `(${listed(fact.list('kinds'))}).`,
  'queries-of-one-source': (fact) =>
    `Several sources show statements, and they may be the same ones: ${fact.name('used')} ` +
    `counts, and ${listed(fact.list('aside'))} was left aside.`,
  'statements-of-other-databases': (fact) =>
    `${counted(fact.number('statements'), 'statement')} of other databases than ` +
    `${fact.name('database')} were left aside.`,
  'statements-of-several-databases': (fact) =>
    `The log has statements of several databases: those of ${fact.name('database')}, which are ` +
    `most, count, and ${counted(fact.number('statements'), 'statement')} of ` +
    `${listed(fact.list('others'), 5)} were left aside. With the URL of another database beside ` +
    'the log its statements count.',
  'statements-without-the-database': (fact) =>
    `The log has no statement of ${fact.name('wanted')}. Those of ${fact.name('database')} are ` +
    `taken for it${leftAside(fact)}.`,
  'schema-inferred': (fact) =>
    `No source has a schema: ${counted(fact.number('tables'), 'table')} with ` +
    `${counted(fact.number('columns'), 'column')} are those that statements name. Types are ` +
    'those of the values that were seen, primary keys are guesses, foreign keys and the number ' +
    'of rows are not known. The URL of a database beside the log would show them.',
  'statements-without-tables': (fact) =>
    `Not counted: ${ofCalls(fact)} without a table, such as SELECT 1.`,
  'statements-of-unknown-tables': (fact) => {
    const tables = fact.list('tables');
    const named = tables.length === 0 ? '' : ` (${listed(tables, 5)})`;
    return `Not counted: ${ofCalls(fact)} with tables that no source has shown${named}.`;
  },
  'statements-not-parsed': (fact) =>
    `Not counted: ${ofCalls(fact)} that the grammar of Postgres does not take as recorded.`,
  'statements-of-other-kinds': (fact) =>
    `Not counted: ${ofCalls(fact)} without a read or write of rows ` +
    `(${listed(fact.list('kinds'), 5)}).`,
  'statements-too-large': (fact) =>
    `Not counted: ${ofCalls(fact)} with more than a hundred sub-selects, which are not ` +
    'looked into.',
  'no-candidate': () =>
    'No column could be a shard key, so no scenario was written. A column that several tables ' +
    'share, or that statements fix, would be a candidate.',
  'candidates-left-out': (fact) =>
    `${counted(fact.number('count'), 'further candidate')} ` +
    `${fact.number('count') === 1 ? 'was' : 'were'} left out: they cover fewer tables and calls.`,
};

const ofCalls = (fact: Said): string =>
  `${counted(fact.number('calls'), 'call')} (${percent(fact.number('share'))})`;

export const profileUnseenSentences: Sentences = {
  ...ofCatalogue,
  ...ofCounters,
  ...ofKeys,
  ...ofHealth,
  ...ofStatements,
};
