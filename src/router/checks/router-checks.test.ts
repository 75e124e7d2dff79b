import { describe, expect, it } from 'vitest';
import { defaultKeyHash } from '../../base/hash/key-hashes.ts';
import type { Router, RouterDefinition, RouterTraits } from '../contract.ts';
import { findRouter } from '../registry.ts';
import { type CheckedRouter, knownKeys } from './checked-router.ts';
import { type CheckOutcome, routerChecks, runCheck } from './router-checks.ts';
import { keyName } from './violation.ts';

type Build = RouterDefinition['build'];
type Route = Router['route'];

const jump = findRouter('jump');

function definitionOf(traits: Partial<RouterTraits>, build: Build): RouterDefinition {
  const none = { monotone: false, hashes: false };
  return { ...jump, name: 'broken', traits: { ...jump.traits, ...none, ...traits }, build };
}

/** Routes by a function of the topology. */
const routing =
  (routeOf: (shardCount: number, weights: readonly number[]) => Route): Build =>
  ({ shardCount, weights }) => ({ shardCount, route: routeOf(shardCount, weights) });

const onFirst = routing(() => () => 0);
let calls = 0;

/** Each breaks one promise or more. */
const broken: Readonly<Record<string, RouterDefinition>> = {
  'answers that change': definitionOf(
    {},
    routing((n) => () => (calls += 1) % n),
  ),
  'a shard too many': definitionOf(
    {},
    routing((n) => () => n),
  ),
  'the position as the key': definitionOf(
    {},
    routing((n) => (_, start) => start % n),
  ),
  'weights read late': definitionOf(
    {},
    routing((n, weights) => () => (weights[0] === 0 ? n : 0)),
  ),
  'long keys on no shard': definitionOf(
    {},
    routing((n) => (_, start, end) => (end - start > 1000 ? n : 0)),
  ),
  'high bits on no shard': definitionOf(
    {},
    routing((n) => (bytes, _, end) => ((bytes[end - 1] ?? 0) === 0x80 ? n : 0)),
  ),
  'high uuids on no shard': definitionOf(
    {},
    routing((n) => (bytes, start) => (bytes[start] === 0xff ? n : 0)),
  ),
  'mod called monotone': { ...findRouter('mod'), traits: jump.traits },
  'all to the last on shrinking': definitionOf({ monotone: true }, (topology, _, previous) => {
    const { shardCount } = topology;
    const last = shardCount - 1;
    const shrinks = previous !== undefined && previous.shardCount > shardCount;
    const route = shrinks ? () => last : () => 0;
    return { shardCount, route };
  }),
  'a removed shard that stays': {
    ...jump,
    traits: { ...jump.traits, removesAny: true, monotone: false },
  },
  'a removal that moves others': definitionOf(
    { monotone: true, removesAny: true },
    routing(
      (n, weights) => (bytes, start) =>
        weights.includes(0) ? weights.indexOf(1) : (bytes[start] ?? 0) % n,
    ),
  ),
  'all on one shard': definitionOf({ hashes: true, monotone: true, weighted: true }, onFirst),
  'weights ignored in silence': definitionOf({}, onFirst),
  'ordered without ranges': definitionOf({ ordered: true }, onFirst),
  'ranges of no shard': definitionOf({ ordered: true }, ({ shardCount }) => ({
    shardCount,
    route: () => 0,
    routeRange: () => undefined,
  })),
  'known keys read in secret': {
    ...findRouter('directory'),
    traits: { ...findRouter('directory').traits, placesKnownKeys: false },
  },
};

const subjectOf = (definition: RouterDefinition): CheckedRouter => ({
  definition,
  hash: defaultKeyHash,
  exceptions: {},
  thorough: false,
  growthKeys: 500,
});

const outcomesOf = (definition: RouterDefinition): CheckOutcome[] =>
  routerChecks.map((check) => runCheck(check, subjectOf(definition)));

const failures = Object.values(broken).flatMap((definition) =>
  outcomesOf(definition).filter(({ outcome }) => outcome === 'fails'),
);

it('names each check once', () => {
  const names = routerChecks.map(({ name }) => name);
  expect([...new Set(names)]).toEqual(names);
});

it.each(routerChecks.map(({ name }) => name))('some router fails: %s', (name) => {
  expect(failures.map(({ check }) => check)).toContain(name);
});

describe('what is found', () => {
  const reasonOf = (name: string, check: string): string =>
    outcomesOf(broken[name] ?? jump).find((each) => each.check.startsWith(check))?.reason ?? '';

  it.each([
    ['a shard too many', 'text keys go to one', /^key ".*" goes to shard (\d+) of \1$/],
    [
      'mod called monotone',
      'text keys move',
      /^key ".*" moves from shard \d+ to \d+, which is not new, when \d+ shards become \d+/,
    ],
    ['a removed shard that stays', 'a shard in the middle', /^key "tenant-\d+" is on shard \d+ of/],
    ['all on one shard', 'keys are spread', 'has 4000 of 4000 keys such as tenants have'],
    ['all on one shard', 'doubling', '0 of 4000 keys move when 8 shards become 16, but half'],
    ['all on one shard', 'another salt', '200 keys are where they were with the salt "a"'],
    ['ordered without ranges', 'it has routeRange', 'its trait "ordered" is true, but it has no'],
    [
      'ranges of no shard',
      'a range of int8',
      /visits nothing of \d+ shards, but its keys are on 0$/,
    ],
    ['weights ignored in silence', 'a router that ignores', 'it warns of ""'],
  ])('%s: %s', (name, check, reason) => {
    expect(reasonOf(name, check)).toMatch(reason);
  });

  it('names keys by their text, shortened', () => {
    const keys = knownKeys('text', ['Zoë', 'x'.repeat(100)]);
    expect(keyName(keys, 0)).toBe('key "Zoë"');
    expect(keyName(keys, 1)).toBe(`key "${'x'.repeat(60)}"... (100 characters)`);
  });
});

it('says why what does not apply does not', () => {
  const outcomes = outcomesOf(findRouter('mod'));
  expect(outcomes.filter(({ outcome }) => outcome === 'fails')).toEqual([]);
  const chain = outcomes.find(({ check }) => check.startsWith('growing by one shard at a time'));
  expect(chain).toEqual({
    check: 'growing by one shard at a time from 1 to 130 moves keys only to the new shard',
    outcome: 'does not apply',
    reason: 'its traits say that it is not monotone',
  });
});
