import type { QueriesDocument, QueryStatement } from '../../result/queries-document.ts';
import { junitXml, type TestCase } from '../junit-xml.ts';
import { kindsOf, placeText, remarkPlace, statementWords } from './rows.ts';

/**
 * The check as JUnit XML: a case for each statement, and one for each remark that fails. What has
 * no fate is skipped.
 */
export function queriesJunit(document: QueriesDocument): string {
  const kinds = kindsOf(document);
  const faults = document.remarks.filter(({ finding: { severity } }) => severity === 'error');
  const cases = [
    ...document.statements.map((each) => caseOf(each, kinds.get(each.file) ?? 'sql')),
    ...faults.map((remark): TestCase => {
      const name = remarkPlace(remark) ?? 'check-queries';
      return { name, outcome: 'failure', message: remark.finding.text, details: [] };
    }),
  ];
  return junitXml('shardlab check-queries', 'shardlab.queries', document.startedAt, cases);
}

function caseOf(statement: QueryStatement, kind: string): TestCase {
  const { status, reason, sql } = statement;
  const name = placeText(statement, kind);
  if (status === 'failed') {
    const message = `${statementWords(statement)}: ${reason?.text ?? ''}`;
    return { name, outcome: 'failure', message, details: [sql] };
  }
  const isSkipped = status === 'unread' || status === 'not-judged';
  const outcome = isSkipped ? 'skipped' : 'passed';
  return { name, outcome, message: reason?.text ?? '', details: [] };
}
