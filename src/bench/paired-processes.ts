import { rngFrom } from '../base/rng.ts';
import { decideTiming } from '../gate/timing-decision.ts';
import { resamplesFor, spendingText, type TimingPlan, timingPlan } from '../gate/timing-plan.ts';
import { median } from '../base/statistics/quantile.ts';
import type { GateTiming } from '../result/gate-timing.ts';
import { TakenLooks } from '../gate/taken-looks.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { type Side, type TimedRouter, TimedRuns } from './timed-runs.ts';
import { measureRound, SideFailure } from './timing-round.ts';

export interface TimingOptions {
  readonly base: Side;
  readonly head: Side;
  readonly routers: readonly TimedRouter[];
  readonly maxTimeMs: number;
  readonly seed: number;
  /** Called after every round of a router. */
  readonly onProgress: (progress: TimingProgress) => void;
  /** Aborted: ends after the round that runs, with what was measured. */
  readonly signal?: AbortSignal;
  readonly plan?: TimingPlan;
}

export interface TimingProgress {
  readonly router: string;
  readonly round: number;
  /** Of the time there is. */
  readonly fraction: number;
  /** Routers that no look has decided yet. */
  readonly open: number;
}

/**
 * Times the routers of base and head against each other, each in processes of its own, until each
 * is decided or the time is up. A router whose process fails is `missing`; the others are measured
 * nevertheless.
 */
export async function timeRouters(options: TimingOptions): Promise<GateTiming> {
  const { maxTimeMs, seed, signal, plan = timingPlan } = options;
  const cache = await temporaryFolder('cache');
  const startMs = performance.now();
  const elapsed = (): number => performance.now() - startMs;
  const runs = options.routers.map((router) => new TimedRuns(router, options));
  const { tolerance, passMargin } = plan;
  const resamples = resamplesFor(plan, runs.length);
  const looks = new TakenLooks(plan, runs.length);
  const rng = rngFrom(seed, 'gate/order');
  // Of each round of a router; what the last one took alone may be an accident.
  const took: number[] = [];
  const stopped = (): boolean => signal?.aborted === true;
  try {
    for (let round = 1; !looks.done && !stopped() && runs.some((run) => run.open); round += 1) {
      for (const run of runs.filter((each) => each.open)) {
        const beforeMs = elapsed();
        // Every router gets one round, so that none is without evidence.
        if (stopped() || (round > 1 && beforeMs + median(took) > maxTimeMs)) break;
        await measure(run, cache.path, rng.uint32());
        took.push(elapsed() - beforeMs);
        const open = runs.filter((each) => each.open).length;
        const fraction = Math.min(1, elapsed() / maxTimeMs);
        options.onProgress({ router: run.router.router, round, fraction, open });
      }
      // A round that would end too late is not begun: that ends the time.
      const fraction = elapsed() + median(took) > maxTimeMs ? 1 : elapsed() / maxTimeMs;
      const rounds = Math.min(...runs.filter((run) => run.open).map((run) => run.rounds.length));
      const look = looks.due(fraction, elapsed(), rounds);
      if (look === null) continue;
      const decisions = decideTiming(
        runs.map((run) => run.measured()),
        look,
        { tolerance, passMargin, resamples },
        seed,
      );
      for (const [i, run] of runs.entries()) run.decide(decisions[i] ?? null, look.look);
    }
  } finally {
    cache.remove();
  }
  return {
    seed,
    maxTimeMs,
    elapsedMs: Math.round(elapsed()),
    tolerance,
    passBelow: 1 + tolerance - passMargin,
    alpha: plan.alpha,
    spending: spendingText,
    resamples,
    looks: { planned: [...plan.looks], taken: looks.taken },
    rounds: Math.max(0, ...runs.map((run) => run.rounds.length)),
    ended: ended(runs, stopped()),
    routers: runs.map((run) => run.result()),
  };
}

async function measure(run: TimedRuns, cacheFolder: string, drawn: number): Promise<void> {
  try {
    run.add(await measureRound(run.sides, run.order(drawn), cacheFolder));
  } catch (error) {
    if (!(error instanceof SideFailure)) throw error;
    run.fail(`${error.side}: ${error.message}`);
  }
}

function ended(runs: readonly TimedRuns[], stopped: boolean): GateTiming['ended'] {
  if (runs.some((run) => run.open)) return stopped ? 'interrupted' : 'time is up';
  return runs.some((run) => run.failed) ? 'a router is missing' : 'every router decided';
}
