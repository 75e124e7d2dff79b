import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Finding, finding, unknownCode } from '../result/finding.ts';
import { saturatedCell } from '../testing/damaged-cells.ts';
import { sampleCounters, sampleGate, sampleRouter, sampleTiming } from '../testing/sample-gate.ts';
import { sampleResult } from '../testing/sample-result.ts';
import { sampleTables } from '../testing/sample-tables.ts';
import { sentences, worded } from './worded.ts';

const root = join(import.meta.dirname, '..');

/** Every finding anywhere in a document. */
function findingsIn(value: unknown): Finding[] {
  const parsed = finding.safeParse(value);
  if (parsed.success) return [parsed.data];
  return typeof value === 'object' && value !== null
    ? Object.values(value).flatMap(findingsIn)
    : [];
}

function sample() {
  const result = sampleResult();
  return {
    ...result,
    cells: result.cells.map((cell, i) => (i === 0 ? saturatedCell(cell) : cell)),
  };
}

/** What the gate says of times that differ, and of counters that do. */
function gateReasons() {
  const statuses = ['regressed', 'pass', 'undecided', 'missing'] as const;
  const routers = statuses.map((status, i) => sampleRouter(`router-${i}`, status));
  const subject = { of: 'router', counter: 'moved', counts: 'answers' } as const;
  const differences = [
    { ...subject, subject: 'jump', expected: 1, found: 2 },
    { ...subject, of: 'key hash', subject: 'key hash md5', expected: 'a', found: null } as const,
  ];
  const changed = sampleGate(null, { counters: { ...sampleCounters(), differences } });
  return [sampleGate(sampleTiming(routers)), changed, sampleGate(null)].map(
    ({ verdict }) => verdict.reasons,
  );
}

describe('sentences', () => {
  test.each([
    ['a run', sample],
    ['a run on several tables', sampleTables],
    ['the gate', gateReasons],
  ])('of %s are made of numbers and names alone: read back, they are the same', (_, said) => {
    const document: unknown = JSON.parse(JSON.stringify(said()));
    const found = findingsIn(document);
    expect(found.length).toBeGreaterThan(5);
    for (const { text, ...fact } of found) expect(worded(fact).text).toBe(text);
  });

  test('are whole and on one line', () => {
    for (const { text } of findingsIn(sample())) expect(text).toMatch(/^[A-Z0-9].*\.$/);
  });
});

/** Codes as they stand in production code. */
const written = globSync('**/*.ts', { cwd: root })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => !/\.(test|suite)\.ts$|-fixture\.ts$|^testing\//.test(path))
  .flatMap((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    return [
      ...text.matchAll(/\b(?:fact|bound|drifted|taken|note)\(\s*'([a-z0-9]+(?:-[a-z0-9]+)+)'/g),
    ].map((match) => ({
      path,
      code: match[1] ?? '',
    }));
  });

test('every code that production code makes has a sentence', () => {
  expect(written.length).toBeGreaterThan(20);
  expect(written.filter(({ code }) => sentences[code] === undefined)).toEqual([]);
});

test('every sentence is of a code that production code makes', () => {
  const made = globSync('**/*.ts', { cwd: root })
    .filter((path) => !path.endsWith('.test.ts') && !/^(testing|wording)[\\/]/.test(path))
    .map((path) => readFileSync(join(root, path), 'utf8'))
    .join('\n');
  const isMade = (code: string): boolean =>
    made.includes(`'${code}'`) ||
    // A kind of reason with one of its names: `template-` and why it is left out.
    ['template', 'statement', 'advice-stay', 'advice-ranking', 'advice-measured'].some(
      (kind) =>
        code.startsWith(`${kind}-`) &&
        made.includes(`\`${kind}-$\{`) &&
        made.includes(`'${code.slice(kind.length + 1)}'`),
    );
  expect(Object.keys(sentences).filter((code) => !isMade(code))).toEqual([]);
  expect(sentences[unknownCode]).toBeUndefined();
});
