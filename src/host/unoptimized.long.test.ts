import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

/** Megabytes that a process of its own has at most, after it has parsed so many texts. */
async function peakMegabytes(texts: number): Promise<number> {
  const address = (path: string): string => new URL(path, import.meta.url).href;
  const script = `
    const { loadGrammar } = await import('${address('../sql/grammar.ts')}');
    const { unoptimized } = await import('${address('./unoptimized.ts')}');
    const grammar = await unoptimized(loadGrammar);
    for (let i = 0; i < ${texts}; i += 1) {
      grammar.parse('select a, b from t' + i + ' where x in (1, 2) order by y limit 3');
      if (i % 200 === 0) await new Promise((done) => setTimeout(done, 10));
    }
    console.log(process.resourceUsage().maxRSS / 1024);
  `;
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script]);
  return Number(stdout);
}

test('the parser is never compiled a second time, which takes half a gigabyte', async () => {
  const few = await peakMegabytes(1);
  expect(few).toBeGreaterThan(40);
  expect(await peakMegabytes(4000)).toBeLessThan(few + 100);
});
