import type { Unparsed } from '../evidence.ts';

/** Reasons that are told apart. */
const most = 100;
const others = 'other faults';

/** Statements that could not be read, by reason, each with the line at which it was first. */
export class UnparsedReasons {
  private readonly byReason = new Map<string, { line: number; count: number }>();

  add(reason: string, line: number): void {
    const isKept = this.byReason.has(reason) || this.byReason.size < most;
    const known = this.byReason.get(isKept ? reason : others);
    if (known !== undefined) known.count += 1;
    else this.byReason.set(isKept ? reason : others, { line, count: 1 });
  }

  list(source: number): Unparsed[] {
    return [...this.byReason].map(([reason, { line, count }]) => ({
      source,
      line,
      reason,
      count,
    }));
  }
}
