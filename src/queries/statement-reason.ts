import { type Fact, fact } from '../result/finding.ts';
import type { FoundStatement } from './found-statement.ts';
import type { Judgement } from './judgement.ts';
import { maskedSql } from './masked-sql.ts';

/** Why a statement has its fate, or none; null where one shard runs it, or any will do. */
export function reasonOf(
  statement: FoundStatement,
  judgement: Exclude<Judgement, { kind: 'passed over' }>,
  isLog: boolean,
): Fact | null {
  if (judgement.kind === 'not judged') {
    const { tables } = judgement;
    return fact('tables-not-in-scenario', { severity: 'warning', names: { tables } });
  }
  if (judgement.kind === 'unread') {
    // What stands near the place may be anybody's data.
    const message = isLog ? judgement.message.replace(/ at or near .*$/s, '') : judgement.message;
    return fact('statement-unread', {
      severity: 'warning',
      numbers: placeOf(statement, judgement.at, isLog),
      names: { message },
    });
  }
  const { fate, reason } = judgement.layout;
  if (fate === 'single' || fate === 'reference' || reason === undefined) return null;
  const { code, names, at } = reason;
  return fact(code, {
    severity: fate === 'notRunnable' ? 'error' : 'info',
    numbers: at === undefined ? {} : placeOf(statement, at, isLog),
    names: {
      names,
      near: at === undefined ? null : wordsAt(statement.sql, at, isLog),
      runs: fate === 'notRunnable' ? 'no' : 'yes',
    },
  });
}

/** The line in the file; one of a log has its own lines, which nobody can find by number. */
function placeOf({ sql, line }: FoundStatement, at: number, isLog: boolean) {
  const lines = sql.slice(0, at).split('\n').length - 1;
  return lines === 0 || isLog ? {} : { line: line + lines };
}

const wordsShown = 40;

function wordsAt(sql: string, at: number, isLog: boolean): string {
  const rest = sql.slice(at, at + 10 * wordsShown);
  const words = (isLog ? maskedSql(rest) : rest).replaceAll(/\s+/g, ' ').trim();
  if (words.length <= wordsShown) return words;
  const cut = words.slice(0, wordsShown).replace(/[\ud800-\udbff]$/, '');
  return `${cut.replace(/\s\S*$/, '')} …`;
}
