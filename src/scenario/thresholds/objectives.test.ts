import { describe, expect, test } from 'vitest';
import type { Threshold } from '../../base/thresholds/threshold-types.ts';
import { thresholdText } from '../../base/thresholds/threshold-text.ts';
import { assumedObjective, objectivesAmong, readObjectives } from './objectives.ts';

const known = { operations: ['place_order', 'summary'], strategies: ['tenant_id/jump'], shards: 4 };

function read(text: string): { readonly texts: string[]; readonly problems: string[] } {
  const problems: string[] = [];
  const texts = readObjectives([text], known, problems).map(thresholdText);
  return { texts, problems };
}

test.each([
  ['p(99)<50ms', 'response_ms: p(99)<50'],
  [' p(99.9) <= 0.2s ', 'response_ms: p(99.9)<=200'],
  ['response_ms{operation:place_order}: p(95)<20', 'response_ms{operation:place_order}: p(95)<20'],
  ['errors: rate<0.1%', 'errors: rate<0.001'],
  [assumedObjective, assumedObjective],
])('%s is read as %s', (text, expected) => {
  expect(read(text)).toEqual({ texts: [expected], problems: [] });
});

describe('what cannot be an objective', () => {
  test.each([
    ['p99<50ms', /p\(99\)/],
    ['respons_ms: p(99)<50', /response_ms/],
    ['response_ms{operation:plce_order}: p(99)<50', /place_order/],
    ['write_qps: max_over_mean<1.5', /get worse as the rate rises/],
    ['response_ms{strategy:tenant_id/jump}: p(99)<5', /--strategy/],
    ['p(99)>50ms', /only < or <=/],
    ['p(99)<0', /a time above 0/],
    ['p(99)<50qps', /milliseconds/],
    ['fast', /metric/],
  ])('%s', (text, expected) => {
    const { texts, problems } = read(text);
    expect(texts).toEqual([]);
    expect(problems.join('\n')).toMatch(expected);
    expect(problems.join('\n')).toContain(`--objective '${text}': `);
  });
});

const changed =
  (changes: Partial<Threshold>) =>
  (limit: Threshold): Threshold => ({ ...limit, ...changes });

test('of the limits of a scenario those that follow from the rate are objectives', () => {
  const problems: string[] = [];
  const of = (text: string) => readObjectives([text], known, problems);
  const limits = [
    ...of('p(99)<50'),
    ...of('errors: rate<1%').map(changed({ tags: { strategy: 'tenant_id/jump' } })),
    ...of('p(95)<9').map(changed({ metric: 'schedule_lag_ms' })),
    ...of('dropped: count<=0').map(changed({ operator: '==' })),
  ];
  expect(objectivesAmong(limits).map(thresholdText)).toEqual(['response_ms: p(99)<50']);
});
