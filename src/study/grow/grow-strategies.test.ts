import { describe, expect, test } from 'vitest';
import { parseScenario } from '../../scenario/parse.ts';
import { grownStrategies } from './grow-strategies.ts';
import { sqlReaderFixture } from '../../sql/sql-reader-fixture.ts';
import { scenarioVocabulary } from '../scenario/vocabulary.ts';

const scenario = parseScenario(
  `name: x
rate: 1/s
strategies:
  - { key: tenant_id, router: jump, hash: md5 }
  - { key: tenant_id, router: "ring:150" }
  - { key: tenant_id, router: "ring:20" }
  - { key: order_id, router: jump }
`,
  'x.yaml',
  scenarioVocabulary(sqlReaderFixture),
);

const names = (...asked: string[]): string[] =>
  grownStrategies(scenario, asked).map(({ name }) => name);

describe('strategies to grow', () => {
  test('are those of the scenario where no router is asked for', () => {
    expect(grownStrategies(scenario, [])).toBe(scenario.strategies);
  });

  test('are those with the router, as the scenario has them', () => {
    expect(names('jump')).toEqual(['tenant_id/jump', 'order_id/jump']);
    expect(grownStrategies(scenario, ['jump'])[0]?.hash).toBe('md5');
    expect(names('ring:20')).toEqual(['tenant_id/ring:20']);
    expect(names('ring')).toEqual(['tenant_id/ring:150', 'tenant_id/ring:20']);
    expect(names('ring:20', 'ring')).toEqual(['tenant_id/ring:20', 'tenant_id/ring:150']);
  });

  test('are on every shard key where no strategy has the router', () => {
    expect(names('slots:64')).toEqual(['tenant_id/slots:64', 'order_id/slots:64']);
    expect(grownStrategies(scenario, ['directory'])[0]).toEqual({
      name: 'tenant_id/directory',
      key: 'tenant_id',
      router: 'directory',
      parameter: null,
      hash: null,
      salt: '',
    });
  });

  test('are refused with everything that is wrong', () => {
    expect(() => names('jmp', 'list')).toThrow(
      /--router: unknown router "jmp"[\s\S]*\n--router: list needs settings/,
    );
  });
});
