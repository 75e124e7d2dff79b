import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GrowthDocument } from '../result/growth-document.ts';
import { parseGrowthDocument } from '../result/growth-parse.ts';
import { scratch, shardlab } from './shardlab-fixture.ts';

/** A folder with a scenario and, where it was grown, what came of it. */
export async function grown(scenario: string, ...args: string[]) {
  const cwd = scratch();
  writeFileSync(join(cwd, 's.yaml'), scenario);
  const ended = await shardlab(['grow', 's.yaml', '--out', 'out', ...args], { cwd });
  return { cwd, ...ended };
}

export const documentIn = (cwd: string): GrowthDocument =>
  parseGrowthDocument(readFileSync(join(cwd, 'out', 'growth.json'), 'utf8'), 'growth.json');

/** Sentences without the line breaks of a terminal. */
export const unfolded = (text: string): string => text.replaceAll(/\s+/g, ' ');
