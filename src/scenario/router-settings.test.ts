import { expect, test } from 'vitest';
import { UserError } from '../base/user-error.ts';
import { parseScenario } from './parse.ts';
import type { ScenarioVocabulary } from './vocabulary.ts';
import { vocabularyFixture } from './vocabulary-fixture.ts';

/** `list` wants a map with a shard for the key type: enough to see what reaches a reader. */
const vocabulary: ScenarioVocabulary = {
  ...vocabularyFixture,
  routers: [
    ...vocabularyFixture.routers,
    {
      name: 'list',
      parameter: null,
      hashes: false,
      keyTypes: ['text', 'int8'],
      settingsProblems: (settings, weights, keyType) =>
        settings === undefined
          ? ['list needs settings', `for ${keyType} keys on ${weights.join('+')}`]
          : Object.keys(settings ?? {}).map((name) => `no ${name} here`),
    },
  ],
};

const scenario = (...strategies: string[]): string =>
  `name: x\nrate: 1/s\nstrategies:\n${strategies.map((each) => `  - ${each}\n`).join('')}`;
const parse = (text: string) => parseScenario(text, 's.yaml', vocabulary);

function faults(text: string): string[] {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof UserError) return error.message.split('\n');
    throw error;
  }
  return [];
}

test('settings stand in the strategy as they were written', () => {
  const [list] = parse(scenario('{ key: region, router: list, settings: {} }')).strategies;
  expect(list).toEqual({
    name: 'region/list',
    key: 'region',
    router: 'list',
    parameter: null,
    hash: null,
    salt: '',
    settings: {},
  });
  const [jump] = parse(scenario('{ key: region, router: jump }')).strategies;
  expect(jump).not.toHaveProperty('settings');
});

test('strategies that differ in their settings alone are told apart', () => {
  const text = scenario(
    '{ key: region, router: list, settings: {} }',
    '{ key: region, router: list, settings: [] }',
    '{ key: user_id, router: list, settings: [] }',
  );
  expect(parse(text).strategies.map(({ name }) => name)).toEqual([
    'region/list',
    'region/list+settings2',
    'user_id/list',
  ]);
  const twice = '{ key: region, router: list, settings: {} }';
  expect(faults(scenario(twice, twice))).toEqual([
    's.yaml:5:5: strategies[1]: is the same as strategies[0]',
  ]);
});

test('what is wrong with settings is reported where they stand', () => {
  const text = scenario(
    '{ key: region, router: list, settings: { a: 1, b: 2 } }',
    '{ key: user_id, router: list }',
    '{ key: region, router: jump, settings: { a: 1 } }',
  );
  expect(faults(`${text}topology: { shards: 2, weights: [1, 3] }\n`)).toEqual([
    's.yaml:4:44: strategies[0].settings: no a here',
    's.yaml:4:44: strategies[0].settings: no b here',
    's.yaml:5:5: strategies[1].settings: list needs settings',
    's.yaml:5:5: strategies[1].settings: for int8 keys on 1+3',
    's.yaml:6:44: strategies[2].settings: jump takes no settings; allowed: none',
  ]);
});
