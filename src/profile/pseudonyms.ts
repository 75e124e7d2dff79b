import { arrayElements } from './observing/array-text.ts';
import { KeyedNumbers } from './pseudonym/keyed-numbers.ts';
import { movedNumber } from './pseudonym/moved-number.ts';
import { numberText } from './pseudonym/number-text.ts';
import { fewLetters, readableWords, tells } from './pseudonym/readable-words.ts';
import { shiftedClock, shiftedTime } from './pseudonym/shifted-time.ts';
import { familyOf, lengthOf, type TypeFamily, wholeType } from './pseudonym/type-family.ts';

/**
 * A salt that nobody else has and that is not stored, and values that no pseudonym may be, as those
 * of other users' are; or the values themselves, where wanted.
 */
export type PseudonymChoice =
  | { readonly salt: string; readonly apart?: ReadonlySet<string> }
  | { readonly keep: true };

/** What joins the parts of a composite value, and of its type. */
const separator = '\u001f';

/** Words of Postgres that are no one's secret. */
const special = /^(?:-?infinity|nan)$/i;

/**
 * What stands for the values of users in documents: values of the same type, the same one for each
 * value in one run and another one in the next. Different values have different pseudonyms, and
 * none is the value itself.
 *
 * Numbers keep sign and number of digits; those of up to three digits may be values of others, for
 * few are left. Dates keep order and distances, for all are shifted by as much: who knows the date
 * behind one pseudonym knows all of them.
 */
export class Pseudonyms {
  private readonly keyed: KeyedNumbers | null;
  private readonly known = new Map<string, string>();
  private readonly taken = new Map<string, string>();
  private readonly apart: ReadonlySet<string>;

  constructor(choice: PseudonymChoice) {
    this.keyed = 'salt' in choice ? new KeyedNumbers(choice.salt) : null;
    this.apart = ('salt' in choice ? choice.apart : undefined) ?? new Set();
  }

  /**
   * @param type as format_type writes it, with U+001F between those of a composite value's parts;
   *   one type stands for all of them. `enum` for labels, which stay; '' where it is not known.
   */
  of(value: string, type: string): string {
    const { keyed } = this;
    if (keyed === null) return value;
    if (!value.includes(separator)) return this.part(value, type, keyed);
    const types = type.split(separator);
    return value
      .split(separator)
      .map((part, at) => this.part(part, types[at] ?? types[0] ?? '', keyed))
      .join(separator);
  }

  /**
   * Where their order is what matters: ranks from 1, the same for equal values. Numbers are ordered
   * as numbers, all else by its characters.
   */
  ranked(values: readonly string[]): string[] {
    if (this.keyed === null) return [...values];
    const areNumbers = values.every((value) => value.trim() !== '' && !Number.isNaN(Number(value)));
    const sorted = [...new Set(values)].toSorted((a, b) =>
      areNumbers && Number(a) !== Number(b) ? Number(a) - Number(b) : a < b ? -1 : 1,
    );
    const ranks = new Map<string, number>();
    let rank = 0;
    for (const [at, value] of sorted.entries()) {
      const before = sorted[at - 1];
      const isEqual = areNumbers && before !== undefined && Number(before) === Number(value);
      if (!isEqual) rank += 1;
      ranks.set(value, rank);
    }
    return values.map((value) => String(ranks.get(value)));
  }

  private part(value: string, type: string, keyed: KeyedNumbers): string {
    const array = /^(.*?)\s*\[\d*\]$/.exec(type.trim())?.[1];
    if (array !== undefined && value.startsWith('{')) {
      const elements = arrayElements(value).map((each) =>
        each === null ? 'NULL' : this.part(each, array, keyed),
      );
      return `{${elements.join()}}`;
    }
    const family = familyOf(type, value);
    if (family === 'kept' || (special.test(value) && family !== 'text')) return value;
    const id = `${family}${separator}${type}${separator}${value}`;
    const known = this.known.get(id);
    if (known !== undefined) return known;
    const made = this.made(value, type, family, keyed);
    this.known.set(id, made);
    return made;
  }

