import { describe, expect, it } from 'vitest';
import { buildRouter, routerProblems } from '../build-router.ts';
import { knownKeys, ownDefinition, shardsOf, tenantTexts, topologyOf } from '../fixtures.suite.ts';
import { type OwnRouter, readOwnRouter } from './own-router.ts';

const file = './mine.ts';
const keys = knownKeys('text', tenantTexts(300));

/** What a file exports, and the beginnings of what is wrong with it. */
const wrongExports: readonly (readonly [unknown, readonly (string | RegExp)[]])[] = [
  [undefined, ['has no default export; write export default { build: ']],
  [null, ['exports null as default; allowed: an object, such as export default']],
  [() => 0, ['exports a function as default; allowed: an object']],
  [{}, ['has a default export whose build is wrong; allowed: a function']],
  [
    { build: () => 0, traits: { monoton: true, hashes: 1 }, keyTypes: ['int'], summary: 3 },
    [
      'has a default export whose summary is wrong; allowed: a text',
      'has a default export whose traits.hashes is wrong; allowed: true or false',
      'has a default export with an unknown traits.monoton; allowed: monotone, weighted',
      'has a default export whose keyTypes.0 is wrong; allowed: one of text, int8, uuid, composite',
    ],
  ],
  [
    { build: () => 0, trait: {} },
    [/an unknown trait; allowed: name, summary, traits, .*; did you mean traits\?$/],
  ],
  [
    { build: () => 0, parameter: { name: 'v', default: 1, min: 0.5, max: 3 } },
    ['has a default export whose parameter.min is wrong; allowed: a whole number'],
  ],
];

describe('what a file exports', () => {
  it.each(wrongExports)('%o', (exported, problems) => {
    const read = readOwnRouter(exported, file);
    const found = 'problems' in read ? read.problems : [];
    expect(found).toHaveLength(problems.length);
    for (const [i, problem] of problems.entries()) expect(found[i]).toMatch(problem);
  });

  it('says whether a build may remember', () => {
    const remembers = (build: OwnRouter['build']): unknown => readOwnRouter({ build }, file);
    expect(remembers(() => 0)).toMatchObject({ remembers: false });
    expect(remembers((_, __, previous) => previous)).toMatchObject({ remembers: true });
  });
});

it('asks the file what it expects to move, and guards that too', () => {
  const expected = { meanFraction: 0.5, sdFraction: 0.1, of: 'keys', formula: 'half' } as const;
  const definition = ownDefinition(
    {
      build: () => () => 0,
      expectedMovement(path) {
        if (path.length > 2) throw new Error('too far');
        return expected;
      },
    },
    file,
  );
  const [two, three] = [topologyOf(2), topologyOf(3)];
  expect(definition.expectedMovement?.([two, three], 0, null)).toBe(expected);
  expect(() => definition.expectedMovement?.([two, three, two], 0, null)).toThrow(
    './mine.ts does not say how many keys move: Error: too far',
  );
  expect('expectedMovement' in ownDefinition({ build: () => () => 0 }, file)).toBe(false);
});

describe('a spec with a definition of its own', () => {
  const definition = ownDefinition(
    {
      traits: { hashes: true },
      parameter: { name: 'steps', default: 3, min: 1, max: 9 },
      build:
        ({ shardCount }, { parameter }) =>
        () =>
          (parameter ?? 0) % shardCount,
    },
    file,
  );
  const spec = { router: file, parameter: 5, hash: null, salt: '', definition };

  it('is built by it', () => {
    const router = buildRouter(spec, topologyOf(3), 'text', keys);
    expect(new Set(shardsOf(router, keys))).toEqual(new Set([2]));
  });

  it('has problems as any other router has', () => {
    const problems = routerProblems(
      { ...spec, parameter: 10, hash: 'identity', settings: {} },
      topologyOf(3),
      'int8',
    );
    expect(problems).toEqual([
      './mine.ts:10 is not allowed; steps must be a whole number from 1 to 9',
      './mine.ts also hashes texts, but the hash identity takes integers only',
      './mine.ts takes no settings',
    ]);
  });
});
