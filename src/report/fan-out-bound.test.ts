import { expect, test } from 'vitest';
import type { RunResult } from '../result/types.ts';
import { sampleResult } from '../testing/sample-result.ts';
import { htmlReport } from './html.ts';
import { markdownReport } from './markdown.ts';

const bound = 'a lower bound: no network between, one machine';

test('beside the cost of asking all shards stands that it is a lower bound', async () => {
  const markdown = markdownReport(sampleResult());
  expect(markdown).toContain(`straggler, ${bound}`);
  expect(markdown).toMatch(new RegExp(String.raw`take .*×.* as those on one.* \(${bound}\)`));
  expect((await htmlReport(sampleResult())).split(bound).length).toBeGreaterThan(2);
});

test('not on machines of their own, and not in virtual time', () => {
  const result = sampleResult();
  const environment = { ...result.environment, fleet: 'urls' };
  const others: RunResult[] = [
    { ...result, environment },
    { ...result, source: 'simulated' },
  ];
  for (const other of others) expect(markdownReport(other)).not.toContain(bound);
});
