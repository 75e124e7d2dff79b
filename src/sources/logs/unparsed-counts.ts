import type { Unparsed } from '../../profile/evidence.ts';

/** What could not be read, by reason, each with the line at which it was first. */
export class UnparsedCounts {
  readonly #byReason = new Map<string, { line: number | null; count: number }>();

  add(reason: string, line: number | null, count = 1): void {
    const known = this.#byReason.get(reason);
    if (known === undefined) this.#byReason.set(reason, { line, count });
    else known.count += count;
  }

  list(source: number): Unparsed[] {
    return [...this.#byReason].map(([reason, { line, count }]) => ({
      source,
      line,
      reason,
      count,
    }));
  }
}
