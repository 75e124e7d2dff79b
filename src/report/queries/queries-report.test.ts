import { expect, test } from 'vitest';
import { z } from 'zod';
import type { QueriesDocument, QueryStatement } from '../../result/queries-document.ts';
import { queriesSarif } from './sarif.ts';
import { queriesTable } from './terminal.ts';

const statement: QueryStatement = {
  file: 'q/a b.sql',
  line: 3,
  column: 2,
  endLine: 4,
  of: 'statement',
  calls: 1,
  sql: 'select 1',
  fingerprint: 'f',
  fate: 'scatter',
  offence: 'scatter',
  status: 'failed',
  allowedFor: null,
  reason: { code: 'key-not-bound', severity: 'info', numbers: {}, place: '', text: 'Because.' },
};

const remark = (file: string | null, code: string, severity: 'warning' | 'error') => ({
  file,
  line: file === null ? null : 7,
  finding: { code, severity, numbers: {}, place: '', text: `About ${code}.` },
});

const document: QueriesDocument = {
  schema: 'shardlab/queries/v1',
  startedAt: '2026-11-30T10:00:00.000Z',
  environment: { shardlab: '0.1.0', node: '24.0.0' },
  scenario: { name: 's', file: 's.yaml' },
  strategy: { name: 'tenant/jump', key: 'tenant', router: 'jump' },
  strict: false,
  base: null,
  files: [{ file: 'q/a b.sql', kind: 'sql', statements: 5 }],
  counts: {
    statements: 5,
    single: 1,
    reference: 0,
    multi: 0,
    scatter: 3,
    notRunnable: 0,
    notJudged: 0,
    unread: 1,
    failed: 1,
    known: 1,
    allowed: 1,
    passedOver: { definitions: 0, settings: 0, transactions: 0, routines: 0, loads: 0 },
  },
  statements: [
    statement,
    { ...statement, status: 'known' },
    { ...statement, status: 'allowed', allowedFor: 'once a month' },
    { ...statement, status: 'passed', fate: 'single', offence: null, reason: null },
    {
      ...statement,
      status: 'unread',
      fate: null,
      offence: null,
      reason: { ...remark(null, 'statement-unread', 'warning').finding },
    },
  ],
  remarks: [remark('q/a b.sql', 'allow-unused', 'warning'), remark(null, 'other-keys', 'warning')],
  verdict: { status: 'failed', exitCode: 4, reasons: [remark(null, 'x', 'error').finding] },
};

/** What the OASIS schema of SARIF 2.1.0 requires, and what code scanning needs beside it. */
const message = z.object({ text: z.string().min(1) });
const level = z.enum(['none', 'note', 'warning', 'error']);
const sarif = z.object({
  $schema: z.url(),
  version: z.literal('2.1.0'),
  runs: z.array(
    z.object({
      tool: z.object({
        driver: z.object({
          name: z.string().min(1),
          rules: z.array(z.object({ id: z.string(), shortDescription: message })),
        }),
      }),
      columnKind: z.enum(['utf16CodeUnits', 'unicodeCodePoints']),
      invocations: z.array(
        z.object({
          executionSuccessful: z.boolean(),
          toolExecutionNotifications: z.array(z.object({ level, message })),
        }),
      ),
      results: z.array(
        z.object({
          ruleId: z.string(),
          level,
          message,
          baselineState: z.enum(['new', 'unchanged', 'updated', 'absent']).optional(),
          suppressions: z
            .array(z.object({ kind: z.enum(['inSource', 'external']), justification: z.string() }))
            .optional(),
          locations: z
            .array(
              z.object({
                physicalLocation: z.object({
                  artifactLocation: z.object({ uri: z.string().regex(/^[^/:\s][^:\s]*$/) }),
                  region: z.object({
                    startLine: z.int().positive(),
                    startColumn: z.int().positive(),
                  }),
                }),
              }),
            )
            .length(1),
        }),
      ),
    }),
  ),
});

test('SARIF has what its schema requires, and a rule for each result', () => {
  const [run] = sarif.parse(JSON.parse(queriesSarif(document))).runs;
  const results = run?.results ?? [];
  expect(results.map((each) => [each.ruleId, each.level, each.baselineState])).toEqual([
    ['scatter', 'error', undefined],
    ['scatter', 'note', 'unchanged'],
    ['scatter', 'note', undefined],
    ['unread', 'warning', undefined],
    ['allow-unused', 'warning', undefined],
  ]);
  expect(results[2]?.suppressions).toEqual([{ kind: 'inSource', justification: 'once a month' }]);
  const rules = new Set(run?.tool.driver.rules.map(({ id }) => id));
  for (const { ruleId } of results) expect(rules).toContain(ruleId);
  expect(run?.invocations[0]?.toolExecutionNotifications).toHaveLength(1);
});

test('nothing in a name steers the terminal, and lines fit', () => {
  const file = `q/\u001b[31m${'long/'.repeat(40)}a.sql`;
  const text = queriesTable(
    {
      ...document,
      files: [{ file, kind: 'sql', statements: 1 }],
      statements: [{ ...statement, file, sql: 'select \u202e 1'.repeat(30) }],
    },
    { width: 80, colour: false },
  );
  // oxlint-disable-next-line no-control-regex -- these are what is looked for
  expect(text).not.toMatch(/[\u001b\u202e]/);
  for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});
