import { expect, test } from 'vitest';
import { finding } from './finding.ts';
import { sampleGrowth } from '../testing/sample-growth.ts';
import { formatGrowthDocument, parseGrowthDocument } from './growth-parse.ts';

test('a document is read back as it was written', () => {
  const document = sampleGrowth();
  expect(parseGrowthDocument(formatGrowthDocument(document), 'g.json')).toStrictEqual(document);
});

test.each([
  ['{', 'g.json is not JSON: '],
  ['{}', 'g.json is not a document of shardlab: it has no "schema"'],
  [
    '{ "schema": "shardlab/growth/v3" }',
    'g.json: schema is "shardlab/growth/v3"; known: shardlab/growth/v2, shardlab/growth/v1',
  ],
  ['{ "schema": "shardlab/growth/v1", "name": 3 }', 'g.json has '],
])('%s', (text, message) => {
  expect(() => parseGrowthDocument(text, 'g.json')).toThrow(message);
});

test('what is wrong is named by its place in the document', () => {
  const { capacity, ...rest } = sampleGrowth();
  const damaged = { ...rest, capacity: [{ ...capacity[0], capacityQps: -1 }] };
  expect(() => parseGrowthDocument(JSON.stringify(damaged), 'g.json')).toThrow(
    /capacity\[0\]\.capacityQps: .* \(found -1\)/,
  );
});

test('a document of version 1, which has sentences where there are findings now, is read', () => {
  const document = sampleGrowth();
  const { recommendation, largestTenants, oneInstance } = document;
  const { advice, ...recommended } = recommendation;
  const older = {
    ...document,
    schema: 'shardlab/growth/v1',
    recommendation: { ...recommended, text: advice },
    largestTenants: largestTenants.map(({ limit, ...rest }) =>
      Object.assign(rest, { text: limit }),
    ),
    oneInstance: {
      ...oneInstance,
      limits: oneInstance.limits.map(({ meaning, ...rest }) =>
        Object.assign(rest, { text: meaning }),
      ),
    },
  };
  // What the samples say is text only.
  const text = JSON.stringify(older, (_, value: unknown) => {
    const found = finding.safeParse(value);
    return found.success ? found.data.text : value;
  });
  expect(text).not.toContain('text-only');
  expect(parseGrowthDocument(text, 'g.json')).toStrictEqual(document);
});