  /**
   * Moved on, as the number that it is, until it is no other value's: neither one of the user's nor
   * a pseudonym that was given already. Few digits are all somebody's.
   */
  private walked(
    first: string,
    value: string,
    type: string,
    family: TypeFamily,
    keyed: KeyedNumbers,
  ): string {
    if (family !== 'number' && family !== 'address') return first;
    if (family === 'number' && digitsOf(first) <= fewDigits) return first;
    let moved = first;
    for (let step = 0; step < stepsMost; step += 1) {
      const holder = this.taken.get(moved);
      const isFree = holder === undefined || holder === value;
      if (isFree && moved !== value && !this.apart.has(moved)) break;
      moved = movedValue(moved, type, family, keyed) ?? moved;
    }
    this.taken.set(moved, value);
    return moved;
  }

  private made(value: string, type: string, family: TypeFamily, keyed: KeyedNumbers): string {
    const moved = movedValue(value, type, family, keyed);
    if (moved !== null) return this.walked(moved, value, type, family, keyed);
    for (let attempt = 0; ; attempt += 1) {
      const drawn = drawnValue(value, type, family, attempt, keyed);
      // Two hashes of 43 bits hardly ever meet; few letters do, and may have to be more.
      const holder = this.taken.get(drawn);
      const isFree = holder === undefined || holder === value;
      if (
        this.apart.has(drawn) ||
        !isFree ||
        drawn === value ||
        (family === 'text' && tells(drawn, value))
      )
        continue;
      this.taken.set(drawn, value);
      return drawn;
    }
  }
}

const fewDigits = 3;
const stepsMost = 1000;

const digitsOf = (text: string): number => text.replace(/e.*$/i, '').replaceAll(/\D/g, '').length;

/** Where each value has another one for itself; null: it is drawn. */
function movedValue(
  value: string,
  type: string,
  family: TypeFamily,
  keyed: KeyedNumbers,
): string | null {
  if (family === 'number') return numberText(value, wholeType(type), keyed);
  if (family === 'time') return shiftedTime(value, keyed);
  if (family === 'clock') return shiftedClock(value, keyed);
  if (family === 'address') return movedAddress(value, keyed);
  return null;
}

function movedAddress(value: string, keyed: KeyedNumbers): string | null {
  const [, address = '', mask = ''] = /^(\d+\.\d+\.\d+\.\d+)(\/\d+)?$/.exec(value) ?? [];
  if (address === '') return null;
  const number = address.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
  const moved = movedNumber(number % 2n ** 32n, 2n ** 32n, keyed);
  const parts = [24n, 16n, 8n, 0n].map((shift) => (moved >> shift) & 255n);
  return `${parts.join('.')}${mask}`;
}

/** Attempts after which letters are too few to be all different. */
const attemptsMost = 50;

function drawnValue(
  value: string,
  type: string,
  family: TypeFamily,
  attempt: number,
  keyed: KeyedNumbers,
): string {
  const hex = keyed.of(`${family}/${attempt}`, value).toString(16).padStart(64, '0');
  if (family === 'uuid') {
    const [start, middle] = [`${hex.slice(0, 8)}-${hex.slice(8, 12)}`, hex.slice(13, 16)];
    return `${start}-4${middle}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  }
  if (family === 'bytes') return `\\x${hex.slice(0, 16)}`;
  if (family === 'address') {
    return `fd${hex.slice(0, 2)}:${hex.slice(2, 6)}:${hex.slice(6, 10)}::${hex.slice(10, 14)}`;
  }
  if (family === 'interval') return `${Number.parseInt(hex.slice(0, 6), 16)} hours`;
  if (family === 'number') return String(Number.parseInt(hex.slice(0, 8), 16));
  if (family === 'json') return `"${readableWords(value, attempt, keyed)}"`;
  const most = lengthOf(type);
  const hasRoom = most === null || most >= 15 || attempt >= attemptsMost;
  return hasRoom ? readableWords(value, attempt, keyed) : fewLetters(value, most, attempt, keyed);
}
