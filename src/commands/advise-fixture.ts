import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AdviceDocument } from '../result/advice-document.ts';
import { parseAdviceDocument } from '../result/advice-parse.ts';
import { repository, scratch, shardlab } from './shardlab-fixture.ts';

/** A shipped scenario with parts of its text exchanged, in a folder of its own. */
export function shippedWith(name: string, ...changes: readonly (readonly [string, string])[]) {
  let text = readFileSync(join(repository, 'scenarios', `${name}.yaml`), 'utf8');
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`${name}.yaml has no "${from}"`);
    text = text.replace(from, to);
  }
  return advised(text);
}

/** What `advise` makes of a scenario's text; fewer placements than by default are enough here. */
export function advised(text: string) {
  const cwd = scratch();
  writeFileSync(join(cwd, 's.yaml'), text);
  return {
    cwd,
    advise: async (...args: readonly string[]) => {
      const given = ['advise', 's.yaml', '--out', 'out', '--samples', '40', ...args];
      const ended = await shardlab(given, { cwd });
      const read = (): AdviceDocument =>
        parseAdviceDocument(readFileSync(join(cwd, 'out', 'advice.json'), 'utf8'), 'advice.json');
      return { ...ended, read };
    },
  };
}
