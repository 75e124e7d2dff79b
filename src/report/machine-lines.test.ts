import { expect, test } from 'vitest';
import type { BusyProgram } from '../result/busy-program.ts';
import type { Cell, RunResult, VerdictStatus } from '../result/types.ts';
import { sampleResult } from '../testing/sample-result.ts';
import { machineLines } from './machine-lines.ts';

const sample = sampleResult();

interface Seen {
  readonly status?: VerdictStatus;
  readonly foreign?: number | null;
  readonly steal?: number;
  readonly busiest?: BusyProgram[];
}

/** The sample with these cells only, each with what was seen beside it. */
function withSeen(...seen: readonly Seen[]): RunResult {
  const [cell] = sample.cells;
  if (cell === undefined || cell.generator === null) throw new Error('the sample has no generator');
  const { generator } = cell;
  const cellOf = ({ status = 'GENERATOR-BOUND', foreign = 0, steal = 0, busiest }: Seen): Cell => ({
    ...cell,
    verdict: { status, reasons: [] },
    generator: {
      ...generator,
      machine: [{ second: 0, foreignFraction: foreign, stealFraction: steal }],
      ...(busiest && { busiest }),
    },
  });
  return { ...sample, cells: seen.map(cellOf) };
}

const hog = { name: 'node', pid: 123, cpuFraction: 0.98 };
const cc1 = { name: 'cc1', pid: 7, cpuFraction: 0.2 };

test('who took the machine is named once, with the most that it used', () => {
  const result = withSeen(
    { foreign: 0.5, busiest: [{ ...hog, cpuFraction: 0.5 }] },
    { foreign: 0.5, busiest: [hog, cc1], status: 'DRIFTING' },
  );
  expect(machineLines(result)).toEqual([
    'other programs took the machine: node (pid 123) 98 % of a core, cc1 (pid 7) 20 % of a core',
  ]);
});

test('where nobody can be seen, how much they took is said', () => {
  expect(machineLines(withSeen({ foreign: 0.5, busiest: [] }))).toEqual([
    "other programs took 50 % of the processors' time; which they are cannot be seen from here",
  ]);
  expect(machineLines(withSeen({ foreign: null, steal: 0.2 }))).toEqual([
    "the hypervisor took 20 % of the processors' time (steal)",
  ]);
});

test('a quiet machine is blamed for nothing, and no machine for what is the load', () => {
  expect(machineLines(withSeen({ foreign: 0.04, steal: 0.02, busiest: [cc1] }))).toEqual([]);
  const blameless = (['SATURATED', 'FAILING'] as const).map((status) => ({
    status,
    foreign: 0.2,
    steal: 0.09,
    busiest: [hog],
  }));
  const valid = { status: 'VALID' as const, foreign: 0.5, steal: 0.5, busiest: [hog] };
  expect(machineLines(withSeen(...blameless, valid))).toEqual([]);
  const starved = { status: 'SATURATED' as const, foreign: 0.5, busiest: [hog] };
  expect(machineLines(withSeen(starved)).join()).toContain('other programs took the machine');
  const [seen] = withSeen({}).cells as [Cell];
  expect(machineLines({ ...sample, cells: [{ ...seen, generator: null }] })).toEqual([]);
});

test('a name cannot steer the terminal', () => {
  const named = withSeen({ foreign: 0.5, busiest: [{ ...hog, name: 'a\u001b[2Jb\nc' }] });
  expect(machineLines(named)).toEqual([
    'other programs took the machine: a\\u{1b}[2Jb c (pid 123) 98 % of a core',
  ]);
});
