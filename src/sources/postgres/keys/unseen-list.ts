import type { Unseen } from '../../../profile/evidence.ts';
import type { KeysUnseenCode } from './keys-unseen-codes.ts';

interface Place {
  readonly key: string;
  readonly tables: readonly string[];
  readonly sqlstate?: string;
}

/** What could not be seen, one entry for each code and key with all its tables. */
export class UnseenList {
  readonly #entries = new Map<string, { code: string; place: Place; tables: Set<string> }>();
  readonly #numbers = new Map<string, Record<string, number>>();

  add(code: KeysUnseenCode, place: Place, numbers: Readonly<Record<string, number>> = {}): void {
    const id = [code, place.key, place.sqlstate ?? ''].join('\u0000');
    const entry = this.#entries.get(id) ?? { code, place, tables: new Set() };
    for (const table of place.tables) entry.tables.add(table);
    this.#entries.set(id, entry);
    this.#numbers.set(id, numbers);
  }

  list(): Unseen[] {
    return [...this.#entries].map(([id, { code, place, tables }]) => ({
      code,
      names: {
        key: place.key,
        tables: [...tables],
        ...(place.sqlstate !== undefined && { sqlstate: place.sqlstate }),
      },
      numbers: { tables: tables.size, ...this.#numbers.get(id) },
    }));
  }
}
