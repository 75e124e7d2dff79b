import { expect, test } from 'vitest';
import { present } from '../src/base/assert.ts';
import type { Cell } from '../src/result/types.ts';
import { parseScenario } from '../src/scenario/parse.ts';
import { sampleResult } from '../src/testing/sample-result.ts';
import { scanHeading, withFirstPart, withSection } from './predictions-file.ts';
import { scanPredictions, scanScenario, scanTable } from './scan-predictions.bench.ts';
import { sqlReaderFixture } from '../src/sql/sql-reader-fixture.ts';
import { scenarioVocabulary } from '../src/study/scenario/vocabulary.ts';

const sample = present(sampleResult().cells[1], 'cell');
const [operation] = sample.operations;

/** A cell whose operations, the scan alone, take so long. */
function taking(ms: number): Cell {
  const responseMs = { ...present(sample.overall, 'overall').responseMs, p50: ms };
  const scan = { ...present(operation, 'operation'), operation: 'by_region' };
  return {
    ...sample,
    overall: { responseMs },
    operations: [{ ...scan, responseMs: { ...responseMs, p50: 2 * ms } }],
  };
}

test('a prediction is near within 1.5, against the median of the runs', () => {
  const measured = [1, 10, 2].map(taking);
  const rows = [2.9, 3.1].flatMap((ms) => scanPredictions(8, taking(ms), measured));
  expect(scanTable(rows).split('\n').slice(2)).toEqual([
    '| 8 | all operations | 2.90 | 2.00 | 1.00 to 10.0 | 1.45 | yes | VALID |',
    '| 8 | the scan | 5.80 | 4.00 | 2.00 to 20.0 | 1.45 | yes | VALID |',
    '| 8 | all operations | 3.10 | 2.00 | 1.00 to 10.0 | 1.55 | no | VALID |',
    '| 8 | the scan | 6.20 | 4.00 | 2.00 to 20.0 | 1.55 | no | VALID |',
  ]);
});

test('what no run could give is left open', () => {
  const none = { ...taking(1), overall: null, operations: [] };
  expect(scanTable(scanPredictions(1, taking(1), [none]))).toContain('| 1 | the scan | — | —');
});

test('its scenario is one that shardlab reads', () => {
  const text = scanScenario({ shards: 16, dataMb: 64 }, { rate: 300, seconds: 15 });
  const vocabulary = scenarioVocabulary(sqlReaderFixture);
  const { topology, data, operations } = parseScenario(text, 's.yaml', vocabulary);
  expect([topology.shards, data.totalBytes, operations.length]).toEqual([16, 64e6, 3]);
});

test('each command writes its own part of the file', () => {
  const section = `${scanHeading}\n\nnew\n`;
  expect(withSection('# A\n', section)).toBe(`# A\n\n${section}`);
  expect(withSection(`# A\n\n${scanHeading}\n\nold\n`, section)).toBe(`# A\n\n${section}`);
  expect(withFirstPart(`# A\n\n${section}`, '# B\n')).toBe(`# B\n\n${section}`);
  expect(withFirstPart('', '# B\n')).toBe('# B\n');
});
