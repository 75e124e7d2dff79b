import { describe, expect, test } from 'vitest';
import { createHistogram } from '../base/histogram.ts';
import { UserError } from '../base/user-error.ts';
import { simulationDefaults } from './defaults.ts';
import { faultsOf } from './faults-fixture.ts';
import { overrideScenario } from './overrides.ts';
import { parseScenario } from './parse.ts';
import { vocabularyFixture } from './vocabulary-fixture.ts';

const head = `name: x
rate: 800/s
tenants: { uniform: true, count: 50 }
strategies: [{ key: tenant_id, router: jump }]
`;
const parse = (text: string) => parseScenario(head + text, 's.yaml', vocabularyFixture);

const recorded = createHistogram();
recorded.record(250_000);
const base64 = recorded.encode();

test('without the part every default is filled in', () => {
  expect(parse('').simulation).toStrictEqual({
    servers: 1,
    cores: null,
    networkMs: 0,
    service: { kind: 'lognormal', meanMs: 0.3, sigma: 0.6 },
    operations: {},
    slow: [],
    quota: true,
    stalls: null,
  });
});

test('every kind of service time, by operation and for all others', () => {
  const { simulation } = parse(`simulation:
  servers: 2
  cores: 8
  network: 0.2ms
  service: { exponential: 0.5ms }
  operations:
    place_order: { constant: 1ms }
    summary: { lognormal: 2ms, sigma: 0.4 }
    recent_orders: { histogram: ${base64}, factor: 0.5 }
  slow: { 2: 1.5, 0: 3 }
  quota: false
`);
  expect(simulation.operations).toStrictEqual({
    place_order: { kind: 'constant', ms: 1 },
    summary: { kind: 'lognormal', meanMs: 2, sigma: 0.4 },
    recent_orders: { kind: 'histogram', base64, factor: 0.5 },
  });
  expect(simulation.service).toStrictEqual({ kind: 'exponential', meanMs: 0.5 });
  expect(simulation.slow).toStrictEqual([
    { shard: 0, factor: 3 },
    { shard: 2, factor: 1.5 },
  ]);
  expect([simulation.servers, simulation.cores]).toEqual([2, 8]);
  expect([simulation.networkMs, simulation.quota]).toEqual([0.2, false]);
});

test('what follows the rows of a shard, and what all shards are slow by together', () => {
  const { simulation } = parse(`simulation:
  operations: { summary: { exponential: 20ms, scan: 0.9 } }
  stalls: { sigma: 0.2, stops: { every: 30s, lasts: 200ms } }
`);
  expect(simulation.operations.summary).toStrictEqual({
    kind: 'exponential',
    meanMs: 20,
    scan: { share: 0.9, rows: null },
  });
  expect(simulation.stalls).toStrictEqual({
    sigma: 0.2,
    stops: { everyMs: 30_000, lastsMs: 200 },
  });
  expect(parse('simulation: { stalls: {} }\n').simulation.stalls).toStrictEqual({
    sigma: simulationDefaults.stallSigma,
    stops: null,
  });
});

test.each([
  ['servers: 0', '6:12: simulation.servers: found 0; allowed: a whole number from 1 to 1,000'],
  [
    'service: 3ms',
    '6:12: simulation.service: found "3ms"; allowed: { exponential: 0.5ms }, { constant: ' +
      '0.5ms }, { lognormal: 0.5ms, sigma: 0.6 } or { histogram: HISTFAAA... }',
  ],
  [
    'service: { exponential: 0s }',
    '6:27: simulation.service.exponential: found "0s"; allowed: a duration with its ' +
      'unit, such as 500ms, 15s, 2m or 1h, above zero',
  ],
  [
    'service: { histogram: HISTFAAA }',
    '6:25: simulation.service.histogram: found "HISTFAAA"; allowed: a histogram of a result ' +
      '(shards[].histograms.serviceNs): HDR, V2, compressed, base64',
  ],
  [
    'operations: { place_oder: { constant: 1ms } }',
    '6:29: simulation.operations.place_oder: found "place_oder"; allowed: place_order, ' +
      'change_status, recent_orders, user_orders, order_by_id, summary; did you mean place_order?',
  ],
  [
    'stalls: { stops: { every: 3s } }',
    '6:20: simulation.stalls.stops.lasts: found nothing; allowed: a duration with its unit, such ' +
      'as 500ms, 15s, 2m or 1h, above zero',
  ],
  [
    'service: { constant: 1ms, scan: 2 }',
    '6:35: simulation.service.scan: found 2; allowed: a share from 0 to 1',
  ],
  ['slow: { 4: 2 }', '6:14: simulation.slow.4: found 4; allowed: a shard from 0 to 3'],
  [
    'slow: { 1: 0 }',
    '6:14: simulation.slow.1: found 0; allowed: a factor, a number above 0, up to 1,000,000',
  ],
  [
    'sevice: { constant: 1ms }',
    '6:3: simulation.sevice: found an unknown key; allowed: servers, cores, network, service, ' +
      'operations, slow, quota, stalls; did you mean service?',
  ],
])('%s', (line, fault) => {
  expect(faultsOf(`${head}simulation:\n  ${line}\n`)).toEqual([fault]);
});

describe('what the command line may change', () => {
  const problemsOf = (text: string, overrides: Parameters<typeof overrideScenario>[1]) => {
    try {
      overrideScenario(parse(text), overrides);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return error.message.split('\n');
    }
    return [];
  };

  test('shards and tenants', () => {
    const { topology, tenants } = overrideScenario(parse(''), { shards: '6', tenants: '1000' });
    expect(topology.weights).toEqual([1, 1, 1, 1, 1, 1]);
    expect(topology.shards).toBe(6);
    expect(tenants).toMatchObject({ distribution: 'uniform', count: 1000 });
  });

  test('the cores that simulated shards share', () => {
    const shared = parse('simulation: { cores: 2 }\n');
    const coresOf = (cores: string) => overrideScenario(shared, { cores }).simulation.cores;
    expect([coresOf('8'), coresOf('own')]).toEqual([8, null]);
    expect(problemsOf('', { cores: 'two' })).toEqual([
      '--cores: found "two"; allowed: a whole number from 1 to 1,024, or own',
    ]);
  });

  test('all problems at once', () => {
    expect(problemsOf('', { shards: '0', tenants: 'many', rate: 'x' })).toEqual([
      '--rate: found "x"; allowed: a number per second, or a rate with its unit, such as 800/s, ' +
        '3000/m or 7200/h',
      '--shards: found "0"; allowed: a whole number from 1 to 1,024',
      '--tenants: found "many"; allowed: a whole number from 1 to 10,000,000',
    ]);
  });

  test('not shards with weights of their own, nor those that are slowed', () => {
    const own = 'topology: { shards: 2, weights: [1, 2] }\nsimulation: { slow: { 1: 2 } }\n';
    expect(problemsOf(own, { shards: '1' })).toEqual([
      "--shards: found 1, but the scenario's 2 shards have weights of their own; " +
        'allowed: --shards with equal weights only',
      "--shards: found 1, but the scenario's simulation slows shard 1",
    ]);
  });

  test('not the tenants of a file', () => {
    const file = head.replace(
      'tenants: { uniform: true, count: 50 }',
      'tenants: { file: t.csv, id: a, weight: b }',
    );
    const scenario = parseScenario(file, 's.yaml', vocabularyFixture);
    expect(() => overrideScenario(scenario, { tenants: '10' })).toThrow(
      "--tenants: the scenario's tenants come from the file t.csv; allowed: --tenants with " +
        'a distribution',
    );
  });
});
