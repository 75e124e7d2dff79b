import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { schemaText } from './write-schema.ts';

test('the committed schema is current; if not: npm run schema', async () => {
  const committed = new URL('../scenarios/scenario.schema.json', import.meta.url);
  expect(await readFile(committed, 'utf8')).toBe(schemaText());
});
