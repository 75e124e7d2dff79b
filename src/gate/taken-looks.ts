import { assert } from '../base/assert.ts';
import type { TakenLook } from '../result/gate-timing.ts';
import { pairsNeeded } from '../base/statistics/pairs-needed.ts';
import type { TimingPlan } from './timing-plan.ts';

/**
 * Which of the planned looks were taken, and what they may spend. A look at fewer rounds than could
 * decide anything is not taken, and leaves its part to the next; so does one that is due together
 * with a later one. Neither depends on what was measured, only on how often.
 */
export class TakenLooks {
  readonly taken: TakenLook[] = [];
  private readonly plan: TimingPlan;
  private readonly routers: number;
  /** Planned looks that are behind. */
  private passed = 0;
  private unspent = 0;

  constructor(plan: TimingPlan, routers: number) {
    assert(plan.looks.at(-1)?.fraction === 1, 'the last look is at the end');
    this.plan = plan;
    this.routers = routers;
  }

  get done(): boolean {
    return this.passed === this.plan.looks.length;
  }

  /** The look that is due at this share of the time; null where there is none. */
  due(fraction: number, atMs: number, rounds: number): TakenLook | null {
    const { looks } = this.plan;
    const before = this.passed;
    for (let next = looks[before]; next !== undefined && next.fraction <= fraction; ) {
      this.unspent += next.level;
      this.passed += 1;
      next = looks[this.passed];
    }
    if (this.passed === before) return null;
    // The last one says what there is, be it little.
    if (!this.done && rounds < pairsNeeded(this.unspent / this.routers)) return null;
    const look = { look: this.passed, atMs: Math.round(atMs), level: this.unspent };
    this.unspent = 0;
    this.taken.push(look);
    return look;
  }
}
