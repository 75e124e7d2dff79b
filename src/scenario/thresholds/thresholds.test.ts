import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aggregatesOf, metricNames, metricOf } from '../../base/thresholds/threshold-metrics.ts';
import { thresholdText } from '../../base/thresholds/threshold-text.ts';
import { operators, type Selector, type Threshold } from '../../base/thresholds/threshold-types.ts';
import { faultsOf } from '../faults-fixture.ts';
import { typedThresholds } from './read-thresholds.ts';

const never = { abortOnFail: false, delayAbortEvalMs: 0 } as const;
/** A value that no quotes hold has quotes of both kinds in it. */
const named = fc
  .string({ minLength: 1, maxLength: 12, unit: fc.constantFrom(...Array.from('ab/:,{}+@ "\'é')) })
  .filter((text) => !(text.includes('"') && text.includes("'")));

const anyTags = fc.record(
  {
    operation: named,
    kind: fc.constantFrom('read' as const, 'write' as const),
    shard: fc.nat(9999),
    strategy: named,
  },
  { requiredKeys: [] },
);

const anySelector: fc.Arbitrary<Selector> = fc
  .tuple(fc.constantFrom(...metricNames), anyTags)
  .map(([metric, tags]) => {
    const allowed = Object.entries(tags).filter(([name]) =>
      metricOf(metric).tags.some((each) => each === name),
    );
    return { metric, tags: Object.fromEntries(allowed) };
  });

const anyThreshold: fc.Arbitrary<Threshold> = fc
  .tuple(
    anySelector,
    fc.nat(),
    fc.integer({ min: 1, max: 999_999 }),
    fc.constantFrom(...operators),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  )
  .map(([selector, place, percent, operator, limit]) => {
    const names = aggregatesOf(selector.metric, selector.tags.shard !== undefined);
    const name = names[place % names.length] ?? 'value';
    const percentile = name === 'p' ? percent / 10_000 : null;
    // Minus zero is written as zero.
    return Object.assign({}, selector, never, {
      aggregate: { name, percentile },
      operator,
      limit: limit + 0,
    });
  });

test('what is printed is read again as it was', () => {
  fc.assert(
    fc.property(anyThreshold, (threshold) => {
      const problems: string[] = [];
      const [read] = typedThresholds([thresholdText(threshold)], {}, problems);
      expect(problems).toEqual([]);
      expect(read).toEqual(threshold);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['response_ms:p(99)<50', { limit: 50, operator: '<' }],
  ['response_ms : p( 99.9 ) <= 1.5s ', { limit: 1500, operator: '<=' }],
  ['service_ms{shard:2}: med===2ms', { limit: 2, operator: '==' }],
  ['errors: rate<0.7%', { limit: 0.007 }],
  ['errors: rate!=1e-3', { limit: 0.001, operator: '!=' }],
  [`response_ms{strategy:'a,b',operation:x}: avg>0`, { tags: { strategy: 'a,b', operation: 'x' } }],
  [
    'response_ms{ strategy: tenant_id/ring:150 }: min>0',
    { tags: { strategy: 'tenant_id/ring:150' } },
  ],
])('%s', (text, expected) => {
  const problems: string[] = [];
  expect(typedThresholds([text], {}, problems)[0]).toMatchObject(expected);
  expect(problems).toEqual([]);
});

const head = 'name: x\nrate: 800/s\nstrategies: [{ key: tenant_id, router: jump }]\nthresholds:\n';
const p99 = "['p(99)<50']";

describe('what is wrong with limits, all at once', () => {
  test.each<readonly [string, readonly string[]]>([
    [
      `  respnse_ms: ${p99}\n  'errors{op:a}': ['rate<1']\n`,
      [
        '5:3: thresholds.respnse_ms: found "respnse_ms"; did you mean response_ms? allowed:\n' +
          '  response_ms, service_ms, queue_wait_ms, schedule_lag_ms, write_qps,\n' +
          '  read_qps, accepted_qps, errors, dropped, fan_out, scatter, rows, bytes',
        '6:3: thresholds.errors{op:a}: tag: found "op"; allowed: operation, kind, shard, ' +
          'strategy (errors)',
      ],
    ],
    [
      `  'response_ms{operation:place_ordr,shard:4}': ${p99}\n`,
      [
        '5:3: thresholds.response_ms{operation:place_ordr,shard:4}: tag operation: found ' +
          '"place_ordr"; allowed: place_order, change_status, recent_orders, user_orders, ' +
          'order_by_id, summary; did you mean place_order?',
        '5:3: thresholds.response_ms{operation:place_ordr,shard:4}: tag shard: found "4"; ' +
          'allowed: the number of a shard, from 0 to 3',
      ],
    ],
    [
      `  'response_ms{strategy:tenant_id/jmp}': ${p99}\n`,
      [
        '5:3: thresholds.response_ms{strategy:tenant_id/jmp}: tag strategy: found ' +
          '"tenant_id/jmp"; allowed: single, tenant_id/jump; did you mean tenant_id/jump?',
      ],
    ],
    [
      "  response_ms: [p99<50, 'mean<x', { threshold: 'p(99)', abortOnFail: 1 }]\n" +
        '  rows: value<1\n',
      [
        '5:17: thresholds.response_ms[0]: found "p99"; allowed: avg, min, med, max, p(N), N ' +
          'above 0 and below 100 (response_ms); did you mean p(99)?',
        '5:25: thresholds.response_ms[1]: found "mean"; allowed: avg, min, med, max, p(N), N ' +
          'above 0 and below 100 (response_ms)',
        '5:25: thresholds.response_ms[1]: found "x"; allowed: a number of milliseconds, such ' +
          'as 50 or 50ms',
        '5:70: thresholds.response_ms[2].abortOnFail: found 1; allowed: true or false',
        '6:9: thresholds.rows: found "value<1"; allowed: a list of one or more expressions ' +
          'such as p(99)<50',
      ],
    ],
    [
      "  'write_qps{shard:1}': ['max_over_mean<2']\n  'errors{}': ['rate<1']\n",
      [
        '5:26: thresholds.write_qps{shard:1}[0]: found "max_over_mean"; allowed: value ' +
          '(write_qps of one shard)',
        '6:3: thresholds.errors{}: found "{}"; allowed: tags and their values, such as ' +
          '{operation:place_order,shard:2}',
      ],
    ],
  ])('%s', (part, faults) => {
    expect(faultsOf(head + part).join('\n')).toBe(faults.join('\n'));
  });
});
