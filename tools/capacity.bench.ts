import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { exitCodes } from '../src/base/exit-codes.ts';
import { UserError } from '../src/base/user-error.ts';
import { dockerFleet } from '../src/fleet/docker/fleet.ts';
import { dockerOptions } from '../src/fleet/docker/options.ts';
import { machineFacts } from '../src/host/environment.ts';
import { writeAtomically } from '../src/host/files.ts';
import { interruptible } from '../src/host/interrupt.ts';
import type { CapacityStep } from '../src/result/capacity-step.ts';
import { searchTime } from '../src/study/capacity/search-time.ts';
import { cellSpecs } from '../src/study/cells/cell-specs.ts';
import { duration } from '../src/wording/format.ts';
import { type ExpectedRate, expectedRate } from './capacity-expected.ts';
import { ladderRates, ladderStep } from './capacity-ladder.ts';
import {
  type AskedSearch,
  type BenchShards,
  readSearch,
  runningShards,
  type Searched,
} from './capacity-shards.ts';

/**
 * Whether `shardlab capacity` finds what a slow way finds: on docker shards with a share of a core
 * each, against a ladder of rates, against itself, and on four shards against the formula of what
 * they buy. Run with `npm run bench:capacity -- --searches 10 --window 60s`; the small size runs in
 * virtual time in the tests.
 */
export interface CapacitySize {
  readonly searches: number;
  /** Of each step of the ladder, and of a search. */
  readonly window: string;
  readonly searchWindow: string;
}

export const full: CapacitySize = { searches: 10, window: '60s', searchWindow: '15s' };

/** What must hold for the three figures. */
export const allowed = { ladder: 0.1, spread: 0.15, formula: 0.15 } as const;

export interface CapacityBench {
  readonly size: CapacitySize;
  readonly shards: string;
  /** The answer against the first rate of the ladder that breaks the objective; null: none did. */
  readonly ladder: { readonly brokenQps: number | null; readonly ratio: number | null };
  readonly searches: { readonly foundQps: readonly number[]; readonly spread: number | null };
  readonly formula: ExpectedRate & { readonly foundQps: number; readonly ratio: number | null };
  readonly holds: Readonly<Record<keyof typeof allowed, boolean>>;
  readonly runs: readonly BenchRun[];
}

export interface BenchRun {
  readonly what: 'search' | 'ladder' | 'four shards';
  readonly seed: number;
  readonly status: string;
  readonly sustainedQps: number | null;
  readonly limit: string | null;
  readonly steps: readonly Pick<CapacityStep, (typeof keptOfStep)[number]>[];
}

const keptOfStep = [
  'rateQps',
  'purpose',
  'startedAt',
  'durationMs',
  'offeredQps',
  'acceptedQps',
  'failures',
  'responseMs',
  'outcome',
  'isClear',
  'machineTaken',
] as const;

/** A ladder begins so far below the answer, and ends so far above it. */
const ladderFrom = 0.85;
const ladderTo = 1.2;
/**
 * Rates before its first rung. A search comes from below as well: right after loading, vacuum and
 * cold caches take so much of a third of a core that a rate which holds later breaks at once.
 */
const settling = [0.4, 0.6, 0.7];

export async function benchCapacity(
  size: CapacitySize,
  shards: BenchShards,
  say: (line: string) => void,
): Promise<CapacityBench> {
  const runs: BenchRun[] = [];
  const search = async (what: BenchRun['what'], asked: AskedSearch): Promise<Searched> => {
    const searched = await shards.search(asked);
    const run = runOf(what, asked.seed, searched);
    runs.push(run);
    say(lineOf(run));
    return searched;
  };
  const single = { strategy: 'single', window: size.searchWindow } as const;
  const first = await search('search', { ...single, seed: 1 });
  const firstQps = first.found.sustainedQps;
  if (firstQps === null) {
    throw new UserError('the first search found no rate, so there is nothing to compare it with', {
      exitCode: exitCodes.invalid,
    });
  }
  const rates = [
    ...settling.map((part) => Math.round(firstQps * part)),
    ...ladderRates(firstQps * ladderFrom, firstQps * ladderTo),
  ];
  const ladder = await search('ladder', {
    ...single,
    seed: 1,
    window: size.window,
    next: ladderStep(rates),
  });
  const broken = ladder.found.steps.find(({ outcome }) => outcome === 'broken') ?? null;
  const four = await search('four shards', { ...single, strategy: 'tenant_id/jump', seed: 1 });
  const foundQps = [firstQps];
  for (let seed = 2; seed <= size.searches; seed += 1) {
    // oxlint-disable-next-line no-await-in-loop -- searches would disturb each other
    const { found } = await search('search', { ...single, seed });
    foundQps.push(found.sustainedQps ?? 0);
  }
  const expected = expectedRate(first.found, four);
  const fourQps = four.found.sustainedQps ?? 0;
  const ladderRatio = broken === null ? null : firstQps / broken.rateQps;
  const formulaRatio = expected.qps === 0 ? null : fourQps / expected.qps;
  const spread = spreadOf(foundQps);
  return {
    size,
    shards: shards.description,
    ladder: { brokenQps: broken?.rateQps ?? null, ratio: ladderRatio },
    searches: { foundQps, spread },
    formula: { ...expected, foundQps: fourQps, ratio: formulaRatio },
    holds: {
      ladder: isWithin(ladderRatio, allowed.ladder),
      spread: spread !== null && spread <= allowed.spread,
      formula: isWithin(formulaRatio, allowed.formula),
    },
    runs,
  };
}

