import { describe, expect, test } from 'vitest';
import {
  caseOf,
  count,
  given,
  head,
  scenarioOf,
  seenIn,
  touch,
} from '../../growth/growth-fixture.ts';
import { growthParts } from '../../growth/growth-parts.ts';
import type { StatedCapacity } from '../../growth/database-capacity.ts';
import { type Finding, finding } from '../../result/finding.ts';
import { worded } from '../../wording/worded.ts';
import { wordedGrowth } from './worded-growth.ts';

const strategies =
  'strategies: [{ key: tenant_id, router: directory }, { key: tenant_id, router: mod }, ' +
  '{ key: order_id, router: jump }]\n';
const hot = 'tenants: { hotspot: 40%, hot: 1, count: 300 }\n';
const skewed = 'tenants: { zipf: 1.1, count: 300 }\n';
const seen = (high: number | null): StatedCapacity => ({
  shard: { low: 250, high },
  instance: null,
  source: 'measured',
  basis: seenIn('r.json'),
});

/** Scenarios that are answered in different ways. */
const cases = [
  ['one instance that gets full', [1, hot, given(300)]],
  ['shards without a capacity', [4, skewed, null]],
  ['a lower bound', [4, skewed, seen(null)]],
  ['a bracket', [4, hot, seen(400)]],
  ['shards that are full', [4, hot, given(60)]],
  ['shards with room', [4, skewed, given(5000)]],
] as const;

function partsOf([shards, tenants, stated]: (typeof cases)[number][1]) {
  const text = head(shards, 'growth: { draws: 100, last: 24 }') + touch + count + tenants;
  return wordedGrowth(growthParts(caseOf(scenarioOf(text + strategies), [5, 16], stated, 10)));
}

function findingsIn(value: unknown): Finding[] {
  const found = finding.safeParse(value);
  if (found.success) return [found.data];
  return typeof value === 'object' && value !== null
    ? Object.values(value).flatMap(findingsIn)
    : [];
}

/** What a JSON pointer leads to. */
function at(document: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (value, part) => (value as Readonly<Record<string, unknown>> | undefined)?.[part],
      document,
    );
}

describe.each(cases)('%s', (_, asked) => {
  const parts = partsOf(asked);
  const stored: unknown = JSON.parse(JSON.stringify(parts));
  const found = findingsIn(stored);

  test('is said from codes, numbers and names alone', () => {
    expect(found.length).toBeGreaterThan(50);
    for (const { text, ...fact } of found) expect(worded(fact).text).toBe(text);
  });

  test('says nothing that is not known, and what it says lies within the document', () => {
    for (const { text, place } of found) {
      expect(text).toMatch(/\w/);
      expect(text).not.toMatch(/undefined|NaN|Infinity|unknown number(?! of months)/);
      expect(at(stored, place), place).toBeDefined();
    }
  });
});
