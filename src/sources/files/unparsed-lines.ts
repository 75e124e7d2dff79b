import type { Unparsed } from '../../profile/evidence.ts';

/** So many lines are listed for each reason; the others are counted. */
export const listedLines = 20;

/** Lines that could not be read, in memory that does not grow with their number. */
export class UnparsedLines {
  /** The first lines of each reason, one more than are listed. */
  readonly #byReason = new Map<string, { readonly lines: number[]; count: number }>();

  /** @param lines in their order, after those that were added before */
  add(reason: string, lines: readonly number[], count: number = lines.length): void {
    const known = this.#byReason.get(reason) ?? { lines: [], count: 0 };
    known.lines.push(...lines.slice(0, listedLines + 1 - known.lines.length));
    known.count += count;
    this.#byReason.set(reason, known);
  }

  get count(): number {
    return [...this.#byReason.values()].reduce((sum, { count }) => sum + count, 0);
  }

  /** By line. @param source index of the file among the sources */
  list(source: number): Unparsed[] {
    const entries = [...this.#byReason].flatMap(([reason, { lines, count }]) =>
      lines.map((line, index) => ({
        source,
        line,
        reason,
        count: index < listedLines ? 1 : count - listedLines,
      })),
    );
    return entries.toSorted((a, b) => a.line - b.line);
  }
}
