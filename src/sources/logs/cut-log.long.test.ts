import { expect, test } from 'vitest';
import { type FixtureFormat, fixturePrefix, loggedText } from './log-fixture.ts';
import { loggedStatements } from './logged-statement-fixture.ts';
import { bySession, readContent, withEnd } from './opened-log-fixture.ts';

const options = { style: 'bind', seed: 3 } as const;
const tail = `\nand 'é"' <> ''`;
const formats: readonly FixtureFormat[] = ['csvlog', 'jsonlog', 'stderr'];

test.each(formats)(
  '%s: cut anywhere, at most the last record is lost, and it is said',
  async (format) => {
    const statements = withEnd(loggedStatements(2, options), tail);
    const texts = statements.map((each) => loggedText(each, format));
    const log = Buffer.from(texts.join(''));
    const ends = texts.map((_, index) => Buffer.byteLength(texts.slice(0, index + 1).join('')));
    const headBytes = Buffer.byteLength(texts[0] ?? '');
    for (let cut = headBytes; cut < log.length; cut += 1) {
      const read = await readContent(log.subarray(0, cut), { prefix: fixturePrefix });
      const whole = ends.filter((end) => end <= cut).length;
      const expected = bySession(statements.slice(0, whole));
      const kept = read.records.slice(0, whole);
      expect(bySession(kept), `cut at byte ${cut}`).toEqual(expected);
      expect(read.records.length).toBeLessThanOrEqual(whole + 1);
      const isSaid = read.unparsed.length === 1 && (read.unparsed[0]?.line ?? 0) > 0;
      // Between two lines of one message of a plain log nothing shows that there were more.
      const isAtLineEnd = log[cut - 1] === 0x0a;
      const isEnd = ends.includes(cut) || read.records.length === whole + 1;
      expect(isSaid || isAtLineEnd || isEnd, `cut at byte ${cut}`).toBe(true);
    }
  },
);

test.each(formats)('%s: without its first bytes, only what was cut is lost', async (format) => {
  const statements = withEnd(loggedStatements(2, options), tail);
  const texts = statements.map((each) => loggedText(each, format));
  const log = Buffer.from(texts.join(''));
  for (let cut = 1; cut < Buffer.byteLength(texts[0] ?? ''); cut += 1) {
    const read = await readContent(log.subarray(cut), { prefix: fixturePrefix });
    expect(bySession(read.records.slice(-1)), `from byte ${cut}`).toEqual(
      bySession(statements.slice(1)),
    );
  }
});
