import type { LimitedBy } from '../../result/capacity-document.ts';
import type { CapacityStep, StepShard } from '../../result/capacity-step.ts';
import { namingPrograms } from '../../metrics/machine-reason.ts';
import { type BusyProgram, busiestOf } from '../../result/busy-program.ts';
import { type Fact, fact, type Unworded } from '../../result/finding.ts';

type Step = Pick<
  CapacityStep,
  'rateQps' | 'outcome' | 'machineTaken' | 'verdict' | 'shards' | 'generator'
>;

/**
 * What keeps a strategy from more than the rate that it sustains, seen at the next higher rate.
 *
 * @param brokenQps the lowest rate that broke the objective; null: none did
 * @param highestQps the largest that may be tried
 */
export function limitedBy(
  steps: readonly Step[],
  brokenQps: number | null,
  highestQps: number,
): Unworded<LimitedBy> | null {
  if (steps.length === 0) return null;
  const broken = steps.filter(
    ({ rateQps, outcome }) => rateQps === brokenQps && outcome !== 'held' && outcome !== 'spoilt',
  );
  const last = broken.at(-1);
  if (last === undefined) {
    const held = steps.filter(({ outcome }) => outcome === 'held');
    // Where other programs have spoilt all windows, nothing is known of any rate.
    if (held.length === 0) return null;
    const reachedQps = Math.max(...held.map(({ rateQps }) => rateQps));
    const code = reachedQps < highestQps ? 'capacity-edge-not-reached' : 'capacity-not-reached';
    return { kind: 'none', reason: fact(code, { numbers: { reachedQps } }) };
  }
  const taken = broken.filter(({ machineTaken }) => machineTaken);
  if (2 * taken.length > broken.length) {
    return { kind: 'machine', reason: machineReason(last.rateQps, taken) };
  }
  const late = broken.filter(({ outcome }) => outcome === 'generator');
  const [first] = late;
  if (first !== undefined && 2 * late.length > broken.length) {
    return { kind: 'generator', reason: generatorReason(first) };
  }
  const own = broken.filter(({ outcome }) => outcome === 'broken');
  const seen = own.at(-1) ?? last;
  const calm = steps.toSorted((a, b) => a.rateQps - b.rateQps)[0] ?? seen;
  const fullest = firstFull(seen, calm);
  if (fullest === null) return null;
  return { kind: 'shard', shard: fullest.shard, reason: shardReason(seen, calm, fullest) };
}

const generatorCodes: ReadonlySet<string> = new Set([
  'schedule-lag',
  'event-loop-busy',
  'little-contradicted',
]);

/** Which of its limits the load generator had reached. */
function generatorReason({ rateQps, verdict, generator }: Step): Fact {
  const reached = verdict.reasons.filter(({ code }) => generatorCodes.has(code));
  return fact('limited-by-generator', {
    severity: 'warning',
    numbers: {
      rateQps,
      scheduleLagMsP99: generator?.scheduleLagMsP99,
      busyFraction: generator?.eventLoopUtilization,
    },
    names: { limits: reached.map(({ code }) => code) },
  });
}

function machineReason(rateQps: number, taken: readonly Step[]): Fact {
  const numbers = { rateQps, windows: taken.length };
  return namingPrograms(
    fact('limited-by-machine', { severity: 'warning', numbers }),
    programsBeside(taken),
  );
}

/** Programs that took the machine beside some windows. */
export const programsBeside = (steps: readonly Pick<Step, 'generator'>[]): readonly BusyProgram[] =>
  busiestOf(steps.flatMap(({ generator }) => generator?.busiest ?? []));

/**
 * The shard whose queries lost the most time between the calmest window and this one: below its
 * capacity a shard's times hardly move with the rate, at its capacity they go up like a wall.
 */
function firstFull({ shards }: Step, calm: Step): StepShard | null {
  const lostMs = (shard: StepShard): number => (meanMs(shard) ?? 0) - (calmMs(calm, shard) ?? 0);
  return shards.toSorted((a, b) => lostMs(b) - lostMs(a) || a.shard - b.shard)[0] ?? null;
}

const meanMs = ({ responseMs }: StepShard): number | null => responseMs.mean;

const calmMs = ({ shards }: Step, { shard }: StepShard): number | null =>
  shards.find((each) => each.shard === shard)?.responseMs.mean ?? null;

function shardReason({ rateQps, shards }: Step, calm: Step, fullest: StepShard): Fact {
  const { shard, queueWaitMs, maxQueued, busyFraction, throttledFraction } = fullest;
  const queries = (each: StepShard): number => each.writeQps + each.readQps;
  const all = shards.reduce((sum, each) => sum + queries(each), 0);
  return fact('limited-by-shard', {
    numbers: {
      shard,
      shards: shards.length,
      rateQps,
      responseMs: meanMs(fullest),
      calmQps: calm.rateQps < rateQps ? calm.rateQps : null,
      calmMs: calm.rateQps < rateQps ? calmMs(calm, fullest) : null,
      queriesFraction: all === 0 ? null : queries(fullest) / all,
      queueWaitMs,
      maxQueued,
      busyFraction,
      throttledFraction,
    },
  });
}
