import { describe, expect, it } from 'vitest';
import { range } from './range.ts';
import {
  buildFor,
  countsOf,
  knownKeys,
  movedFraction,
  shardsOf,
  tenantTexts,
} from '../fixtures.suite.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('range', () => {
  it('orders integers by value, negative ones first', () => {
    const keys = knownKeys('int8', ['10', '-5', '9', '-9223372036854775808', '256', '4294967296']);
    expect(shardsOf(buildFor(range, 3, keys), keys)).toEqual([1, 0, 1, 0, 2, 2]);
  });

  it('orders text by its UTF-8 bytes, not by UTF-16', () => {
    // U+FF5E is EF BD 9E and U+1F600 is F0 9F 98 80, but in UTF-16 D83D comes before FF5E.
    const keys = knownKeys('text', ['😀', '～']);
    expect(shardsOf(buildFor(range, 2, keys), keys)).toEqual([1, 0]);
  });

  it('cuts at quantiles of the rows', () => {
    const rows = [1, 1, 1, 1, 4, 4];
    const keys = knownKeys('text', ['a', 'b', 'c', 'd', 'e', 'f'], (index) => rows[index] ?? 0);
    expect(shardsOf(buildFor(range, 3, keys), keys)).toEqual([0, 0, 0, 0, 1, 2]);
  });

  it('sends new keys beyond the last to the last shard', () => {
    const known = knownKeys('int8', ['1', '2', '3', '4']);
    const later = knownKeys('int8', ['5', '1000', '9223372036854775807']);
    expect(shardsOf(buildFor(range, 4, known), later)).toEqual([3, 3, 3]);
  });

  it('splits the heaviest range at its median, so one shard alone loses keys', () => {
    const keys = knownKeys(
      'int8',
      Array.from({ length: 1200 }, (_, index) => String(index)),
    );
    const before = buildFor(range, 3, keys, { weights: [1, 2, 1] });
    expect(countsOf(before, keys)).toEqual([300, 600, 300]);
    const after = buildFor(range, 4, keys, { previous: before });
    expect(countsOf(after, keys)).toEqual([300, 300, 300, 300]);
    expect(movedFraction(before, after, keys)).toBe(0.25);
  });

  it('moves 1 / 2n when one of n equal ranges is split', () => {
    const keys = knownKeys('text', tenantTexts(4000));
    const before = buildFor(range, 4, keys);
    expect(movedFraction(before, buildFor(range, 5, keys, { previous: before }), keys)).toBe(1 / 8);
  });

  it('says which shards stay empty when there are too few keys', () => {
    const keys = knownKeys('text', ['only', 'two']);
    const router = buildFor(range, 4, keys);
    expect(countsOf(router, keys)).toEqual([1, 1, 0, 0]);
    expect(router.warnings).toEqual([
      'range leaves shards without keys (2, 3): too few distinct keys to split',
    ]);
  });

  it('visits no shard for a range that ends before it begins', () => {
    const keys = knownKeys('text', ['a', 'b', 'c']);
    const router = buildFor(range, 3, keys);
    const visited: number[] = [];
    router.routeRange?.(encode('c'), encode('a'), (shard) => visited.push(shard));
    expect(visited).toEqual([]);
    router.routeRange?.(encode('b'), encode('zz'), (shard) => visited.push(shard));
    expect(visited).toEqual([1, 2]);
  });
});
