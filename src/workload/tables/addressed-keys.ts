import { present } from '../../base/assert.ts';
import { KeyIndex } from '../../base/key-index.ts';
import type { PackedKeys, RoutedKeyType } from '../../base/keys.ts';
import type { Layout } from '../../scenario/layout-types.ts';
import { type ArrivalRows, createArrivalRows } from '../arrival-rows.ts';
import type { Workload } from '../types.ts';

import { mainKeyType, type StatementKey } from './statement-keys.ts';
import { longestKey, type ScriptWays, scriptWays } from './statement-ways.ts';

/** Values of a layout's shard key that an arrival's statements name, whatever the router. */
export class AddressedKeys {
  /** Numbers of the distinct values of the arrival opened last. */
  readonly numbers: number[] = [];
  /** Whether a statement goes to every shard. */
  everywhere = false;
  /** Whether one goes to all shards between two values: `numbers` has both. */
  range = false;
  /** Whether one goes by a key of its own table, and one to the tables at home. */
  own = false;
  home = false;
  /**
   * Whether writes and locking reads go by two values or more, of this key or another, or to every
   * shard.
   */
  locksSeveral = false;
  /** Of the key. */
  private readonly type: RoutedKeyType;
  private readonly rows: ArrivalRows;
  private readonly operations: readonly (ScriptWays | null)[];
  private readonly index = new KeyIndex();
  private readonly scratch: Uint8Array;
  private readonly locked: number[] = [];
  private locks = false;
  /** Runs of statements that lock rows elsewhere than by this key: all at home count as one. */
  private locksByOwn = 0;
  private locksHome = 0;

  constructor(workload: Workload, layout: Layout) {
    this.type = mainKeyType(workload, layout);
    this.rows = createArrivalRows(workload);
    this.operations = scriptWays(workload, layout, this.rows);
    this.scratch = new Uint8Array(longestKey(this.operations));
  }

  /** Reads an arrival; false where the layout cannot run its operation. */
  open(operation: number, tenant: number, number: number): boolean {
    this.numbers.length = 0;
    this.locked.length = 0;
    this.everywhere = false;
    this.range = false;
    this.own = false;
    this.home = false;
    this.locksSeveral = false;
    this.locksByOwn = 0;
    this.locksHome = 0;
    const ways = this.operations[operation] ?? null;
    if (ways === null) return false;
    this.rows.open(operation, ways.instead, tenant, number);
    for (let statement = 0; statement < ways.statements.length; statement += 1) {
      const group = ways.script.statements[statement]?.group ?? 0;
      const repetitions = group === 0 ? 1 : this.rows.repetitions(group);
      for (let r = 0; r < repetitions; r += 1) this.addStatement(ways, statement, r);
    }
    if (this.locked.length + this.locksByOwn + this.locksHome > 1) this.locksSeveral = true;
    return true;
  }

  /** Values by their numbers. */
  packed(numbers: readonly number[]): PackedKeys {
    return this.index.packed(this.type, numbers);
  }

  private addStatement(ways: ScriptWays, statement: number, repetition: number): void {
    const way = present(ways.statements[statement], 'statement');
    this.locks = ways.locks[statement] ?? false;
    if (way.to === 'all') {
      this.everywhere = true;
      if (this.locks) this.locksSeveral = true;
    } else if (way.to === 'home') {
      this.home = true;
      if (this.locks) this.locksHome = 1;
    } else if (way.to === 'keys' || way.to === 'range') {
      if (way.router !== 'main') {
        this.own = true;
        if (this.locks) this.locksByOwn += 1;
      } else if (way.to === 'keys') {
        for (const key of way.keys) this.addKey(key, repetition);
      } else {
        this.range = true;
        this.addKey(way.low, repetition);
        this.addKey(way.high, repetition);
      }
    }
  }

  private addKey(key: StatementKey, repetition: number): void {
    const count = key.count();
    for (let i = 0; i < count; i += 1) {
      const length = key.write(repetition, i, this.scratch);
      if (length === 0) continue;
      const number = this.index.numberOf(this.scratch, length);
      if (!this.numbers.includes(number)) this.numbers.push(number);
      if (this.locks && !this.locked.includes(number)) this.locked.push(number);
    }
  }
}
