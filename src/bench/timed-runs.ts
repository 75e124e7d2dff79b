import { median } from '../base/statistics/quantile.ts';
import type { MeasuredRouter, TimingDecision } from '../gate/timing-decision.ts';
import type { RouterTiming, TimingRound } from '../result/gate-timing.ts';
import type { ReadyReply } from './timing-job.ts';
import type { MeasuredRound, SideJob, TimedSide } from './timing-round.ts';

/** A tree that is timed. */
export interface Side {
  readonly folder: string;
  /** URL of its `router/hot-path-entry`: .ts of a source tree, .js of a build. */
  readonly entry: string;
}

/** A router that is timed on both sides. */
export interface TimedRouter {
  /** As the user wrote it: `ring:150`, `./my-router.ts`. */
  readonly router: string;
  /**
   * A router of the user's own: the URL of its file in base and in head. head's harness (its entry)
   * times both.
   */
  readonly files: Readonly<Record<TimedSide, string>> | null;
  /** null: the default of routers that read a hash. */
  readonly hash: string | null;
  readonly shards: number;
}

/**
 * So many that the processor does not learn every branch of every key (of 1,024 it does), and so
 * few that their texts stay in its second cache.
 */
const keys = 4_096;
/** Consecutive numbers would make texts alike in all but the last characters. */
const stride = 7_919;

const orders = [
  ['base', 'head', 'control'],
  ['head', 'control', 'base'],
  ['control', 'base', 'head'],
  ['control', 'head', 'base'],
  ['base', 'control', 'head'],
  ['head', 'base', 'control'],
] as const;

/** One router while it is timed: its rounds, and what the looks said of them. */
export class TimedRuns {
  readonly router: TimedRouter;
  readonly sides: Readonly<Record<TimedSide, SideJob>>;
  readonly rounds: TimingRound[] = [];
  private replies: { readonly base: ReadyReply; readonly head: ReadyReply } | null = null;
  private decision: TimingDecision | null = null;
  private decidedAtLook: number | null = null;
  private problem: string | null = null;

  constructor(
    router: TimedRouter,
    sides: { readonly base: Side; readonly head: Side; readonly seed: number },
  ) {
    this.router = router;
    const side = (of: TimedSide): SideJob => {
      const { router: name, files, hash, shards } = router;
      const numbers = Array.from({ length: keys }, (_, i) => (sides.seed % stride) + stride * i);
      const { entry } = files === null ? sides[of] : sides.head;
      const request = { router: name, hash, shards, numbers };
      return { folder: sides[of].folder, job: { entry, request, file: files?.[of] ?? null } };
    };
    this.sides = { base: side('base'), head: side('head') };
  }

  get open(): boolean {
    return this.problem === null && this.decidedAtLook === null;
  }

  get failed(): boolean {
    return this.problem !== null;
  }

  /** Who measures first, second and third: drawn for each round. */
  order(drawn: number): (typeof orders)[number] {
    return orders[drawn % orders.length] ?? orders[0];
  }

  add({ round, base, head }: MeasuredRound): void {
    this.rounds.push(round);
    this.replies = { base, head };
  }

  fail(problem: string): void {
    this.problem = problem;
  }

  measured(): MeasuredRouter {
    const { router, rounds, problem, decision, decidedAtLook } = this;
    const status = decidedAtLook === null ? null : decision?.status;
    const decided = status === 'pass' || status === 'regressed' ? status : null;
    // Without evidence it is no router that could be decided, but it counts as one of those tested.
    return { label: router.router, rounds: problem === null ? rounds : [], decided };
  }

  decide(decision: TimingDecision | null, look: number): void {
    if (!this.open || decision === null) return;
    this.decision = decision;
    if (decision.status !== 'undecided') this.decidedAtLook = look;
  }

  result(): RouterTiming {
    const { router, rounds, replies, decision } = this;
    const evidence = this.problem === null && decision !== null;
    const problem =
      this.problem ?? (decision === null ? 'the time ended before this router was measured' : null);
    const middle = (of: (round: TimingRound) => number): number | null =>
      rounds.length === 0 ? null : median(rounds.map(of));
    return {
      router: router.router,
      hash: replies?.head.hash ?? router.hash,
      shards: router.shards,
      keyType: replies?.head.keyType ?? 'text',
      status: evidence ? decision.status : 'missing',
      problem: evidence ? null : problem,
      decidedAtLook: this.decidedAtLook,
      head: evidence ? decision.head : null,
      control: evidence ? decision.control : null,
      noise: evidence ? decision.noise : null,
      regressedAbove: evidence ? decision.regressedAbove : null,
      pairs: rounds.length,
      baseNs: middle(({ baseNs }) => baseNs),
      headNs: middle(({ headNs }) => headNs),
      answersDiffer: replies !== null && replies.base.digest !== replies.head.digest,
      rounds: [...rounds],
    };
  }
}
