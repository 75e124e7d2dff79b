import { expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import type { RunResult } from '../result/types.ts';
import type { WalResult } from '../result/wal-result.ts';
import { sampleResult } from '../testing/sample-result.ts';
import { markdownReport } from './markdown.ts';
import { terminalTable } from './terminal.ts';
import { walForecastSentences, walSentences } from './wal-sentences.ts';

const wal: WalResult = {
  ...present(sampleResult().cells[1]?.wal, 'a log'),
  rows: 1000,
  bytes: 1_590_000,
  imageBytes: 1_272_000,
  forecasts: [
    {
      indexBytes: 10e9,
      checkpointSeconds: 300,
      rows: 36_000,
      imagesPerRow: 0.949,
      bytesPerRow: 5690,
      bytesPerSecond: 691_000,
    },
  ],
};

/** The sample with the log of its second cell and, where there are more, of the third. */
function withLogs(...logs: readonly WalResult[]): RunResult {
  const result = sampleResult();
  const cells = result.cells.map((cell, index) => {
    const log = logs[index - 1];
    const changed = { ...cell };
    delete changed.wal;
    return log === undefined ? changed : { ...changed, wal: log };
  });
  return { ...result, cells };
}

test('a figure for each row never stands without what it depends on', () => {
  const [sentence = ''] = walSentences(withLogs(wal));
  expect(sentence).toBe(
    'For each row that was written, the write-ahead log (WAL) grew by 1.59 kB ' +
      '(tenant_id/mod). Whole pages are 80 % of it. Postgres logs a whole page at its ' +
      'first change after a checkpoint, so this figure falls as a window gets longer: ' +
      'compare it only between runs with the same window, warm-up and data.',
  );
  const terminal = terminalTable(withLogs(wal), { width: 80, colour: false });
  expect(terminal.replaceAll(/\s+/g, ' ')).toContain(sentence);
});

test('several strategies: from the least to the most', () => {
  const less = { ...wal, bytes: 300_000, imageBytes: 30_000 };
  expect(walSentences(withLogs(wal, less))[0]).toContain(
    'grew by 300 B (tenant_id/jump) to 1.59 kB (tenant_id/mod). Whole pages are 10 % to 80 ' +
      '% of it.',
  );
  const unread = { ...wal, imageBytes: null };
  expect(walSentences(withLogs(unread))[0]).not.toContain('Whole pages are');
});

test('what follows for a stated index and checkpoint', () => {
  expect(walForecastSentences(withLogs(wal))).toEqual([
    'tenant_id/mod: with 10.0 GB of indexes on each shard and a checkpoint every 5 min, ' +
      'a row would log 5.69 kB, with 0.949 whole pages.',
  ]);
});

test('the report has totals, curve and forecast; without a log it has none of them', () => {
  const markdown = markdownReport(withLogs(wal));
  expect(markdown).toContain('### Write-ahead log');
  expect(markdown).toMatch(/\| tenant_id\/mod \| 10\.0 GB \| 5 min \| 36,000 \| 0\.949 \|/);
  expect(markdown.match(/Writes since the checkpoint: from/g)).toHaveLength(1);
  expect(markdownReport(withLogs())).not.toContain('Write-ahead log');
  expect(walSentences(withLogs())).toEqual([]);
});
