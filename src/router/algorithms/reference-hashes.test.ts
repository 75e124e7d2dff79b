import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readVectors } from '../../base/hash/vectors.suite.ts';
import {
  crc32cStep,
  fnvOfWords,
  fnvSeeded,
  javaRandomDraw,
  joined,
} from './reference-hashes.suite.ts';

const signed = (value: bigint): string => BigInt.asIntN(64, value).toString();

const supsi = z.object({
  hash_samples: z.object({
    hash_key0: z.string(),
    hash_key1_seed7: z.string(),
    hash_long_5_seed9: z.string(),
    hash_long_5_2_9: z.string(),
  }),
});
const crc = z.object({
  crc32c_samples: z.array(z.object({ key: z.string(), seed: z.string(), crc: z.int() })),
});

describe('the hashes inside the published vectors', () => {
  it('are those of the Java engines', () => {
    // From dx-supsi.json: the Java default methods over FNV-1a-64.
    expect(signed(fnvSeeded('key-0', 0))).toBe('8147957248299270233');
    expect(signed(fnvSeeded('key-1', 7))).toBe('-423149845977913057');
    expect(signed(fnvOfWords(0, 5, 9))).toBe('1512446438062383089');
    expect(signed(fnvOfWords(0, 5, 2, 9))).toBe('-8237444837174292341');
  });

  it('are those of the C++ engine', () => {
    expect(crc32cStep(1n, 0n)).toBe(1228700967);
    expect(crc32cStep(123456789n, 42n)).toBe(264750691);
  });

  it('draw as java.util.Random does', () => {
    // new Random(42): nextInt(10) gives 0, 3, 8, 4, 0 and nextInt(16) gives 11, 0, 10.
    const draw = javaRandomDraw();
    expect([0, 1, 2, 3, 4].map((step) => draw(0, 42, step, 10))).toEqual([0, 3, 8, 4, 0]);
    expect([0, 1, 2].map((step) => draw(0, 42, step, 16))).toEqual([11, 0, 10]);
  });

  it('join words as unsigned', () => {
    expect(joined(-1, -2)).toBe(0xffff_ffff_ffff_fffen);
  });

  const files = ['dx', 'memento', 'flip', 'power'].map((name) =>
    readVectors(`${name}-supsi.json`, supsi),
  );
  it.skipIf(files.includes(null))('agree with the samples of every file of Java vectors', () => {
    for (const file of files) {
      expect(file?.hash_samples).toEqual({
        hash_key0: signed(fnvSeeded('key-0', 0)),
        hash_key1_seed7: signed(fnvSeeded('key-1', 7)),
        hash_long_5_seed9: signed(fnvOfWords(0, 5, 9)),
        hash_long_5_2_9: signed(fnvOfWords(0, 5, 2, 9)),
      });
    }
  });

  const file = readVectors('anchor-cpp.json', crc);
  it.skipIf(file === null)('agree with the samples of the C++ vectors', () => {
    expect(file?.crc32c_samples.length).toBe(6);
    for (const { key, seed, crc: expected } of file?.crc32c_samples ?? []) {
      expect(crc32cStep(BigInt(key), BigInt(seed))).toBe(expected);
    }
  });
});
