import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assert } from '../base/assert.ts';
import { UserError } from '../base/user-error.ts';
import { sampleResult } from '../testing/sample-result.ts';
import { unknownCode } from './finding.ts';
import { formatRunResult, parseRunResult } from './parse.ts';

import type { RunResult } from './types.ts';

const root = join(import.meta.dirname, '../..');

function errorOf(text: string): UserError {
  try {
    parseRunResult(text, 'result.json');
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

function objectOf(value: unknown): object {
  assert(typeof value === 'object' && value !== null, 'an object');
  return value;
}

/** The sample as JSON with one value replaced, the path as in `cells.0.load.ok`. */
function withValue(path: string, value: unknown): string {
  const json = objectOf(JSON.parse(formatRunResult(sampleResult())));
  const parts = path.split('.');
  const at = parts.slice(0, -1).reduce((inner, part) => objectOf(Reflect.get(inner, part)), json);
  Reflect.set(at, parts.at(-1) ?? '', value);
  return JSON.stringify(json);
}

describe('parseRunResult', () => {
  it('reads back what formatRunResult wrote', () => {
    const result = sampleResult();
    expect(parseRunResult(formatRunResult(result), 'result.json')).toEqual(result);
  });

  it('reports all problems at once, each with its path and the value found', () => {
    const text = withValue('cells.1.shards.2.writeQps', -3);
    const broken: Record<string, unknown> = JSON.parse(text);
    broken['seed'] = 'x';
    broken['extra'] = 1;
    const error = errorOf(JSON.stringify(broken));
    expect(error.exitCode).toBe(2);
    expect(error.message).toContain('result.json has 3 problems');
    expect(error.message).toContain('cells[1].shards[2].writeQps: Too small');
    expect(error.message).toContain('(found -3)');
    expect(error.message).toContain('seed: Invalid input');
    expect(error.message).toContain('"extra"');
  });

  it('says which schemas are known when it meets another', () => {
    const error = errorOf(withValue('schema', 'shardlab/result/v9'));
    expect(error.exitCode).toBe(2);
    expect(error.message).toBe(
      'result.json: schema is "shardlab/result/v9"; known: shardlab/result/v2, shardlab/result/v1',
    );
  });

  it.each(['', '{"a":', 'null', '[]', '3', '{}', '{"cells": []}'])('rejects %j', (text) => {
    const error = errorOf(text);
    expect(error.exitCode).toBe(2);
    expect(error.message).toContain('result.json');
  });

  it('rejects arrivals that are not the sum of the outcomes', () => {
    const error = errorOf(withValue('cells.0.load.dropped', 7));
    expect(error.message).toContain(
      'cells[0].load.arrivals: 12043 is not ok + failed + timedOut + dropped = 12050',
    );
  });

  it('rejects a shard missing from a finished cell, and a strategy named twice', () => {
    const error = errorOf(withValue('cells.1.shards', []));
    expect(error.message).toContain('cells[1].shards: 0 entries for a shardCount of 4');
    const twice = errorOf(withValue('cells.2.strategy', 'tenant_id/mod'));
    expect(twice.message).toContain('cells[2].strategy: "tenant_id/mod" is there twice');
  });

  it('takes an interrupted cell without its parts', () => {
    const result = sampleResult();
    const cells = result.cells.map((cell) => ({
      ...cell,
      status: 'interrupted' as const,
      shards: [],
      load: null,
    }));
    expect(parseRunResult(formatRunResult({ ...result, cells }), 'r').cells[0]?.load).toBeNull();
  });
});

describe('formatRunResult', () => {
  it('writes the same bytes whatever the order of the keys', () => {
    const result = sampleResult();
    const [first, ...rest] = result.cells;
    assert(first !== undefined && first.load !== null, 'the sample has a load');
    const { load } = first;
    const errors = (entries: [string, number][]): RunResult => ({
      ...result,
      cells: [{ ...first, load: { ...load, errorsByCode: Object.fromEntries(entries) } }, ...rest],
    });
    const one = formatRunResult(
      errors([
        ['40001', 1],
        ['08006', 2],
      ]),
    );
    const other = errors([
      ['08006', 2],
      ['40001', 1],
    ]);
    const { cells, scenario, ...others } = other;
    expect(formatRunResult({ cells, scenario, ...others })).toBe(one);
    expect(one.endsWith('}\n')).toBe(true);
  });

  it('refuses NaN, which JSON would turn into null', () => {
    const result = { ...sampleResult(), tenants: { ...sampleResult().tenants, count: Number.NaN } };
    expect(() => formatRunResult(result)).toThrow(
      /assertion failed: a valid result: tenants.count/,
    );
  });
});

it.each([101, 2000, 200_000])('a document of %d levels is refused', (levels) => {
  const text = `{"schema":"shardlab/result/v1","name":${'['.repeat(levels)}${']'.repeat(levels)}}`;
  expect(() => parseRunResult(text, 'deep.json')).toThrow(
    'deep.json has more than 100 levels of objects and lists within each other',
  );
  const quoted = JSON.stringify({ schema: 'shardlab/result/v1', name: '\\"['.repeat(levels) });
  expect(() => parseRunResult(quoted, 'flat.json')).toThrow(/^flat.json has \d+ problems/);
});

/** Results of version 1 that are committed: what they say was sentences alone. */
const ofVersion1 = globSync('results/baseline/**/result.json', { cwd: root })
  .map((path) => [path, readFileSync(join(root, path), 'utf8')] as const)
  .filter(([, text]) => text.includes('"shardlab/result/v1"'));

describe('documents of version 1', () => {
  it('are committed, to be read', () => {
    expect(ofVersion1.length).toBeGreaterThan(0);
  });

  it.each(ofVersion1)('%s is read, and written in the present version', (path, text) => {
    const before = objectOf(JSON.parse(text));
    const result = parseRunResult(text, path);
    expect(result.schema).toBe('shardlab/result/v2');
    expect(result.findings.map((finding) => finding.text)).toEqual(Reflect.get(before, 'findings'));
    const reasons = result.cells.flatMap(({ verdict }) => verdict?.reasons ?? []);
    expect(reasons.length).toBeGreaterThan(0);
    expect(reasons.every(({ code }) => code === unknownCode)).toBe(true);
    expect(parseRunResult(formatRunResult(result), path)).toEqual(result);
  });
});

it('says of another kind of document that it is one, and advises no other version', () => {
  const hintOf = (schema: string): unknown => errorOf(JSON.stringify({ schema })).hint;
  expect(hintOf('shardlab/growth/v2')).toBe(
    'It is another kind of document. Give the result.json that a run has written.',
  );
  expect(hintOf('shardlab/result/v9')).toMatch(/^Read it with the version of shardlab/);
});
