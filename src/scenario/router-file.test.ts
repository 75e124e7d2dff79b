import { describe, expect, it } from 'vitest';
import { UserError } from '../base/user-error.ts';
import { parseScenario } from './parse.ts';
import { isRouterFile, meantFile, routerLabels, splitRouter } from './router-file.ts';
import { routerFiles } from './router-files.ts';
import type { ScenarioVocabulary } from './vocabulary.ts';
import { vocabularyFixture } from './vocabulary-fixture.ts';

it.each([
  ['./mine.ts', true],
  ['../mine.ts', true],
  ['/srv/mine.ts', true],
  ['mine.ts', false],
  ['jump', false],
  ['.../mine.ts', false],
])('%s is a path: %s', (router, is) => {
  expect(isRouterFile(router)).toBe(is);
});

it.each([
  ['ring:150', 'ring', '150'],
  ['ring:1:2', 'ring', '1:2'],
  ['ring', 'ring', undefined],
  ['./mine.ts:3', './mine.ts', '3'],
  ['/a:b/mine.ts', '/a:b/mine.ts', undefined],
  ['/a:b/mine.ts:', '/a:b/mine.ts', ''],
])('takes %s apart', (written, name, asked) => {
  expect(splitRouter(written)).toEqual({ name, asked });
});

it('guesses the path of a file named alone', () => {
  expect(['mine.ts', 'mine.mjs', 'mine', 'jump'].map(meantFile)).toEqual([
    './mine.ts',
    './mine.mjs',
    undefined,
    undefined,
  ]);
});

it('finds the files that a scenario names, whatever else is wrong with it', () => {
  const text = 'strategies: [{ router: ./a.ts:3 }, 7, { router: jump }, { router: ./a.ts }, {}]';
  expect(routerFiles(text, 'x.yaml')).toEqual(['./a.ts']);
  for (const none of ['', 'a: 1', 'strategies: 3', '[]'])
    expect(routerFiles(none, 'x')).toEqual([]);
});

it('labels files by their names where these are distinct', () => {
  const labels = routerLabels(['./a/mine.ts', './b/mine.ts', '../other.ts:3', 'jump']);
  expect([...labels.values()]).toEqual(['./a/mine.ts', './b/mine.ts', 'other.ts:3', 'jump']);
});

describe('a scenario with routers of its own', () => {
  const all = ['text', 'int8', 'uuid'] as const;
  const vocabulary: ScenarioVocabulary = {
    ...vocabularyFixture,
    routers: [
      ...vocabularyFixture.routers,
      {
        name: './mine.ts',
        parameter: { name: 'steps', default: 3, min: 1, max: 9 },
        hashes: true,
        keyTypes: all,
      },
      { name: './plain.ts', parameter: null, hashes: false, keyTypes: all },
    ],
    unusable: new Map([['../gone.ts', 'does not exist (looked for /srv/gone.ts)']]),
  };
  const parse = (...strategies: string[]) =>
    parseScenario(
      `name: x\nrate: 1/s\nstrategies:\n${strategies.map((each) => `  - ${each}\n`).join('')}`,
      'x.yaml',
      vocabulary,
    );

  it('names strategies by the files', () => {
    const { strategies } = parse(
      '{ key: tenant_id, router: ./mine.ts }',
      '{ key: tenant_id, router: "./mine.ts:5", hash: md5 }',
      '{ key: tenant_id, router: ./plain.ts }',
    );
    expect(
      strategies.map(({ name, router, parameter, hash }) => [name, router, parameter, hash]),
    ).toEqual([
      ['tenant_id/mine.ts', './mine.ts', null, 'xxh64'],
      ['tenant_id/mine.ts:5', './mine.ts', 5, 'md5'],
      ['tenant_id/plain.ts', './plain.ts', null, null],
    ]);
  });

  it('reports what is wrong with them, and where', () => {
    const failure = (): unknown =>
      parse(
        '{ key: tenant_id, router: ../gone.ts }',
        '{ key: tenant_id, router: "./mine.ts:10" }',
        '{ key: tenant_id, router: ./plain.ts, hash: md5 }',
        '{ key: tenant_id, router: mine.ts }',
      );
    expect(failure).toThrow(UserError);
    expect(failure).toThrow(
      [
        'x.yaml:4:31: strategies[0].router: ../gone.ts does not exist (looked for /srv/gone.ts)',
        'x.yaml:5:31: strategies[1].router: found "./mine.ts:10"; allowed: ./mine.ts:1 to ' +
          './mine.ts:9 (steps)',
        'x.yaml:6:49: strategies[2].hash: ./plain.ts does not hash its keys; allowed: no ' +
          'hash (found "md5")',
        'x.yaml:7:31: strategies[3].router: found "mine.ts"',
      ].join('\n'),
    );
    expect(failure).toThrow('did you mean ./mine.ts?');
  });
});
