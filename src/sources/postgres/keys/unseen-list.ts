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

  /** Keys of which there is the same to say stand together. */
  list(): Unseen[] {
    const merged = new Map<string, Unseen>();
    for (const [id, { code, place, tables }] of this.#entries) {
      const { sqlstate } = place;
      const numbers = { tables: tables.size, ...this.#numbers.get(id) };
      const same = JSON.stringify([code, sqlstate, [...tables], numbers]);
      const known = merged.get(same)?.names.key;
      const key = known === undefined ? place.key : `${String(known)}, ${place.key}`;
      const names = { key, tables: [...tables], ...(sqlstate !== undefined && { sqlstate }) };
      merged.set(same, { code, names, numbers });
    }
    return [...merged.values()];
  }
}
