import { counted, integer, listed } from './format.ts';
import type { Said, Sentences } from './sentence.ts';

const namesMost = 10;
const names = (said: Said, list: string): string => listed(said.list(list), namesMost);

const inLine = (said: Said): string => {
  const line = said.perhaps('line');
  return line === null ? '' : ` (line ${line})`;
};

/** Why a statement has no fate, or a transaction several shards. */
const reasons: Sentences = {
  'tables-not-in-scenario': (said) =>
    `The statement uses ${names(said, 'tables')}, which the scenario does not have, so it is not ` +
    'judged.',
  'statement-unread': (said) =>
    `The grammar of Postgres cannot read the statement${inLine(said)}: ${said.name('message')}. ` +
    'It is not judged.',
  'transaction-on-several-keys': (said) =>
    `The transaction writes rows of ${listed(said.list('keys'))} (lines ${said.number('line')} ` +
    `and ${said.number('otherLine')}), which may lie on different shards, so no one shard can ` +
    'commit it.',
};

const remarks: Sentences = {
  'allow-not-understood': (said) =>
    `The comment says "${said.name('said')}" to shardlab; allowed: -- shardlab: allow, then ` +
    `${listed(said.list('allowed')).replace(/ and (?=[^ ]+$)/, ' or ')}, then the reason.`,
  'allow-without-reason': (said) =>
    `The comment allows ${said.name('offence')}, but gives no reason; write it behind: -- ` +
    `shardlab: allow ${said.name('offence')} once a month, for the accounts.`,
  'allow-unused': (said) =>
    `The comment allows ${said.name('offence')}, but there is nothing to allow: take it away, ` +
    'or it will hide what comes later.',
  'allow-without-statement': (said) =>
    `The comment allows ${said.name('offence')}, but belongs to no statement; it must stand in ` +
    'the lines directly above one, within it, or behind its semicolon.',
  'columns-not-in-scenario': (said) =>
    `The statement uses ${names(said, 'columns')}, which the scenario does not have; no shard ` +
    'key is looked for there.',
  'statement-without-end': () =>
    'A quote or a comment that begins here, or later in the statement, does not end, so what ' +
    'follows is not judged.',
  'file-without-statements': () => 'The file has no statement.',
  'file-not-utf8': () => 'The file is not UTF-8; it was read as Latin-1.',
  'log-lines-unparsed': (said) =>
    `${counted(said.number('lines'), 'line')} of the log could not be read, from here on: ` +
    `${said.name('problem')}.`,
  'psql-lines-skipped': (said) =>
    `${counted(said.number('lines'), 'line')} of the file ${are(said)} for psql alone (backslash ` +
    'commands, data of a COPY), and passed over.',
  'routines-not-read': (said) =>
    `${counted(said.number('routines'), 'statement')} (DO, CALL, CREATE FUNCTION) may run SQL ` +
    'that this check does not see.',
  'other-keys': (said) =>
    `The scenario has strategies with other shard keys (${names(said, 'keys')}); the first ` +
    'strategy is taken, and --strategy names another.',
  'files-not-in-base': (said) =>
    `The base ${said.name('base')} does not have ${names(said, 'files')}, so every statement ` +
    'there is new.',
};

const are = (said: Said): string => (said.number('lines') === 1 ? 'is' : 'are');

const verdicts: Sentences = {
  'queries-failed': (said) => {
    const parts = [
      ['scatter', 'asks all shards', 'ask all shards'],
      ['crossShard', 'crosses shards', 'cross shards'],
      ['notRunnable', 'cannot run on shards', 'cannot run on shards'],
      ['keyUpdate', 'changes the shard key', 'change the shard key'],
      ['unread', 'cannot be read', 'cannot be read'],
    ].flatMap(([name = '', one = '', many = '']) => {
      const count = said.number(name);
      return count === 0 ? [] : [`${integer(count)} ${count === 1 ? one : many}`];
    });
    const failed = counted(said.number('failed'), 'statement');
    return `${failed} ${isNew(said, said.number('failed'))}: ${listed(parts)}.`;
  },
  'query-remarks-failed': (said) =>
    `${counted(said.number('faults'), 'place')} in the files must be put right.`,
  'queries-passed': (said) =>
    said.name('base') === 'yes'
      ? `None of ${counted(said.number('judged'), 'statement')} is newly spread over shards.`
      : `None of ${counted(said.number('judged'), 'statement')} is spread over shards, except ` +
        'those that are allowed.',
};

/** With a base only what is new fails. */
function isNew(said: Said, count: number): string {
  const fails = count === 1 ? 'fails' : 'fail';
  return said.name('base') === 'yes' ? `${fails}, not being so in the base` : fails;
}

/** What `check-queries` finds; fates of statements are worded in fates.ts. */
export const querySentences: Sentences = { ...reasons, ...remarks, ...verdicts };
