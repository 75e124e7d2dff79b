import { describe, expect, test } from 'vitest';
import { type Rng, rngFrom } from '../base/rng.ts';
import type { TimingRound } from '../result/gate-timing.ts';
import { TakenLooks } from './taken-looks.ts';
import { decideTiming, type MeasuredRouter, type TimingDecision } from './timing-decision.ts';
import { resamplesFor, timingPlan } from './timing-plan.ts';

const plan = { ...timingPlan, resamples: resamplesFor(timingPlan, 1) };

/** Rounds of a head that is `ratio` as slow, with processes that differ by `sd`, some much more. */
function rounds(count: number, ratio: number, sd: number, rng: Rng, worse = 0.05): TimingRound[] {
  const process = (): number => {
    const normal =
      Math.sqrt(-2 * Math.log(1 - rng.double())) * Math.cos(2 * Math.PI * rng.double());
    // One process in twenty is compiled worse, as V8 does.
    return 100 * Math.exp(sd * normal + (rng.double() < worse ? 0.1 : 0));
  };
  return Array.from({ length: count }, () => ({
    order: ['base', 'head', 'control'],
    baseNs: process(),
    headNs: ratio * process(),
    controlNs: process(),
  }));
}

/** What a gate of one router says that has 10 rounds at the first look, and 40 at the last. */
function gate(ratio: number, sd: number, seed: number): TimingDecision['status'] {
  const all = rounds(40, ratio, sd, rngFrom(seed, 'simulated'));
  const looks = new TakenLooks(plan, 1);
  for (let done = 1; done <= all.length; done += 1) {
    const look = looks.due(done / all.length, done, done);
    if (look === null) continue;
    const router = { label: 'jump', rounds: all.slice(0, done), decided: null };
    const [decision] = decideTiming([router], look, plan, seed);
    if (decision && decision.status !== 'undecided') return decision.status;
  }
  return 'undecided';
}

const gates = (count: number, ratio: number, sd: number): Record<string, number> => {
  const counts: Record<string, number> = { pass: 0, regressed: 0, undecided: 0 };
  for (let seed = 0; seed < count; seed += 1) {
    const status = gate(ratio, sd, seed);
    counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
};

describe('simulated gates of one router', () => {
  test('the same code passes, and is never called slower', () => {
    const { pass, regressed } = gates(100, 1, 0.02);
    expect(regressed).toBe(0);
    expect(pass).toBeGreaterThanOrEqual(90);
  });

  test('on a noisy machine it is undecided rather than regressed', () => {
    const { regressed } = gates(60, 1, 0.1);
    expect(regressed).toBe(0);
  });

  test('10 % slower is regressed', () => {
    expect(gates(100, 1.1, 0.02)['regressed']).toBeGreaterThanOrEqual(95);
  });

  test('5 % slower, the tolerance itself, hardly ever passes', () => {
    expect(gates(60, 1.05, 0.02)['pass']).toBe(0);
  });
});

test('the smallest level of many routers still has ends', () => {
  const routers = 29;
  const resamples = resamplesFor(timingPlan, routers);
  const level = Math.min(...timingPlan.looks.map((each) => each.level));
  const rounds40 = rounds(40, 1.3, 0.01, rngFrom(4, 'many'));
  const [decision] = decideTiming(
    Array.from({ length: routers }, (_, i) => measured(`router ${i}`, i === 0 ? rounds40 : [])),
    { look: 1, level },
    { ...timingPlan, resamples },
    1,
  );
  expect(decision).toMatchObject({ status: 'regressed', noise: expect.any(Number) });
});

const look = { look: 3, level: 0.01 };
const measured = (label: string, of: TimingRound[]): MeasuredRouter => ({
  label,
  rounds: of,
  decided: null,
});

describe('one look', () => {
  const rng = rngFrom(9, 'look');
  const same = rounds(30, 1, 0.01, rng);
  const slower = rounds(30, 1.2, 0.01, rng);

  test('a slowdown is attributed to the router that has it', () => {
    const routers = [measured('mod', same), measured('jump', slower), measured('ring', same)];
    const statuses = decideTiming(routers, look, plan, 1).map((each) => each?.status);
    expect(statuses).toEqual(['pass', 'regressed', 'pass']);
  });

  test('regressed needs a low end above what the control reaches', () => {
    // base's second process is as much slower as head is: nothing that head could be blamed for.
    const drifting = slower.map((round) => ({ ...round, controlNs: round.headNs }));
    const [decision] = decideTiming([measured('jump', drifting)], look, plan, 1);
    expect(decision?.status).toBe('undecided');
    expect(decision?.noise).toBeGreaterThan(0.15);
    expect(decision?.regressedAbove).toBeCloseTo(1 + (decision?.noise ?? NaN), 12);
  });

  test('the interval says what the status says', () => {
    const [slow] = decideTiming([measured('jump', slower)], look, plan, 1);
    expect(slow?.head.low).toBeGreaterThan(slow?.regressedAbove ?? Infinity);
    const [fast] = decideTiming([measured('jump', same)], look, plan, 1);
    expect(fast?.head.high).toBeLessThan(1.045);
    expect(fast?.head.ratio).toBeCloseTo(1, 1);
  });

  test('too few rounds decide nothing, however far they are', () => {
    const [decision] = decideTiming([measured('jump', slower.slice(0, 6))], look, plan, 1);
    expect(decision?.status).toBe('undecided');
    expect(decision?.head).toMatchObject({ low: null, high: null });
    expect(decision?.regressedAbove).toBeNull();
  });

  test('a decided router is not decided again, and leaves Holm more for the rest', () => {
    // 7 rounds reach 2^-7 = 0.0078: not a half of 0.01, but all of it.
    const alike = rounds(7, 1, 0, rngFrom(0, 'alike'), 0);
    const few = measured('ring', alike);
    const passed = { label: 'jump', rounds: same, decided: 'pass' } as const;
    const open = { ...passed, decided: null, rounds: [] };
    expect(decideTiming([open, few], look, plan, 1)[1]?.status).toBe('undecided');
    const [first, second] = decideTiming([passed, few], look, plan, 1);
    expect(first).toBeNull();
    expect(second?.status).toBe('pass');
  });
});
