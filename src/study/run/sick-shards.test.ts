import { expect, it } from 'vitest';
import { present } from '../../base/assert.ts';
import { sampleResult } from '../../testing/sample-result.ts';
import { refuseSickShards } from './sick-shards.ts';

const load = present(sampleResult().cells[0]?.load, 'load');
const failing = (code: string, message: string) => ({
  errorsByCode: { [code]: 3 },
  errorMessages: { [code]: message },
});

it('lets pass what the machine did not cause', () => {
  for (const each of [load, failing('23505', 'duplicate key')]) {
    expect(refuseSickShards(each)).toBeUndefined();
  }
});

it.each([
  ['53100', 'the disk under the shards is full'],
  ['53200', 'a shard ran out of memory'],
  ['58030', 'a shard cannot read or write its files'],
])('refuses a cell with %s', (code, what) => {
  expect(() => refuseSickShards(failing(code, 'as Postgres says it'))).toThrow(
    `${what}: 3 operations failed with ${code} (as Postgres says it)`,
  );
});
