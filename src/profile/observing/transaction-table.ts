import type { TransactionTemplate } from '../evidence.ts';
import { type FoldedStep, foldedSteps } from './folded-steps.ts';
import type { SeenTemplate } from './template-table.ts';

/** Kinds of transactions that are kept, the most frequent ones. */
const most = 1000;
/** Statements of one transaction, those that repeat at once counted once. */
const stepsMost = 1000;
/** Transactions that are open at once; the one that began first is let go. */
const openMost = 10_000;

interface Open {
  steps: { template: number; repeats: number }[];
  isLong: boolean;
  last: SeenTemplate | null;
}

interface Kind {
  readonly templates: readonly number[];
  readonly repeats: number[];
  count: number;
}

/** Statements of sessions, from BEGIN to COMMIT, as kinds of transactions. */
export class TransactionTable {
  readonly counts = {
    transactions: 0,
    rolledBackTransactions: 0,
    unfinishedTransactions: 0,
    longTransactions: 0,
    /** Of kinds that were let go. */
    rareTransactions: 0,
  };
  private readonly sessions = new Map<string, Open>();
  private kinds = new Map<string, Kind>();

  begin(session: string): void {
    // Another BEGIN is but a warning.
    if (this.sessions.has(session)) return;
    if (this.sessions.size >= openMost) {
      const [first = ''] = this.sessions.keys();
      this.sessions.delete(first);
      this.counts.unfinishedTransactions += 1;
    }
    this.sessions.set(session, { steps: [], isLong: false, last: null });
  }

  isOpen(session: string): boolean {
    return this.sessions.has(session);
  }

  /** Whether the statement belongs to an open transaction. */
  add(session: string, template: SeenTemplate): boolean {
    const open = this.sessions.size === 0 ? undefined : this.sessions.get(session);
    if (open === undefined) return false;
    const step = open.last === template ? open.steps.at(-1) : undefined;
    if (step !== undefined) step.repeats += 1;
    else if (open.steps.length < stepsMost) {
      open.steps.push({ template: template.id, repeats: 1 });
    } else open.isLong = true;
    open.last = template;
    return true;
  }

  end(session: string, how: 'commit' | 'rollback'): void {
    const open = this.sessions.get(session);
    if (open === undefined) return;
    this.sessions.delete(session);
    if (how === 'rollback') this.counts.rolledBackTransactions += 1;
    else if (open.isLong) this.counts.longTransactions += 1;
    else if (open.steps.length > 0) this.count(foldedSteps(open.steps));
  }

  private count(steps: readonly FoldedStep[]): void {
    this.counts.transactions += 1;
    const key = steps.map(({ template }) => template).join();
    const known = this.kinds.get(key);
    if (known !== undefined) {
      known.count += 1;
      for (const [at, { repeats }] of steps.entries()) {
        known.repeats[at] = (known.repeats[at] ?? 0) + repeats;
      }
      return;
    }
    if (this.kinds.size >= 2 * most) this.shrink();
    const templates = steps.map(({ template }) => template);
    this.kinds.set(key, { templates, repeats: steps.map(({ repeats }) => repeats), count: 1 });
  }

  private shrink(): void {
    const sorted = [...this.kinds].toSorted(([, a], [, b]) => b.count - a.count);
    for (const [, { count }] of sorted.slice(most)) this.counts.rareTransactions += count;
    this.kinds = new Map(sorted.slice(0, most));
  }

  /**
   * The most frequent first; statements outside of transactions are one of their own each. Those
   * with a template that was let go are left out.
   *
   * @param templates that are kept, in their order
   */
  finish(templates: readonly SeenTemplate[]): TransactionTemplate[] {
    this.counts.unfinishedTransactions += this.sessions.size;
    if (this.kinds.size > most) this.shrink();
    const places = new Map(templates.map(({ id }, place) => [id, place]));
    const several = [...this.kinds.values()].flatMap((kind): TransactionTemplate[] => {
      const steps = kind.templates.flatMap((id, at) => {
        const template = places.get(id);
        const repeats = Math.round((100 * (kind.repeats[at] ?? 0)) / kind.count) / 100;
        return template === undefined ? [] : [{ template, repeats }];
      });
      if (steps.length === kind.templates.length) return [{ steps, count: kind.count }];
      this.counts.rareTransactions += kind.count;
      return [];
    });
    const single = templates.flatMap(({ alone }, template): TransactionTemplate[] =>
      alone === 0 ? [] : [{ steps: [{ template, repeats: 1 }], count: alone }],
    );
    return [...several, ...single].toSorted((a, b) => b.count - a.count);
  }
}
