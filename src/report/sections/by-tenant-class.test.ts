import { expect, test } from 'vitest';
import { fact } from '../../result/finding.ts';
import type { TenantClassResult } from '../../result/tenant-class.ts';
import type { RunResult } from '../../result/types.ts';
import { responseAround } from '../../testing/sample-cell-plans.ts';
import { sampleResult } from '../../testing/sample-result.ts';
import { worded } from '../../wording/worded.ts';
import { documentMarkdown, markdownReport } from '../markdown.ts';
import { terminalTable } from '../terminal.ts';
import { byTenantClassSections } from './by-tenant-class.ts';

const classOf = (name: TenantClassResult['class'], ms: number, count: number) => ({
  class: name,
  tenants: 3,
  arrivals: count,
  ok: count,
  responseMs: responseAround(ms, count),
  singleShardMs: responseAround(ms / 2, count),
});

/** In the first cell all tenants are beside the largest, in the second some are elsewhere. */
function sample(): RunResult {
  const result = sampleResult();
  const classes: TenantClassResult[] = [
    { ...classOf('largest', 8, 4000), shards: [2] },
    classOf('rest-of-top-1-percent', 4, 500),
    classOf('others-beside-largest', 8, 5500),
  ];
  const cells = result.cells.map((cell, index) => {
    if (index === 0) return { ...cell, tenantClasses: classes };
    if (index > 1) return cell;
    return { ...cell, tenantClasses: [...classes, classOf('others-elsewhere', 2, 10_000)] };
  });
  return { ...result, cells };
}

test('each class of each strategy, with its share and its times', () => {
  const sections = byTenantClassSections(sample());
  const text = documentMarkdown({ title: '', subtitle: '', facts: [], sections });
  const rows = text.split('\n').filter((line) => /largest|others|top 1 %/.test(line));
  expect(rows.slice(1).map((row) => row.split(' | ').slice(1, 5).join(' | '))).toEqual([
    'largest (shard 2) | 3 | 40 % | 0',
    'rest of the top 1 % | 3 | 5 % | 0',
    'others, all beside the largest | 3 | 55 % | 0',
    'largest (shard 2) | 3 | 20 % | 0',
    'rest of the top 1 % | 3 | 2.5 % | 0',
    'others, beside the largest | 3 | 27.5 % | 0',
    'others, elsewhere | 3 | 50 % | 0',
  ]);
  expect(rows[1]).toMatch(/^\| single \|.* 8\.00 \|.* 4\.00 \|/);
  // Of 500 no p99 is known.
  expect(rows[2]).toContain('—');
  expect(markdownReport(sample())).toContain('## By class of tenant');
});

test('without classes there is no section, and equal tenants are said to be equal', () => {
  const result = sampleResult();
  expect(byTenantClassSections(result)).toEqual([]);
  const said = 'no tenant is larger than another';
  expect(markdownReport(result)).not.toContain(said);
  const asked = { ...result.tenants.asked, top1: 1 / result.tenants.count };
  const even = { ...result, tenants: { ...result.tenants, asked } };
  expect(markdownReport(even)).toContain(said);
});

test('the terminal has the worst neighbourhood alone', () => {
  const waiting = (strategy: string, besideMsP99: number) =>
    worded(
      fact('neighbours-of-largest-wait', {
        severity: 'warning',
        numbers: {
          shardsWithLargest: 1,
          shard: 2,
          largestTenants: 1,
          besideMsP99,
          elsewhereMsP99: 10,
        },
        names: { strategy },
      }),
    );
  const findings = [waiting('tenant_id/mod', 20), waiting('tenant_id/jump', 60)];
  const wide = { width: 300, colour: false };
  const text = terminalTable({ ...sample(), findings }, wide).replaceAll(/\s+/g, ' ');
  expect(text).toContain(findings[1]?.text);
  expect(text).not.toContain(findings[0]?.text);
});
