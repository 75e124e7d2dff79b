import type { KeyTally } from './key-tally.ts';

/** Transactions that are open at once; the one that began first is taken for ended. */
const openMost = 10_000;

/** What a transaction had of one candidate. */
interface OpenKey {
  readonly first: string;
  several: boolean;
}

/** Values of keys by open transaction: which one is the first, and whether there are several. */
export class OpenKeys {
  private readonly tallies: readonly KeyTally[];
  private readonly sessions = new Map<string, (OpenKey | undefined)[]>();

  /** @param tallies by candidate */
  constructor(tallies: readonly KeyTally[]) {
    this.tallies = tallies;
  }

  has(session: string): boolean {
    return this.sessions.has(session);
  }

  begin(session: string): void {
    if (this.sessions.has(session)) return;
    if (this.sessions.size >= openMost) {
      const [first = ''] = this.sessions.keys();
      this.end(first);
    }
    this.sessions.set(session, []);
  }

  /**
   * @param session null: it is not known, so that the statement stands alone
   * @param texts values of one statement, at least one
   */
  add(session: string | null, candidate: number, texts: readonly string[], part: number): void {
    const tally = this.tallies[candidate];
    const [first] = texts;
    if (tally === undefined || first === undefined) return;
    const several = texts.some((text) => text !== first);
    const open = session === null ? undefined : this.sessions.get(session);
    if (open === undefined) {
      tally.add(first, part);
      ended(tally, several);
      return;
    }
    const known = open[candidate];
    if (known === undefined) {
      open[candidate] = { first, several };
      tally.add(first, part);
    } else if (several || known.first !== first) known.several = true;
  }

  end(session: string): void {
    const open = this.sessions.get(session);
    if (open === undefined) return;
    this.sessions.delete(session);
    // A sparse list: candidates without a value have no entry.
    open.forEach((key, candidate) => {
      const tally = this.tallies[candidate];
      if (key !== undefined && tally !== undefined) ended(tally, key.several);
    });
  }

  endAll(): void {
    for (const session of this.sessions.keys()) this.end(session);
  }
}

function ended({ transactions }: KeyTally, several: boolean): void {
  transactions.all += 1;
  if (several) transactions.several += 1;
}
