import { exitCodes } from '../base/user-error.ts';
import type {
  CounterDifference,
  GateCounters,
  GateDocument,
  GateStatus,
} from '../result/gate-document.ts';
import type { GateTiming, RouterTiming } from '../result/gate-timing.ts';
import { pairsNeeded } from '../base/statistics/pairs-needed.ts';
import { likelyCauses } from './likely-causes.ts';

const codes: Readonly<Record<GateStatus, number>> = {
  missing: exitCodes.failed,
  changed: exitCodes.failed,
  regressed: exitCodes.failed,
  undecided: exitCodes.undecided,
  pass: exitCodes.ok,
};

/**
 * What the gate says of the evidence. No evidence is a failure: no router, a missing baseline, a
 * router that was not timed. `problems` are those that kept the timing from happening.
 */
export function gateVerdict(
  counters: GateCounters,
  timing: GateTiming | null,
  problems: readonly string[],
): GateDocument['verdict'] {
  const reasons = [
    ...missingReasons(counters, timing, problems),
    ...changedReasons(counters),
    ...(timing === null ? [] : timingReasons(timing)),
  ];
  const status = statusOf(counters, timing, problems);
  return { status, exitCode: codes[status], reasons };
}

function statusOf(
  counters: GateCounters,
  timing: GateTiming | null,
  problems: readonly string[],
): GateStatus {
  if (problems.length > 0 || counters.problems.length > 0) return 'missing';
  if (counters.differences.length > 0) return 'changed';
  if (timing === null || timing.routers.length === 0) return 'missing';
  for (const status of ['missing', 'regressed', 'undecided'] as const) {
    if (timing.routers.some((router) => router.status === status)) return status;
  }
  return 'pass';
}

function missingReasons(
  counters: GateCounters,
  timing: GateTiming | null,
  problems: readonly string[],
): string[] {
  const reasons = [
    ...problems,
    ...counters.problems.map(({ subject, problem }) => `${subject}: ${problem}`),
  ];
  for (const { router, status, problem } of timing?.routers ?? []) {
    if (status === 'missing') reasons.push(`${router} was not timed: ${problem ?? 'no sample'}`);
  }
  const silent = timing === null || timing.routers.length === 0;
  if (silent && reasons.length === 0 && counters.differences.length === 0) {
    reasons.push('no router was timed');
  }
  return reasons;
}

function changedReasons({ differences }: GateCounters): string[] {
  const subjects = [...new Set(differences.map(({ subject }) => subject))];
  if (subjects.length === 0) return [];
  const hashes = subjects.filter((subject) => subject.startsWith('key hash '));
  const routers = subjects.filter((subject) => !hashes.includes(subject));
  // How many hashes or points a look-up takes may change, and every key stay where it is.
  const isCost = ({ counter }: CounterDifference): boolean =>
    /^(hashes|points) a key/.test(counter);
  const effect = differences.every(isCost)
    ? 'every key stays on its shard, but a look-up does a different amount of work'
    : 'keys would be looked for on different shards';
  const named = routers.filter((router) => isFile(router)).map((path) => ` --router ${path}`);
  const reasons = [
    `${differences.length} exact ${differences.length === 1 ? 'counter differs' : 'counters differ'}, ` +
      `of ${listed([...hashes, ...routers])}: ${effect}, so nothing was timed`,
    `if you intend this change, write the new counters with ` +
      `\`shardlab gate --write-counters${named.join('')}\` and commit them`,
  ];
  if (hashes.length > 0 && routers.length > 0) {
    reasons.push(
      `${listed(hashes)} gives different values, so routers that use it place keys differently`,
    );
  }
  return reasons;
}

/** Names of the registry have neither. */
const isFile = (router: string): boolean => /[./\\]/.test(router);

function timingReasons(timing: GateTiming): string[] {
  const reasons: string[] = [];
  const of = (status: RouterTiming['status']): RouterTiming[] =>
    timing.routers.filter((router) => router.status === status);
  for (const router of of('regressed')) reasons.push(regressed(router));
  reasons.push(...likelyCauses(timing.routers));
  for (const { router, answersDiffer } of timing.routers) {
    if (answersDiffer)
      reasons.push(`${router} in head places keys on different shards than in the base`);
  }
  const open = of('undecided');
  reasons.push(...tooFewPairs(open, timing), ...undecided(open, timing));
  const passed = of('pass').map(({ router }) => router);
  const limit = percentOf(timing.tolerance);
  if (passed.length > 0)
    reasons.push(`these are not slower by ${limit} or more: ${listed(passed)}`);
  return reasons;
}

const seconds = ({ elapsedMs }: GateTiming): string => `${Math.round(elapsedMs / 1000)} s`;

const isOpen = ({ head }: RouterTiming): boolean => head?.low === null && head.high === null;

/** A ratio without an interval says nothing, so that none is given. */
function tooFewPairs(open: readonly RouterTiming[], timing: GateTiming): string[] {
  const few = open.filter(isOpen);
  const [first] = few;
  if (first === undefined) return [];
  const names = listed(few.map(({ router }) => router));
  const fewest = Math.min(...few.map(({ pairs }) => pairs));
  const measured = `${fewest} ${fewest === 1 ? 'pair of processes was' : 'pairs of processes were'}`;
  const needed = pairsNeeded(first.head?.lowLevel ?? timing.alpha);
  return [
    `${names}: only ${measured} measured in ${seconds(timing)} on this machine, but a comparison ` +
      `of times needs ${needed}: run the gate again with a longer --max-time`,
  ];
}

function undecided(open: readonly RouterTiming[], timing: GateTiming): string[] {
  const others = open.filter((router) => !isOpen(router));
  if (others.length === 0) return [];
  const names = listed(others.map(({ router }) => router));
  return [
    `${names} could not be decided in ${seconds(timing)} on this machine: run the gate again, or with a ` +
      'longer --max-time',
  ];
}

function regressed({ router, head, noise }: RouterTiming): string {
  if (head === null) return `${router} is slower`;
  const [low, high] = [head.low, head.high].map((end) =>
    end === null ? null : percentOf(end - 1),
  );
  const range = high === null ? `at least ${low}` : `${low} to ${high}`;
  const own =
    noise === null ? '' : `; two measurements of the base differ by up to ${percentOf(noise)}`;
  return `${router} is ${percentOf(head.ratio - 1)} slower (${range}${own})`;
}

const percentOf = (fraction: number): string => `${(100 * fraction).toFixed(1)} %`;

/** `a, b and c`; of many the first ten. */
function listed(names: readonly string[]): string {
  if (names.length > 10) return `${names.slice(0, 10).join(', ')} and ${names.length - 10} more`;
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
