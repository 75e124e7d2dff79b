import { LinearCounter } from './linear-counter.ts';
import { typeOfBoth, typeOfValue, type ValueType } from './value-types.ts';

/** Values that are looked at for their type. */
const lookedMost = 2000;

/** What values of a column say of it. */
export class SeenValues {
  readonly #counter = new LinearCounter();
  #looked = 0;
  /** null: none was seen. */
  type: ValueType | null = null;
  hasNulls = false;

  add(value: string | null): void {
    if (value === null) {
      this.hasNulls = true;
      return;
    }
    this.#counter.add(value);
    if (this.#looked >= lookedMost || this.type === 'text') return;
    this.#looked += 1;
    const type = typeOfValue(value);
    this.type = this.type === null ? type : typeOfBoth(this.type, type);
  }

  get distinct(): number {
    return this.#counter.distinct;
  }
}

const insertedMost = 20_000;

/** Values that several columns had together: whether they may be a key, and how many there were. */
export class SeenTuples {
  readonly #counter = new LinearCounter();
  readonly #inserted = new Set<string>();
  /** Whether two rows were inserted with the same values. */
  isRepeated = false;

  add(values: readonly string[], isInserted: boolean): void {
    const text = values.join('\u001F');
    this.#counter.add(text);
    if (!isInserted || this.isRepeated) return;
    if (this.#inserted.has(text)) {
      this.isRepeated = true;
      this.#inserted.clear();
    } else if (this.#inserted.size < insertedMost) this.#inserted.add(text);
  }

  get distinct(): number {
    return this.#counter.distinct;
  }
}
