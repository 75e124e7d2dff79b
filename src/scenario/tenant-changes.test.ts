import { expect, test } from 'vitest';
import { tinyScenario } from '../testing/tiny-scenario.ts';
import { faultsOf } from './faults-fixture.ts';
import { overrideScenario } from './overrides.ts';
import { parseScenario } from './parse.ts';
import { vocabularyFixture } from './vocabulary-fixture.ts';

const rest = 'name: x\nrate: 800/s\nstrategies: [{ key: tenant_id, router: jump }]\n';
const closed = 'loop: { clients: 4 }\n';

test.each([
  ['{ zipf: 0.99, count: 100, join: 20, leave: 5 }', { join: 20, leave: 5 }],
  ['{ uniform: true, count: 100, join: 20 }', { join: 20 }],
  ['{ file: t.csv, id: tenant, weight: w, leave: 5000 }', { leave: 5000 }],
])('%s', (tenants, expected) => {
  const text = `${rest}tenants: ${tenants}\n`;
  expect(parseScenario(text, 's.yaml', vocabularyFixture).tenants).toMatchObject(expected);
});

test('where nobody joins or leaves, nothing says so', () => {
  for (const tenants of ['{ zipf: 0.99, count: 100 }', '{ uniform: true, count: 100 }']) {
    const parsed = parseScenario(`${rest}tenants: ${tenants}\n`, 's.yaml', vocabularyFixture);
    expect(Object.keys(parsed.tenants)).not.toContain('join');
    expect(Object.keys(parsed.tenants)).not.toContain('leave');
  }
});

test.each([
  [
    '{ zipf: 0.99, count: 100, join: 60, leave: 40 }\n',
    [
      '4:42: tenants.join: found 60 that join and 40 that leave, of 100; ' +
        'allowed: fewer than 100 together, so that one is always there',
    ],
  ],
  [
    '{ hotspot: 30%, hot: 1, count: 10, leave: 10 }\n',
    [
      '4:52: tenants.leave: found 0 that join and 10 that leave, of 10; ' +
        'allowed: fewer than 10 together, so that one is always there',
    ],
  ],
  [
    '{ zipf: 0.99, count: 100, join: 0 }\n',
    ['4:42: tenants.join: found 0; allowed: a whole number from 1 to 9,999,999'],
  ],
  [
    '{ zipf: 0.99, count: 100, join: 20% }\n',
    ['4:42: tenants.join: found "20%"; allowed: a whole number from 1 to 9,999,999'],
  ],
  [
    `{ zipf: 0.99, count: 100, leave: 3 }\n${closed}`,
    [
      '4:43: tenants.leave: found tenants that join or leave, but a closed loop has no schedule; ' +
        'allowed: neither join nor leave in a closed loop',
    ],
  ],
])('tenants: %s', (tenants, expected) => {
  expect(faultsOf(`${rest}tenants: ${tenants}`)).toEqual(expected);
});

test('--tenants leaves one who is always there', () => {
  const tenants = { ...tinyScenario().tenants, join: 20, leave: 10 };
  const scenario = tinyScenario({ tenants });
  expect(overrideScenario(scenario, { tenants: '31' }).tenants).toMatchObject({ count: 31 });
  expect(() => overrideScenario(scenario, { tenants: '30' })).toThrow(
    '--tenants: found 20 that join and 10 that leave, of 30; ' +
      'allowed: fewer than 30 together, so that one is always there',
  );
});
