import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { UserError } from '../src/base/user-error.ts';
import { dockerFleet } from '../src/fleet/docker/fleet.ts';
import { dockerOptions } from '../src/fleet/docker/options.ts';
import type { FleetName } from '../src/fleet/names.ts';
import { machineFacts, shardlabVersion } from '../src/host/environment.ts';
import { writeAtomically } from '../src/host/files.ts';
import { interruptible } from '../src/host/interrupt.ts';
import { createProgress, type Progress } from '../src/host/progress.ts';
import type { AdviceMeasured } from '../src/result/advice-measured.ts';
import type { Scenario } from '../src/scenario/types.ts';
import { advise } from '../src/study/advise/advise.ts';
import { withCandidates } from '../src/study/advise/asked-scenario.ts';
import { type Effort, measureAdvice } from '../src/study/advise/measure-advice.ts';
import { withOverlays } from '../src/study/advise/overlay-candidates.ts';
import { measureCapacity } from '../src/study/capacity/measure-capacity.ts';
import { loadPlanned } from '../src/study/scenario/load-scenario.ts';
import { resumed, type Search } from './advise-ranking-rounds.ts';

/**
 * Whether what `advise` predicts ranks candidates as docker shards with a share of a core each do:
 * the best of each key of three scenarios, searched twice. One scenario at a time; what is there is
 * kept, so that it may be stopped and started again. Run with
 * `npm run bench:advise-ranking -- --scenario tpcc --best 5`; the small size runs in virtual time
 * in the tests.
 */
export interface RankingSize extends Effort {
  /** Of the best, beside the best of each further key. */
  readonly best: number;
  readonly draws: number;
}

export const full: RankingSize = {
  best: 4,
  otherKeys: 9,
  draws: 1000,
  rounds: 2,
  stepsMax: 24,
  windowMs: 10_000,
};

const shipped = ['shop', 'tpcc', 'quickstart'];

/** Kendall's tau from which on the ranks agree. */
const tauEnough = 0.8;

export interface ScenarioRanking extends AdviceMeasured {
  /**
   * tau is enough, or all pairs in another order than predicted have intervals that overlap; and
   * some are told apart, for bounds alone overlap with everything.
   */
  readonly holds: boolean;
}

export interface RankingBench {
  readonly path: string;
  readonly size: RankingSize;
  readonly fleet: FleetName;
  readonly search: Search;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

export async function benchRanking(bench: RankingBench): Promise<ScenarioRanking> {
  const { path, size, progress } = bench;
  const changed = (scenario: Scenario): Scenario =>
    withCandidates(scenario, { keys: [], routers: [] });
  const report = (text: string, fraction: number): void => progress.stage(text, fraction, 0);
  const shardCounts = [4, 8, 16];
  const loaded = await loadPlanned(path, {}, report, changed);
  const planned = withOverlays(loaded, [], shardCounts);
  const command = 'npm run bench:advise-ranking';
  const about = { startedAt: new Date().toISOString(), command, shardlab: shardlabVersion() };
  const { draws, best } = size;
  const document = await advise({ loaded: planned, shardCounts, draws, about, report });
  const { problem, ...ended } = await measureAdvice({
    ...bench,
    overrides: {},
    changed,
    best,
    document,
    planned,
    draws,
    effort: size,
    environment: process.env,
    keep: async () => undefined,
    command,
  });
  if (problem !== null) throw problem;
  const { measured } = ended.document;
  if (measured === undefined) throw new UserError('there are no two candidates', { exitCode: 5 });
  return { ...measured, holds: measured.verdict !== 'cannot-be-told' && agrees(measured) };
}

export function agrees({ kendallTau, pairs }: Pick<AdviceMeasured, 'kendallTau' | 'pairs'>) {
  const differ = pairs.filter(({ order }) => order === 'opposite');
  const isEnough = kendallTau !== null && kendallTau >= tauEnough;
  return isEnough || (pairs.length > 0 && differ.every(({ toldApart }) => !toldApart));
}

export function summaryLines(name: string, ranking: ScenarioRanking): string[] {
  const { candidates, kendallTau, pairs, verdict, holds, shardCount } = ranking;
  const apart = pairs.filter(({ toldApart }) => toldApart).length;
  const rows = candidates.map(({ strategy, predicted, sustainedQps, interval, rank }) => {
    const between = `${interval?.low ?? '?'} to ${interval?.high ?? '?'}`;
    return (
      `  ${predicted.rank}. ${strategy}: ${predicted.databases.toFixed(2)} databases, ` +
      `${sustainedQps ?? 'no rate'}/s (${between}), ${rank ?? '-'}.`
    );
  });
  return [
    `${name} on ${shardCount} shards: tau ${kendallTau?.toFixed(2) ?? 'unknown'}, ` +
      `${apart} of ${pairs.length} pairs told apart, ${verdict}: ${holds ? 'agrees' : 'DOES NOT AGREE'}`,
    ...rows,
  ];
}

interface Stored {
  readonly scenarios: Readonly<Record<string, ScenarioRanking>>;
}

const stored = (file: string): Stored =>
  existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { scenarios: {} };

const isMain = process.argv[1] === fileURLToPath(import.meta.url);

if (isMain) {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: {
      scenario: { ...text, multiple: true },
      best: text,
      rounds: text,
      'window-ms': text,
      'steps-max': text,
      'other-keys': text,
      /** Where searches are kept until all of a scenario are there. */
      work: text,
      out: text,
    },
  });
  const number = (value: string | undefined, usual: number): number => Number(value ?? usual);
  const size: RankingSize = {
    ...full,
    best: number(values.best, full.best),
    rounds: number(values.rounds, full.rounds),
    windowMs: number(values['window-ms'], full.windowMs),
    stepsMax: number(values['steps-max'], full.stepsMax),
    otherKeys: number(values['other-keys'], full.otherKeys),
  };
  const out = values.out ?? 'results/baseline/advise-ranking.json';
  const work = values.work ?? 'results/runs/advise-ranking';
  const machine = await machineFacts();
  const progress = createProgress(process.stderr, false);
  for (const name of values.scenario ?? shipped) {
    // oxlint-disable-next-line no-await-in-loop -- scenarios would disturb each other
    const ranking = await interruptible((signal) => {
      const fleet = dockerFleet(dockerOptions(process.env));
      const search: Search = (options) => measureCapacity(fleet, options);
      const say = (line: string): void => progress.note(line);
      const path = join('scenarios', `${name}.yaml`);
      const kept = resumed(search, join(work, name), say);
      return benchRanking({ path, size, fleet: fleet.name, search: kept, progress, signal });
    });
    const scenarios = { ...stored(out).scenarios, [name]: ranking };
    const document = { measuredAt: new Date().toISOString(), machine, size, scenarios };
    // oxlint-disable-next-line no-await-in-loop -- kept before the next begins
    await writeAtomically(out, `${JSON.stringify(document, null, 2)}\n`);
    for (const line of summaryLines(name, ranking)) console.log(line);
    if (!ranking.holds) process.exitCode = 1;
  }
}
