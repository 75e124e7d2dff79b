import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAdviceDocument } from '../result/advice-parse.ts';
import { parseCapacityDocument } from '../result/capacity-document.ts';
import { advised } from './advise-fixture.ts';
import { scratch, shardlab, start, tinyScenario } from './shardlab-fixture.ts';

const capacity = '{ instance: 1000/s }';
const growth = '{ now: { load: 3000/s, bytes: 50GB } }';
const tiny = (changes: Readonly<Record<string, string>> = {}): string =>
  tinyScenario({ capacity, growth, ...changes });

describe('what is a mistake', () => {
  test.each(['0', '1', '1000', 'three'])('--measure %s', async (number) => {
    const { code, stderr, stdout } = await advised(tiny()).advise('--measure', number);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`--measure: found "${number}"; allowed: a whole number from 2 to 12`);
  });

  test('a closed loop, which has no rate to search: said before anything is computed', async () => {
    const closed = tiny({ loop: '{ clients: 8 }' });
    const { code, stderr, stdout } = await advised(closed).advise('--measure', '2');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('closed loop');
  });
});

test('no engine where one is asked for: exit code 3, and the advice stands', async () => {
  const cwd = scratch();
  writeFileSync(join(cwd, 's.yaml'), tiny());
  const { code, stdout, stderr } = await shardlab(
    ['advise', 's.yaml', '--router', 'jump', '--shards', '2', '--samples', '40'].concat([
      '--measure',
      '2',
      '--fleet',
      'docker',
      '--out',
      'out',
    ]),
    { cwd, environment: { DOCKER_HOST: `unix://${join(cwd, 'none.sock')}` } },
  );
  expect(code, stderr).toBe(3);
  expect(stdout).toContain('one instance');
  expect(stderr).toContain('no Docker engine answers');
  const document = parseAdviceDocument(
    readFileSync(join(cwd, 'out', 'advice.json'), 'utf8'),
    'advice.json',
  );
  expect(document.measured).toBeUndefined();
});

test('Ctrl-C in a search: what was measured is kept, exit code 130', async () => {
  const cwd = scratch();
  writeFileSync(join(cwd, 's.yaml'), tiny());
  const { child, ended, shows } = start(
    ['advise', 's.yaml', '--router', 'jump', '--shards', '2', '--samples', '40'].concat([
      '--measure',
      '2',
      '--fleet',
      'embedded',
      '--out',
      'out',
    ]),
    { cwd },
  );
  await shows('step 2');
  child.kill('SIGINT');
  const { code, stdout, stderr } = await ended;
  expect(code, stderr).toBe(130);
  expect(stderr).toMatch(/^time {8}about .*, at most about /m);
  expect(stderr).toContain('everything that was measured before is kept');
  const read = (name: string): string => readFileSync(join(cwd, 'out', name), 'utf8');
  const { measured } = parseAdviceDocument(read('advice.json'), 'advice.json');
  expect(measured?.verdict).toBe('cannot-be-told');
  const rounds = measured?.candidates.flatMap(({ searches }) => searches);
  expect(rounds).toMatchObject([{ round: 1, status: 'interrupted' }]);
  const kept = parseCapacityDocument(read('measured/capacity-1.json'), 'capacity-1.json');
  expect(kept.strategies[0]?.steps.length).toBeGreaterThan(0);
  for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
});
