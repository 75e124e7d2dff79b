import type { LogRecord } from '../log-record.ts';

/** A record that may still wait for its duration. */
export interface Slot {
  readonly record: { -readonly [Name in keyof LogRecord]: LogRecord[Name] };
  state: 'waiting' | 'settled' | 'dropped';
}

const mostSlots = 20_000;
const mostCharacters = 32e6;

/**
 * Gives records in the order of their lines, though some wait for what later lines say. Behind one
 * that waits for very long the others go ahead.
 */
export class OrderedRecords {
  #slots: Slot[] = [];
  /** Of `#slots`: those before it are given away. */
  #first = 0;
  #characters = 0;
  #taken: LogRecord[] = [];

  /** A record that is whole. */
  add(record: Slot['record']): void {
    if (this.#slots.length === 0) this.#taken.push(record);
    else this.#push({ record, state: 'settled' });
  }

  wait(record: Slot['record']): Slot {
    const slot: Slot = { record, state: 'waiting' };
    this.#push(slot);
    return slot;
  }

  /** No more is to be heard of it. */
  settle(slot: Slot, state: 'settled' | 'dropped'): void {
    slot.state = state;
    if (slot === this.#slots[this.#first]) this.#give();
  }

  /** Those that were given since the last call. */
  take(): readonly LogRecord[] {
    const taken = this.#taken;
    this.#taken = [];
    return taken;
  }

  #push(slot: Slot): void {
    this.#slots.push(slot);
    this.#characters += slot.record.sql.length;
    const many = this.#slots.length - this.#first > mostSlots;
    if (many || this.#characters > mostCharacters) this.#goAhead();
  }

  #give(): void {
    for (let slot = this.#slots[this.#first]; slot !== undefined; ) {
      if (slot.state === 'waiting') break;
      this.#first += 1;
      this.#done(slot);
      slot = this.#slots[this.#first];
    }
    // In halves, so that what was given away is let go at little cost.
    if (this.#first * 2 < this.#slots.length) return;
    this.#slots = this.#slots.slice(this.#first);
    this.#first = 0;
  }

  #goAhead(): void {
    const waiting: Slot[] = [];
    for (const slot of this.#slots.slice(this.#first)) {
      if (slot.state === 'waiting') waiting.push(slot);
      else this.#done(slot);
    }
    this.#slots = waiting;
    this.#first = 0;
    // What waits counts no more, or one long text would send all others ahead at once.
    this.#characters = 0;
  }

  #done({ record, state }: Slot): void {
    this.#characters = Math.max(0, this.#characters - record.sql.length);
    if (state === 'settled') this.#taken.push(record);
  }
}
