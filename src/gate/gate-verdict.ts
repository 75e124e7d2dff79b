import { exitCodes } from '../base/exit-codes.ts';
import { type Fact, fact, type Unworded } from '../result/finding.ts';
import type {
  CounterDifference,
  GateCounters,
  GateDocument,
  GateStatus,
} from '../result/gate-document.ts';
import type { GateTiming } from '../result/gate-timing.ts';
import { timingFacts } from './timing-facts.ts';

const codes: Readonly<Record<GateStatus, number>> = {
  missing: exitCodes.failed,
  changed: exitCodes.failed,
  regressed: exitCodes.failed,
  undecided: exitCodes.undecided,
  pass: exitCodes.ok,
};

type Counters = Unworded<GateCounters>;

/**
 * What the gate says of the evidence. No evidence is a failure: no router, a missing baseline, a
 * router that was not timed. `problems` are those that kept the timing from happening.
 */
export function gateVerdict(
  counters: Counters,
  timing: GateTiming | null,
  problems: readonly Fact[],
): Unworded<GateDocument['verdict']> {
  const reasons = [
    ...missingFacts(counters, timing, problems),
    ...changedFacts(counters),
    ...(timing === null ? [] : timingFacts(timing)),
  ];
  const status = statusOf(counters, timing, problems);
  return { status, exitCode: codes[status], reasons };
}

function statusOf(
  counters: Counters,
  timing: GateTiming | null,
  problems: readonly Fact[],
): GateStatus {
  if (problems.length > 0 || counters.problems.length > 0) return 'missing';
  if (counters.differences.length > 0) return 'changed';
  if (timing === null || timing.routers.length === 0) return 'missing';
  for (const status of ['missing', 'regressed', 'undecided'] as const) {
    if (timing.routers.some((router) => router.status === status)) return status;
  }
  return 'pass';
}

function missingFacts(
  counters: Counters,
  timing: GateTiming | null,
  problems: readonly Fact[],
): Fact[] {
  const facts = [...problems, ...counters.problems];
  for (const [index, { router, status, problem }] of (timing?.routers ?? []).entries()) {
    if (status !== 'missing') continue;
    const own = `/timing/routers/${index}`;
    facts.push(
      fact('router-not-timed', { severity: 'error', names: { router, problem }, place: own }),
    );
  }
  const silent = timing === null || timing.routers.length === 0;
  if (silent && facts.length === 0 && counters.differences.length === 0) {
    facts.push(fact('nothing-timed', { severity: 'error', place: '/timing' }));
  }
  return facts;
}

const place = '/counters/differences';

function changedFacts({ differences }: Counters): Fact[] {
  if (differences.length === 0) return [];
  const hashes = subjectsOf(differences, 'key hash');
  const routers = subjectsOf(differences, 'router');
  // How many hashes or points a look-up takes may change, and every key stay where it is.
  const effect = differences.every(({ counts }) => counts === 'work') ? 'work' : 'placement';
  const files = routers.filter((router) => isFile(router));
  const facts = [
    fact('counters-differ', {
      severity: 'error',
      numbers: { differences: differences.length },
      names: { hashes, routers, effect },
      place,
    }),
    fact('write-counters-if-intended', { names: { files }, place }),
  ];
  if (hashes.length > 0 && routers.length > 0) {
    facts.push(fact('hash-moves-keys', { severity: 'error', names: { hashes }, place }));
  }
  return facts;
}

function subjectsOf(
  differences: readonly CounterDifference[],
  of: CounterDifference['of'],
): string[] {
  const own = differences.filter((difference) => difference.of === of);
  return [...new Set(own.map(({ subject }) => subject))];
}

/** Names of the registry have neither. */
const isFile = (router: string): boolean => /[./\\]/.test(router);
