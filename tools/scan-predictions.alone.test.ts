import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { present } from '../src/base/assert.ts';
import { measureScans, near } from './scan-predictions.bench.ts';

test('with a scan, 1 and 16 shards are predicted from 4 within 1.5 times (p50)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'shardlab-scans-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const size = { rate: 120, seconds: 10, dataMb: 32 };
  const machine = { size, rounds: 1, fleet: 'embedded', folder, say: () => undefined };
  const { rows } = measureScans(machine, [1, 16]);
  const all = rows.filter(({ what }) => what === 'all operations');
  expect(all.map(({ shards, verdicts }) => [shards, verdicts[0]])).toEqual([
    [1, 'VALID'],
    [16, 'VALID'],
  ]);
  for (const { shards, simulatedMs, measuredMs } of all) {
    const ratio = present(simulatedMs, 'simulated') / present(measuredMs[0], 'measured');
    expect(Math.abs(Math.log(ratio)), `${shards} shards: ${ratio}`).toBeLessThan(Math.log(near));
  }
}, 900_000);