const isWithin = (ratio: number | null, limit: number): boolean =>
  ratio !== null && Math.abs(ratio - 1) <= limit;

/** (max - min) / median; null where a search found nothing. */
function spreadOf(found: readonly number[]): number | null {
  const sorted = found.toSorted((a, b) => a - b);
  const least = sorted[0] ?? 0;
  const most = sorted.at(-1) ?? 0;
  const middle = sorted.length / 2;
  const median = ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
  return least === 0 ? null : (most - least) / median;
}

function runOf(what: BenchRun['what'], seed: number, { found }: Searched): BenchRun {
  const { status, sustainedQps, limitedBy, steps } = found;
  const kept = steps.map((step) =>
    Object.fromEntries(keptOfStep.map((name) => [name, step[name]])),
  ) as unknown as BenchRun['steps'];
  return { what, seed, status, sustainedQps, limit: limitedBy?.reason.text ?? null, steps: kept };
}

const lineOf = ({ what, seed, status, sustainedQps, steps, limit }: BenchRun): string =>
  `${what} (seed ${seed}): ${status} ${sustainedQps ?? 'no rate'}/s after ${steps.length} ` +
  `windows; ${limit ?? ''}`;

/** What it comes to, a line for each figure. */
export function summaryLines({ ladder, searches, formula, holds }: CapacityBench): string[] {
  const said = (isHeld: boolean): string => (isHeld ? 'holds' : 'DOES NOT HOLD');
  const percent = (value: number | null): string =>
    value === null ? 'unknown' : `${(100 * value).toFixed(1)} %`;
  return [
    `ladder: first broken at ${ladder.brokenQps ?? 'no rate'}/s, found ` +
      `${percent(ladder.ratio)} of it (within ${percent(allowed.ladder)}): ${said(holds.ladder)}`,
    `${searches.foundQps.length} searches: ${searches.foundQps.join(', ')}/s, (max - min) / ` +
      `median ${percent(searches.spread)} (at most ${percent(allowed.spread)}): ${said(holds.spread)}`,
    `four shards: ${formula.foundQps}/s, ${percent(formula.ratio)} of the ` +
      `${Math.round(formula.qps)}/s of the formula, whose fullest shard ${formula.fullest} has ` +
      `${percent(formula.fullestShare)} of the work (within ${percent(allowed.formula)}): ` +
      said(holds.formula),
  ];
}

/** How long it takes, said before anything starts. */
async function plannedTime(size: CapacitySize, folder: string): Promise<string> {
  const asked = { seed: 1, window: size.searchWindow } as const;
  const timeOf = async (strategy: AskedSearch['strategy'], window = size.searchWindow) => {
    const { loaded, choices } = await readSearch({ ...asked, strategy, window }, folder, true);
    return searchTime(loaded.scenario, cellSpecs(loaded.scenario), choices);
  };
  const [one, four, step] = [
    await timeOf('single'),
    await timeOf('tenant_id/jump'),
    (await timeOf('single', size.window)).stepMs,
  ];
  const steps = ladderRates(ladderFrom, ladderTo).length;
  const usualMs = size.searches * one.usualMs + four.usualMs + (steps / 2) * step;
  const mostMs = size.searches * one.mostMs + four.mostMs + (steps + 6) * step;
  return `about ${duration(usualMs)}, at most about ${duration(mostMs)}`;
}

const isMain = process.argv[1] === fileURLToPath(import.meta.url);

if (isMain) {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: { searches: text, window: text, 'search-window': text, out: text },
  });
  const size = {
    searches: Number(values.searches ?? full.searches),
    window: values.window ?? full.window,
    searchWindow: values['search-window'] ?? full.searchWindow,
  };
  const folder = mkdtempSync(join(tmpdir(), 'capacity-'));
  const say = (line: string): void => console.log(line);
  try {
    say(`time: ${await plannedTime(size, folder)}`);
    const bench = await interruptible(async (signal) => {
      const fleet = dockerFleet(dockerOptions(process.env));
      const shards = await runningShards(fleet, folder, signal);
      say(`shards: ${shards.description}`);
      try {
        return await benchCapacity(size, shards, say);
      } finally {
        await shards.stop();
      }
    });
    const document = {
      measuredAt: new Date().toISOString(),
      machine: await machineFacts(),
      ...bench,
    };
    const out = values.out ?? 'results/baseline/capacity-bench.json';
    await writeAtomically(out, `${JSON.stringify(document, null, 2)}\n`);
    for (const line of summaryLines(bench)) say(line);
    if (!Object.values(bench.holds).every(Boolean)) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
