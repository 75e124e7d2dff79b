import { writeFile } from 'node:fs/promises';
import { scenarioJsonSchema } from './scenario-json-schema.ts';
import { scenarioNames } from '../src/study/scenario/vocabulary.ts';

const target = new URL('../scenarios/scenario.schema.json', import.meta.url);

/** The committed file; a test compares the two. */
export function schemaText(): string {
  return `${JSON.stringify(scenarioJsonSchema(scenarioNames()), null, 2)}\n`;
}

if (import.meta.main) await writeFile(target, schemaText());
