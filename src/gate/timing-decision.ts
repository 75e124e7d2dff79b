import { type Rng, rngFrom } from '../base/rng.ts';
import type { RatioInterval, TimingRound } from '../result/gate-timing.ts';
import { BootstrapMedian } from './bootstrap-median.ts';
import { holm } from './holm.ts';
import type { TimingPlan } from './timing-plan.ts';

/** A router and the rounds that it was measured in. */
export interface MeasuredRouter {
  readonly label: string;
  readonly rounds: readonly TimingRound[];
  /** What an earlier look found, which stands; null where it is open. */
  readonly decided: 'pass' | 'regressed' | null;
}

/** What one look says of one router. */
export interface TimingDecision {
  readonly status: 'pass' | 'regressed' | 'undecided';
  readonly head: RatioInterval;
  readonly control: RatioInterval;
  /** null: too few rounds to say. */
  readonly noise: number | null;
  readonly regressedAbove: number | null;
}

interface Open {
  readonly head: BootstrapMedian;
  readonly control: BootstrapMedian;
  readonly noise: number | null;
}

/** Which look is taken. */
export interface Look {
  /** Which of the planned ones, from 1: each has random numbers of its own. */
  readonly look: number;
  /** Probability of error that it may spend. */
  readonly level: number;
}

/**
 * Takes a look at every router: regressed where the interval's low end is
 * above 1 + max(tolerance, noise), pass where its high end is below 1 + tolerance - passMargin.
 * Each of these two families of hypotheses is tested by Holm's procedure at the look's level, over
 * all routers, those that are decided already included. null for those, and for routers without
 * rounds.
 */
export function decideTiming(
  routers: readonly MeasuredRouter[],
  { look, level }: Look,
  {
    tolerance,
    passMargin,
    resamples,
  }: Pick<TimingPlan, 'tolerance' | 'passMargin'> & { readonly resamples: number },
  seed: number,
): (TimingDecision | null)[] {
  const controlLevel = level / routers.length;
  const open = routers.map((router) => {
    const rng = rngFrom(seed, `gate/${router.label}/${look}`);
    return openRouter(router, controlLevel, resamples, rng);
  });
  const tolerated = Math.log1p(tolerance - passMargin);
  const regressed = holm(
    open.map((each, i) => {
      if (each === null) return routers[i]?.decided === 'regressed' ? 0 : 1;
      const above = logThreshold(each.noise, tolerance);
      return above === null ? 1 : each.head.pAbove(above);
    }),
    level,
  );
  const passed = holm(
    open.map((each, i) => {
      if (each === null) return routers[i]?.decided === 'pass' ? 0 : 1;
      return each.head.pBelow(tolerated);
    }),
    level,
  );
  return open.map((each, i) => {
    const [slower, same] = [regressed[i], passed[i]];
    if (each === null || slower === undefined || same === undefined) return null;
    const above = logThreshold(each.noise, tolerance);
    return {
      status: slower.rejected ? 'regressed' : same.rejected ? 'pass' : 'undecided',
      head: interval(each.head, slower.level, same.level),
      control: interval(each.control, controlLevel, controlLevel),
      noise: each.noise,
      regressedAbove: above === null ? null : Math.exp(above),
    };
  });
}

function openRouter(
  { rounds, decided }: MeasuredRouter,
  level: number,
  resamples: number,
  rng: Rng,
): Open | null {
  if (decided !== null || rounds.length === 0) return null;
  const head = new BootstrapMedian(rounds.map(headLogRatio), resamples, rng);
  const control = new BootstrapMedian(rounds.map(controlLogRatio), resamples, rng);
  const [low, high] = [control.low(level), control.high(level)];
  const noise = low === null || high === null ? null : Math.expm1(Math.max(-low, high, 0));
  return { head, control, noise };
}

/** ln(head / base) of one round. */
export function headLogRatio({ headNs, baseNs }: TimingRound): number {
  return Math.log(headNs / baseNs);
}

/** ln(base again / base) of one round. */
export function controlLogRatio({ controlNs, baseNs }: TimingRound): number {
  return Math.log(controlNs / baseNs);
}

function logThreshold(noise: number | null, tolerance: number): number | null {
  return noise === null ? null : Math.log1p(Math.max(tolerance, noise));
}

function interval(of: BootstrapMedian, lowLevel: number, highLevel: number): RatioInterval {
  const [low, high] = [of.low(lowLevel), of.high(highLevel)];
  return {
    ratio: Math.exp(of.median),
    low: low === null ? null : Math.exp(low),
    high: high === null ? null : Math.exp(high),
    lowLevel,
    highLevel,
  };
}
