import { expect, test } from 'vitest';
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
    '{ "schema": "shardlab/growth/v2" }',
    'g.json: schema is "shardlab/growth/v2"; known: shardlab/growth/v1',
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
