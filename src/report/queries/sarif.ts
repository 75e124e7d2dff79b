// Static Analysis Results Interchange Format 2.1.0, OASIS standard of 27 March 2020.
import type { Severity } from '../../result/finding.ts';
import {
  offences,
  type QueriesDocument,
  type QueryRemark,
  type QueryStatement,
} from '../../result/queries-document.ts';
import { offenceWords } from './rows.ts';

const schema = 'https://json.schemastore.org/sarif-2.1.0.json';
const levels: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

const statementRules: Readonly<Record<string, string>> = {
  ...Object.fromEntries(offences.map((each) => [each, `The statement ${offenceWords[each]}.`])),
  unread: 'The statement cannot be read.',
  'not-judged': 'The scenario does not have the tables of the statement.',
};

/**
 * What is found in files, for code scanning: what fails as errors, what the base has already as
 * notes, what a comment allows as suppressed. Paths are from the current folder.
 */
export function queriesSarif(document: QueriesDocument): string {
  const placed = document.remarks.filter(({ file }) => file !== null);
  const statements = document.statements.filter(({ status }) => status !== 'passed');
  const rules = { ...statementRules, ...remarkRules(placed) };
  const log = {
    $schema: schema,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'shardlab',
            semanticVersion: document.environment.shardlab,
            rules: Object.entries(rules).map(([id, text]) => ({ id, shortDescription: { text } })),
          },
        },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: document.remarks
              .filter(({ file }) => file === null)
              .map(({ finding: { severity, text } }) => ({
                level: levels[severity],
                message: { text },
              })),
          },
        ],
        results: [...statements.map(statementResult), ...placed.map(remarkResult)],
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

/** Of each code the first sentence stands for what it is about. */
const remarkRules = (remarks: readonly QueryRemark[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    remarks.toReversed().map(({ finding: { code } }) => [code, code.replaceAll('-', ' ')]),
  );

function statementResult(statement: QueryStatement) {
  const { file, line, column, endLine, status, offence, reason, fingerprint } = statement;
  const ruleId = offence ?? (reason?.code === 'statement-unread' ? 'unread' : 'not-judged');
  const level = status === 'failed' ? 'error' : offence === null ? 'warning' : 'note';
  const region = { startLine: line, startColumn: column, endLine };
  return {
    ruleId,
    level,
    message: { text: reason?.text ?? statementRules[ruleId] ?? ruleId },
    locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(file) }, region } }],
    partialFingerprints: { 'shardlabStatement/v1': `${ruleId}:${fingerprint}` },
    ...(status === 'known' && { baselineState: 'unchanged' }),
    ...(status === 'allowed' && {
      suppressions: [{ kind: 'inSource', justification: statement.allowedFor ?? '' }],
    }),
  };
}

function remarkResult({ file, line, finding: { code, severity, text } }: QueryRemark) {
  const region = { startLine: line ?? 1, startColumn: 1 };
  return {
    ruleId: code,
    level: levels[severity],
    message: { text },
    locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(file ?? '') }, region } }],
  };
}

/** Relative, as code scanning wants it, unless the file lies elsewhere. */
function uriOf(file: string): string {
  const path = file.split('/').map(encodeURIComponent).join('/');
  return file.startsWith('/') ? `file://${path}` : path;
}
