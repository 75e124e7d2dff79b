import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { cellOf, repository, resultIn, scratch, shardlab } from './shardlab-fixture.ts';
import { integer } from '../wording/format.ts';

const strategy = 'org_id/jump';

/** The shipped helpdesk on less data and for less time, after a change of its text. */
async function helpdesk(change: (text: string) => string) {
  const cwd = scratch();
  const shipped = readFileSync(join(repository, 'scenarios', 'helpdesk.yaml'), 'utf8');
  const shorter = shipped
    .replace(/^data: .*$/m, 'data: { total: 6MB, row: 300B }\nwarmup: 300ms')
    .replace(/^duration: .*$/m, 'duration: 3s');
  writeFileSync(join(cwd, 'helpdesk.yaml'), change(shorter));
  const args = ['run', 'helpdesk.yaml', '--strategy', strategy, '--out', 'out'];
  const ran = await shardlab(args, { cwd });
  const cell = cellOf(resultIn(join(cwd, 'out')), strategy);
  const operation = (name: string) =>
    present(
      cell.operations.find((one) => one.operation === name),
      name,
    );
  const report = readFileSync(join(cwd, 'out', 'report.md'), 'utf8');
  return { ...ran, cell, operation, report };
}

const masked =
  'duplicate key value violates unique constraint "one_at_a_time": Key (org_id, user_id)=(…) ' +
  'already exists.';

test('helpdesk: errors that it expects, and its own ROLLBACK, count as ok', async () => {
  const { cell, operation, report } = await helpdesk((text) => text);
  const said = cell.verdict?.reasons.map(({ text }) => text).join();
  expect(said).not.toMatch(/Operation (take_on|escalate)/);
  expect(cell.errors).toEqual([]);
  const { ok = 0, expected = 0, failed } = operation('take_on');
  expect(failed).toBe(0);
  expect(expected).toBeGreaterThan(0);
  expect(expected).toBeLessThan(ok);
  expect(operation('open_ticket').rowsAffected).toBe(operation('open_ticket').ok);
  expect(operation('inbox').rowsReturned).toBeGreaterThan(operation('inbox').ok ?? 0);
  const preview = operation('preview_close');
  expect(preview.ok).toBeGreaterThan(0);
  expect(preview.expected).toBe(preview.ok);
  expect(cell.load?.expected).toBe(expected + (preview.expected ?? 0));
  expect(report).toContain('They count as successes.');
}, 120_000);

test('helpdesk without expect: FAILING, with code, shards and masked message', async () => {
  const unexpected = (text: string): string => text.replaceAll(/^ *expect: .*\n/gm, '');
  const { code, cell, operation, report, stdout, stderr } = await helpdesk(unexpected);
  expect(code).toBe(5);
  expect(cell.verdict?.status).toBe('FAILING');
  const { failed = 0, ok = 0 } = operation('take_on');
  expect(failed).toBeGreaterThan(0);
  expect(cell.verdict?.reasons[0]?.text).toContain(
    `Operation take_on failed ${integer(failed)} times of ${integer(ok + failed)} (`,
  );
  // It would be EMPTY else: no ticket is overdue.
  const { ok: escalated, rowsAffected } = operation('escalate');
  expect(rowsAffected).toBe(0);
  // A busy machine has reasons of its own in between.
  expect(cell.verdict?.reasons.map(({ text }) => text)).toContain(
    `Operation escalate did no work. None of its ${integer(escalated ?? null)} queries ` +
      'changed a row: look at what its SQL asks for. Where that is right, say so in the ' +
      'scenario with expect: [empty].',
  );
  const errors = present(cell.errors, 'errors');
  expect(errors.reduce((sum, { count }) => sum + count, 0)).toBe(failed);
  for (const { shard, firstMs, lastMs, count: _, ...error } of errors) {
    expect(error).toEqual({ code: '23505', message: masked, operation: 'take_on' });
    expect(shard).not.toBeNull();
    expect(lastMs).toBeGreaterThanOrEqual(firstMs);
  }
  // The first one was told while the run went on, before the cell had its verdict.
  expect(stderr.replaceAll(/\s+/g, ' ')).toMatch(
    /warning: org_id\/jump: operation take_on failed on shard \d with 23505: duplicate key/,
  );
  for (const text of [stdout, report]) expect(text.replaceAll(/\s+/g, ' ')).toContain(masked);
}, 120_000);
