import { expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import type { ShardServer } from '../result/shard-server.ts';
import type { Cell, RunResult } from '../result/types.ts';
import { sampleResult } from '../testing/sample-result.ts';
import { disturbanceSentences } from './disturbance-sentences.ts';
import { markdownReport } from './markdown.ts';

const calm: NonNullable<Cell['server']> = {
  checkpoints: 0,
  checkpointsTimed: 0,
  autovacuums: 0,
  walBytes: 1e6,
};

/**
 * The second cell of the sample alone, with this of its servers; all shards but the first are calm.
 */
function withServers(server: Cell['server'], shard: Partial<ShardServer> = {}): RunResult {
  const result = sampleResult();
  const cell = present(result.cells[1], 'second cell');
  const shards = cell.shards.map((each, index) =>
    index > 0 || each.server === undefined
      ? each
      : { ...each, server: { ...each.server, ...shard } },
  );
  return { ...result, cells: [{ ...cell, server, shards }] };
}

test('a calm cell, and one that nobody looked at, have nothing to say', () => {
  expect(disturbanceSentences(withServers(calm))).toEqual([]);
  expect(disturbanceSentences(withServers(null))).toEqual([]);
});

test('checkpoints by their cause, and autovacuums', () => {
  const server = { ...calm, checkpoints: 3, checkpointsTimed: 1, autovacuums: 2 };
  expect(disturbanceSentences(withServers(server))).toEqual([
    'tenant_id/mod: besides the queries of the load there were 3 checkpoints in the ' +
      'window (1 by checkpoint_timeout, 2 by the size of the log or on request) and 2 ' +
      'autovacuums in the window.',
  ]);
});

test('documents of earlier versions do not know the cause', () => {
  const old = { ...calm, checkpoints: 1 };
  delete (old as Partial<typeof old>).checkpointsTimed;
  expect(disturbanceSentences(withServers(old))[0]).toMatch(/ 1 checkpoint in the window\.$/);
});

test('temporary files and deadlocks', () => {
  const result = withServers(calm, { tempFiles: 4, tempBytes: 12e6, deadlocks: 1 });
  const [sentence = ''] = disturbanceSentences(result);
  expect(sentence).toBe(
    'tenant_id/mod: besides the queries of the load there were 4 temporary files of 12.0 MB ' +
      'together, for sorts and hashes larger than work_mem and 1 deadlock, each of which ended a ' +
      'transaction with an error.',
  );
  expect(markdownReport(result)).toContain('4 temporary files of 12.0 MB together');
});
