import type { QueryStatement } from '../result/queries-document.ts';

/** What tells an objection from others, whatever line it stands on. */
export type KnownOffence = Pick<QueryStatement, 'file' | 'of' | 'fingerprint' | 'offence'> & {
  readonly unread: boolean;
};

/**
 * What the base has already. A statement counts as often as it stands there: a copy of one is new.
 * Logs are another matter, for there a statement stands once however often it was run.
 */
export class KnownOffences {
  readonly #left = new Map<string, Map<string, number>>();

  constructor(known: Iterable<KnownOffence>) {
    for (const each of known) {
      const files = this.#left.get(identityOf(each)) ?? new Map<string, number>();
      this.#left.set(identityOf(each), files);
      files.set(each.file, (files.get(each.file) ?? 0) + 1);
    }
  }

  /**
   * Those that the base has, by their indexes. A statement of the same file is meant first, then
   * one that has moved from another file.
   *
   * @param isLog whether a file is a log
   */
  knownAmong(
    found: readonly KnownOffence[],
    isLog: (file: string) => boolean,
  ): ReadonlySet<number> {
    const known = new Set<number>();
    for (const [index, each] of found.entries()) {
      if (isLog(each.file) ? this.#left.has(identityOf(each)) : this.#take(each, each.file)) {
        known.add(index);
      }
    }
    for (const [index, each] of found.entries()) {
      if (known.has(index)) continue;
      const files = this.#left.get(identityOf(each));
      const other = [...(files ?? [])].find(([, count]) => count > 0)?.[0];
      if (other !== undefined && this.#take(each, other)) known.add(index);
    }
    return known;
  }

  #take(offence: KnownOffence, file: string): boolean {
    const files = this.#left.get(identityOf(offence));
    const left = files?.get(file) ?? 0;
    if (left === 0) return false;
    files?.set(file, left - 1);
    return true;
  }
}

const identityOf = ({ of, fingerprint, offence, unread }: KnownOffence): string =>
  [of, unread ? 'unread' : (offence ?? ''), fingerprint].join('\n');
