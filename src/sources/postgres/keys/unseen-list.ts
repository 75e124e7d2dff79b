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
      const own = { tables: tables.size, ...this.#numbers.get(id) };
      // A database that was only loaded has it of each key.
      const isOne = code === 'written-load-none';
      const same = JSON.stringify(isOne ? code : [code, sqlstate, [...tables], own]);
      const known = merged.get(same)?.names;
      const key = known === undefined ? place.key : `${String(known['key'])}, ${place.key}`;
      const before = [known?.['tables'] ?? []].flat();
      const all = [...new Set([...before, ...tables])];
      const names = { key, tables: all, ...(sqlstate !== undefined && { sqlstate }) };
      merged.set(same, { code, names, numbers: { ...own, tables: all.length } });
    }
    return [...merged.values()];
  }
}
