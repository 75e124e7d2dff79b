import { expect, test } from 'vitest';
import { formatRunResult, parseRunResult } from '../result/parse.ts';
import { fact } from '../result/finding.ts';
import type { Cell, RunResult, VerdictStatus } from '../result/types.ts';
import { sampleResult } from '../testing/sample-result.ts';
import { worded } from '../wording/worded.ts';
import { csvReport } from './csv.ts';
import { headline } from './headline.ts';
import { documentHtml } from './html.ts';
import { documentMarkdown } from './markdown.ts';
import { measuredAgain, measuredAgainLines } from './measured-again.ts';
import { runMarkdown } from './run/markdown.ts';
import { runDocument } from './run-document.ts';
import { measuredAgainSections } from './sections/measured-again.ts';
import { terminalTable } from './terminal.ts';
import { columnsOf } from './text.ts';

const sample = sampleResult();
const place = sample.cells.findIndex(({ verdict, router }) => {
  return verdict?.status === 'VALID' && router !== null;
});
const [good] = sample.cells.slice(place);
if (!good?.overall) throw new Error('the sample has a routed cell that is VALID');

const late = { scheduleLagMsP99: 40, responseMsP99: 48.8, limitFraction: 0.5 };
const taken = { firstFraction: 0.4, lastFraction: 0.6, mostFraction: 0.7, mostSecond: 3 };
const busy = worded(
  fact('other-programs', {
    severity: 'warning',
    numbers: { ...taken, pid0: 123, coreFraction0: 0.98 },
    names: { programs: ['node'] },
  }),
);
const lag = worded(fact('schedule-lag', { severity: 'error', numbers: late }));
const noise = worded(fact('noise-unchecked', { numbers: { repeats: 1, repeatsNeeded: 3 } }));

const { responseMs } = good.overall;

function spoiltAttempt(status: VerdictStatus, attempt?: number): Cell {
  return {
    ...(good as Cell),
    ...(attempt && { attempt }),
    verdict: { status, reasons: [lag, busy, noise] },
    overall: { responseMs: { ...responseMs, p50: 1.25, p99: 48.8 } },
  };
}

function withSpoilt(spoilt: Cell[], last: Partial<Cell> = {}): RunResult {
  const cells = sample.cells.map((cell, index) =>
    index === place ? { ...cell, attempt: spoilt.length + 1, ...last } : cell,
  );
  return { ...sample, cells, spoilt };
}

const once = withSpoilt([spoiltAttempt('GENERATOR-BOUND')]);
const reasons =
  'Schedule lag p99 is 40.0 ms, more than 50 % of response p99 (48.8 ms): the load generator ' +
  "is a large part of what was measured. Other programs used 40 % of the processors' time in the " +
  'first third of the window and 60 % in the last, most of it in second 3 (70 %). The busiest of ' +
  'them: node (pid 123) 98 % of a core.';

test('which cell, what both attempts gave, and why, but not what has no part in it', () => {
  const [line, ...more] = measuredAgainLines(once);
  expect(more).toEqual([]);
  expect(line).toMatch(
    new RegExp(
      `^${good.strategy} was measured again: attempt 1 GENERATOR-BOUND \\(p50 1\\.25 ms, ` +
        String.raw`p99 48\.8 ms\) and attempt 2 VALID \(p50 \d[\d.]* ms, p99 \d[\d.]* ms\)\. `,
    ),
  );
  expect(line?.endsWith(`. ${reasons}`)).toBe(true);
});

test('attempts stand in their order, also where none is VALID', () => {
  const noisy = { status: 'NOISY' as const, reasons: [] };
  const thrice = withSpoilt([spoiltAttempt('DRIFTING', 2), spoiltAttempt('GENERATOR-BOUND')], {
    verdict: noisy,
  });
  const [{ attempts } = { attempts: [] }] = measuredAgain(thrice);
  expect(attempts.map(({ verdict }) => verdict?.status)).toEqual([
    'GENERATOR-BOUND',
    'DRIFTING',
    'NOISY',
  ]);
  expect(headline(thrice).join(' ')).toContain(
    '1 cell was measured again, because the machine had spoilt the measurement before; all ' +
      'numbers are those of the last attempt.',
  );
});

test('a strategy on several shard counts is told apart', () => {
  const other = { ...good, shardCount: 8 };
  const two = { ...once, cells: [...once.cells, other] };
  expect(measuredAgain(two).map(({ name }) => name)).toEqual([
    `${good.strategy} on ${good.shardCount} shards`,
  ]);
  expect(documentMarkdown(runDocument(two))).toContain('## Measured again');
});

test('the document keeps both attempts, and every report says so from it alone', () => {
  const stored = parseRunResult(formatRunResult(once), 'result.json');
  expect(stored.spoilt).toHaveLength(1);
  const terminal = terminalTable(stored, { width: 80, colour: false });
  expect(terminal.replaceAll(/\s+/g, ' ')).toContain(`${good.strategy} was measured again: `);
  expect(Math.max(...terminal.split('\n').map(columnsOf))).toBeLessThanOrEqual(80);
  const rows = documentMarkdown(runDocument(stored))
    .split('\n## Measured again\n')[1]
    ?.split('\n## ')[0]
    ?.split('\n')
    .filter((line) => /\| (GENERATOR-BOUND|VALID) \|/.test(line));
  expect(
    rows?.map((row) =>
      row
        .split('|')
        .slice(2, 4)
        .map((part) => part.trim()),
    ),
  ).toEqual([
    ['1', 'GENERATOR-BOUND'],
    ['2', 'VALID'],
  ]);
  expect(runMarkdown(stored)).toContain('was measured again: attempt 1 GENERATOR-BOUND');
  const csv = csvReport(stored).trimEnd().split('\r\n');
  const column = csv[0]?.split(',').indexOf('attempt') ?? -1;
  const own = csv.filter((line) => line.startsWith(`${good.strategy},`));
  expect(own).toHaveLength(good.shardCount);
  expect(own.map((line) => line.split(',')[column])).toEqual(own.map(() => '2'));
});

test('the page has the section, with a place to point at', async () => {
  const sections = measuredAgainSections(once);
  const page = await documentHtml({ ...runDocument(once), sections }, '0.0.0');
  expect(page).toContain('id="measured-again"');
  expect(page).toContain('node (pid 123) 98 % of a core');
});

test('where none was measured again nothing is said of it', () => {
  expect(terminalTable(sample, { width: 80, colour: false })).not.toContain('measured again');
  expect(documentMarkdown(runDocument(sample))).not.toContain('easured again');
  expect(csvReport(sample).split('\r\n')[0]).not.toContain('attempt');
});

test('an attempt that contradicts itself is refused', () => {
  const { shards } = good;
  const broken = { ...once, spoilt: [{ ...spoiltAttempt('NOISY'), shards: shards.slice(1) }] };
  expect(() => parseRunResult(JSON.stringify(broken), 'result.json')).toThrow('spoilt[0].shards');
});
