import { describe, expect, it } from 'vitest';
import { present } from '../base/assert.ts';
import type { KeyHashName } from '../base/hash/key-hash.ts';
import { worded } from '../wording/worded.ts';
import { hotPathKeys } from './hot-path-keys.ts';
import { type Measurement, measureRouter } from './measure-router.ts';

const measurement = (
  router: string,
  shardCount: number,
  hash: KeyHashName | null,
): Measurement => ({
  spec: { router, parameter: null, hash, salt: '' },
  name: router,
  shardCount,
  keyTypes: ['text', 'int8'],
  keys: hotPathKeys(1, 1024),
  seed: 1,
  budgetMs: 5,
  memoryBytes: 1234,
});

describe('measuring a router', () => {
  it('finds something in every field, and answers that depend on the router alone', () => {
    const path = present(measureRouter(measurement('jump', 16, 'xxh64')).hotPath, 'path');
    for (const times of [path.lookupNsString, path.lookupNsBytes, path.lookupNsInt64]) {
      const { p25, p50, p75, batches } = present(times, 'times');
      expect(p25).toBeGreaterThan(0);
      expect(p50).toBeGreaterThanOrEqual(p25);
      expect(p75).toBeGreaterThanOrEqual(p50);
      expect(batches).toBeGreaterThanOrEqual(6);
    }
    const bulk = present(path.bulkKeysPerSecond, 'bulk');
    expect(bulk.p75).toBeGreaterThanOrEqual(bulk.p25);
    expect(path.buildMs).toBeGreaterThan(0);
    expect(path.addShardMs).toBeGreaterThan(0);
    expect(path.memoryBytes).toBe(1234);
    expect(path.peakToMean.value).toBeGreaterThan(1);
    expect(path.peakToMean.keys % 1024).toBe(0);
    const again = present(measureRouter(measurement('jump', 16, 'xxh64')).hotPath, 'path');
    expect(again.checksums).toEqual(path.checksums);
    const other = present(measureRouter(measurement('jump', 17, 'xxh64')).hotPath, 'path');
    expect(other.checksums.text).not.toBe(path.checksums.text);
  });

  it('gives known keys to routers that place them', () => {
    const path = present(measureRouter(measurement('directory', 4, null)).hotPath, 'path');
    expect(path.peakToMean).toMatchObject({ value: 1, keys: 1024 });
  });

  it('leaves out what the router does not take', () => {
    const path = present(measureRouter(measurement('vitess-hash', 4, null)).hotPath, 'path');
    expect(path.lookupNsString).toBeNull();
    expect(path.allocatedBytesPerLookup.string).toBeNull();
    expect(path.checksums.text).toBeNull();
    expect(path.lookupNsInt64?.p50).toBeGreaterThan(0);
  });

  it('says why there is no router, and why there is none of one shard more', () => {
    expect(measureRouter(measurement('slots', 4096, 'xxh64'))).toMatchObject({
      hotPath: null,
      reasons: [
        { names: { problems: [expect.stringContaining('has too few slots for 4096 shards')] } },
      ],
    });
    const full = measureRouter(measurement('slots', 1024, 'xxh64')).hotPath;
    expect(full?.addShardMs).toBeNull();
    expect(full?.notes.map((note) => worded(note).text).join()).toContain('one shard more: ');
    const [needy] = measureRouter(measurement('list', 4, null)).reasons;
    expect(worded(present(needy, 'reason')).text).toContain('needs settings');
  });
});
