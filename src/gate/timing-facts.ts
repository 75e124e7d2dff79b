import { pairsNeeded } from '../base/statistics/pairs-needed.ts';
import { type Fact, fact } from '../result/finding.ts';
import type { GateTiming, RouterTiming, TimingStatus } from '../result/gate-timing.ts';
import { likelyCauses } from './likely-causes.ts';

const place = '/timing';

/** What the times of the routers say, the worst first. */
export function timingFacts(timing: GateTiming): Fact[] {
  const { routers } = timing;
  const of = (status: TimingStatus): RouterTiming[] =>
    routers.filter((router) => router.status === status);
  const open = of('undecided');
  return [
    ...routers.flatMap((router, index) =>
      router.status === 'regressed' ? [slower(router, index)] : [],
    ),
    ...likelyCauses(routers),
    ...routers.flatMap(({ router, answersDiffer }, index) =>
      answersDiffer ? [answers(router, index)] : [],
    ),
    ...tooFewPairs(open, timing),
    ...undecided(open, timing),
    ...notSlower(of('pass'), timing),
  ];
}

const placeOf = (index: number): string => `${place}/routers/${index}`;

function slower({ router, head, noise }: RouterTiming, index: number): Fact {
  return fact('router-slower', {
    severity: 'error',
    numbers: { ratio: head?.ratio, ratioLow: head?.low, ratioHigh: head?.high, noise },
    names: { router },
    place: placeOf(index),
  });
}

function answers(router: string, index: number): Fact {
  return fact('answers-differ', { severity: 'error', names: { router }, place: placeOf(index) });
}

const isOpen = ({ head }: RouterTiming): boolean => head?.low === null && head.high === null;

const namesOf = (routers: readonly RouterTiming[]): string[] => routers.map(({ router }) => router);

/** A ratio without an interval says nothing, so that none is given. */
function tooFewPairs(open: readonly RouterTiming[], { elapsedMs, alpha }: GateTiming): Fact[] {
  const few = open.filter(isOpen);
  const [first] = few;
  if (first === undefined) return [];
  const pairs = Math.min(...few.map((router) => router.pairs));
  const needed = pairsNeeded(first.head?.lowLevel ?? alpha);
  const numbers = { pairs, pairsNeeded: needed, elapsedMs };
  const names = { routers: namesOf(few) };
  return [fact('too-few-pairs', { severity: 'warning', numbers, names, place })];
}

function undecided(open: readonly RouterTiming[], { elapsedMs }: GateTiming): Fact[] {
  const others = open.filter((router) => !isOpen(router));
  if (others.length === 0) return [];
  const names = { routers: namesOf(others) };
  return [fact('times-undecided', { severity: 'warning', numbers: { elapsedMs }, names, place })];
}

function notSlower(passed: readonly RouterTiming[], { tolerance }: GateTiming): Fact[] {
  if (passed.length === 0) return [];
  const numbers = { toleranceFraction: tolerance };
  return [fact('routers-not-slower', { numbers, names: { routers: namesOf(passed) }, place })];
}
