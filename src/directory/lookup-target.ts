import type { Clock } from '../base/clock.ts';
import { outcomes } from '../metrics/outcome.ts';
import type { Router } from '../router/contract.ts';
import type { Workload } from '../workload/types.ts';
import type { Lookups } from './lookups.ts';
import type { Completion, Target } from '../traffic/ports.ts';
import { type RoutePlan, routePlan } from '../traffic/route-plan.ts';

/** A shard query that waits for look-ups. */
interface Held {
  /** Look-ups that are still under way. */
  missing: number;
  /** Given up, or told of a failed look-up: it ends without being sent. */
  ended: boolean;
}

/**
 * A target behind a directory: a shard query whose operation asks for a key that is being looked up
 * waits for the answer, all others go through at once. A look-up begins when its operation is
 * dispatched; the wait counts as service time, because the query has its connection already.
 */
export class LookupTarget implements Target {
  /** Operations' time spent waiting here since `reset`: the mean over the shards of each. */
  waitedNs = 0;
  private readonly target: Target;
  private readonly lookups: Lookups;
  private readonly clock: Clock;
  private readonly held = new Map<number, Held>();
  private completion: Completion = () => undefined;
  /** Routes again to learn which look-ups an operation waits for; they are put into `found`. */
  private readonly keys: RoutePlan;
  private readonly shards: Int32Array;
  private readonly statements: Int32Array;
  private readonly found: number[] = [];

  constructor(
    target: Target,
    lookups: Lookups,
    clock: Clock,
    routes: { readonly workload: Workload; readonly keyName: string; readonly router: Router },
  ) {
    const { workload, keyName, router } = routes;
    const { shardCount } = router;
    this.target = target;
    this.lookups = lookups;
    this.clock = clock;
    this.shards = new Int32Array(shardCount);
    this.statements = new Int32Array(shardCount);
    const route = (bytes: Uint8Array, start: number, end: number): number => {
      const lookup = lookups.find(bytes, start, end);
      if (lookup >= 0 && !this.found.includes(lookup)) this.found.push(lookup);
      return router.route(bytes, start, end);
    };
    this.keys = routePlan(workload, { shardCount, route }, keyName);
  }

  reset(): void {
    this.waitedNs = 0;
  }

  onComplete(completion: Completion): void {
    this.completion = completion;
    this.target.onComplete(completion);
  }

  execute(
    ticket: number,
    shard: number,
    operation: number,
    mask: number,
    tenant: number,
    row: number,
  ): void {
    if (this.lookups.underWay > 0) {
      this.found.length = 0;
      const fanOut = this.keys.route(operation, tenant, row, this.shards, this.statements);
      if (this.found.length > 0) {
        this.hold(ticket, fanOut, () =>
          this.target.execute(ticket, shard, operation, mask, tenant, row),
        );
        return;
      }
    }
    this.target.execute(ticket, shard, operation, mask, tenant, row);
  }

  abandon(ticket: number): void {
    const held = this.held.get(ticket);
    if (held === undefined) {
      this.target.abandon(ticket);
      return;
    }
    queueMicrotask(() => this.fail(ticket, held, 'abandoned', 'no answer from the directory'));
  }

  private hold(ticket: number, fanOut: number, send: () => void): void {
    const held: Held = { missing: this.found.length, ended: false };
    this.held.set(ticket, held);
    const sinceNs = this.clock.nowNs();
    const waiter = (code: string, message: string): void => {
      if (held.ended) return;
      if (code !== '') {
        this.fail(ticket, held, code, `looking up the shard: ${message}`);
        return;
      }
      held.missing -= 1;
      if (held.missing > 0) return;
      held.ended = true;
      this.held.delete(ticket);
      this.waitedNs += (this.clock.nowNs() - sinceNs) / fanOut;
      send();
    };
    for (const lookup of this.found) this.lookups.waitFor(lookup, waiter);
  }

  private fail(ticket: number, held: Held, code: string, message: string): void {
    if (held.ended) return;
    held.ended = true;
    this.held.delete(ticket);
    this.completion(ticket, outcomes.failed, code, message);
  }
}
