import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RoutedKeyType } from '../../base/keys.ts';
import { buildRouter, routerProblems, type RouterSpec } from '../build-router.ts';
import { keyTexts, knownKeys, shardsOf, topologyOf } from '../fixtures.suite.ts';

const specOf = (settings: unknown): RouterSpec => ({
  router: 'list',
  parameter: null,
  hash: null,
  salt: '',
  settings,
});
const geo = { lists: { 0: ['eu'], 1: ['us', 'ca'] }, default: 2 };

const built = (settings: unknown, shardCount: number, keys = knownKeys('text', [])) =>
  buildRouter(specOf(settings), topologyOf(shardCount), keys.type, keys);

describe('list', () => {
  it('places what is listed, and the rest on the default', () => {
    const keys = knownKeys('text', ['eu', 'us', 'ca', 'ap', '', 'EU']);
    expect(shardsOf(built(geo, 3, keys), keys)).toEqual([0, 1, 1, 2, 2, 2]);
  });

  it('takes whole numbers as YAML has them, and UUIDs of any case', () => {
    const numbers = knownKeys('int8', ['-1', '7', '9223372036854775807', '8']);
    const settings = { lists: { 1: [7, -1], 0: ['9223372036854775807'] }, default: 2 };
    expect(shardsOf(built(settings, 3, numbers), numbers)).toEqual([1, 1, 0, 2]);
    const id = '6BA7B810-9DAD-11D1-80B4-00C04FD430C8';
    const uuids = knownKeys('uuid', [id]);
    expect(shardsOf(built({ lists: { 1: [id] }, default: 0 }, 2, uuids), uuids)).toEqual([1]);
  });

  it('agrees with a Map on any lists and keys', () => {
    const texts = fc.uniqueArray(keyTexts.text, { minLength: 1, maxLength: 40 });
    const property = fc.property(texts, fc.integer({ min: 1, max: 6 }), fc.nat(), (all, n, cut) => {
      const listed = new Map(all.slice(0, 1 + (cut % all.length)).map((text, i) => [text, i % n]));
      const lists: Record<string, string[]> = {};
      for (const [text, shard] of listed) (lists[shard] ??= []).push(text);
      const keys = knownKeys('text', all);
      const fallback = cut % n;
      const expected = all.map((text) => listed.get(text) ?? fallback);
      expect(shardsOf(built({ lists, default: fallback }, n, keys), keys)).toEqual(expected);
    });
    fc.assert(property, { seed: 31, numRuns: 200 });
  });

  it('moves nothing when shards are added under the same lists, and says which stay empty', () => {
    const keys = knownKeys('text', ['eu', 'us', 'ca', 'ap']);
    const grown = built(geo, 5, keys);
    expect(shardsOf(grown, keys)).toEqual(shardsOf(built(geo, 3, keys), keys));
    expect(grown.warnings).toEqual(['the settings of list give no keys to the shards 3, 4']);
  });

  it('without a default refuses known values that are in no list', () => {
    const { default: _, ...strict } = geo;
    const keys = knownKeys('text', ['eu', 'x1', 'x2', 'x3', 'x4', 'x5', 'x6']);
    expect(() => built(strict, 2, keys)).toThrow(
      'list has no shard for the values "x1", "x2", "x3", "x4", "x5", ... (6 in all)',
    );
    const router = built(strict, 2, knownKeys('text', ['ca', 'eu']));
    expect(shardsOf(router, knownKeys('text', ['us']))).toEqual([1]);
    expect(() => shardsOf(router, knownKeys('text', ['ap']))).toThrow(
      'list has no shard for the value "ap"',
    );
  });
});

describe('settings of list', () => {
  const cases: [unknown, RoutedKeyType, string[]][] = [
    [
      undefined,
      'text',
      [
        'list needs settings such as { lists: { 0: [eu], 1: [us, ca] }, default: 2 }; ' +
          'found nothing',
      ],
    ],
    [['eu'], 'text', [expect.stringContaining('found ["eu"]')]],
    [
      { list: { 0: ['a'] } },
      'text',
      [
        'list has no setting "list" (did you mean lists?); it has lists, default',
        expect.stringContaining('lists is nothing; it must map shards to their values'),
      ],
    ],
    [
      { lists: { 3: ['a'], x: ['b'], 0: [], 1: 'us' }, default: 7 },
      'text',
      [
        'lists.0 is []; it must be a list of one or more values',
        'lists.1 is "us"; it must be a list of one or more values',
        'lists: "3" is not a shard; the shards are 0 to 2',
        'lists: "x" is not a shard; the shards are 0 to 2',
        'default: 7 is not a shard; the shards are 0 to 2',
      ],
    ],
    [
      { lists: { 0: ['eu', 'eu'], 1: ['eu', 5, null] } },
      'text',
      [
        'lists.0: "eu" is twice in lists.0; each value has one shard only',
        'lists.1: "eu" is also in lists.0; each value has one shard only',
        'lists.1 holds 5; the values of text keys must be texts, in quotes',
        'lists.1 holds nothing; the values of text keys must be texts, in quotes',
      ],
    ],
    [
      { lists: { 0: [1.5, 'x', 2 ** 60] } },
      'int8',
      [
        'lists.0 holds 1.5; the values of int8 keys must be whole numbers (large ones in quotes)',
        'lists.0 holds "x", which is not a whole number in plain decimal digits',
        expect.stringContaining('lists.0 holds 1152921504606847000; the values of int8 keys'),
      ],
    ],
    [{ lists: { 0: ['eu'] } }, 'uuid', [expect.stringContaining('is not a UUID')]],
  ];
  it.each(cases)('refuses %j for %s keys', (settings, type, problems) => {
    expect(routerProblems(specOf(settings), topologyOf(3), type)).toEqual(problems);
  });
});
