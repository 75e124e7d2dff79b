import type { CandidateKey } from '../evidence.ts';
import { byText, columnId } from './key-columns.ts';
import type { ColumnUses } from './column-uses.ts';

/** A candidate that has no name yet. */
export interface FoundKey {
  /** One for each table, in order of their names. */
  readonly columns: CandidateKey['columns'];
  readonly root: string | null;
  /** The root, or the first table at the top of its references: for its name. */
  readonly top: string;
  readonly because: CandidateKey['because'];
  /** Share of the calls that fix (or insert) a value of it, roughly; 0 without queries. */
  readonly weight: number;
  /** Rows of its tables. */
  readonly rows: number;
}

const reasons = ['foreign key', 'several tables', 'where clause', 'file column'] as const;

export const inOrder = (because: ReadonlySet<string>): CandidateKey['because'] =>
  reasons.filter((each) => because.has(each));

/** Share of all calls that fix a column, in WHERE or in what they insert. */
export function shareFixing({ calls, fixed, inserted }: ColumnUses, id: string): number {
  return calls === 0 ? 0 : ((fixed.get(id) ?? 0) + (inserted.get(id) ?? 0)) / calls;
}

/** Of a table with several columns of one key; the first in this order is taken. */
export interface KeyChoice {
  readonly table: string;
  readonly columns: readonly string[];
  /** Places in the primary key, from 0; Infinity: not in it. */
  readonly places: readonly number[];
  /** References between it and the table that the values come from. */
  readonly steps: number;
  readonly notNull: boolean;
  readonly weight: number;
}

/**
 * In the primary key, the earliest; then by fewer references away from the table that the values
 * come from; then NOT NULL; then what templates fix most.
 */
export function byChoice(one: KeyChoice, other: KeyChoice): number {
  return (
    compared(Math.max(...one.places), Math.max(...other.places)) ||
    compared(one.steps, other.steps) ||
    Number(other.notNull) - Number(one.notNull) ||
    compared(other.weight, one.weight) ||
    byText(textOf(one), textOf(other))
  );
}

const textOf = ({ table, columns }: KeyChoice): string =>
  columns.map((column) => columnId(table, column)).join();

/** Two times Infinity are the same. */
const compared = (one: number, other: number): number => (one === other ? 0 : one < other ? -1 : 1);
