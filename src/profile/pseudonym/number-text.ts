import type { KeyedNumbers } from './keyed-numbers.ts';
import { movedNumber } from './moved-number.ts';

const largest: Readonly<Record<string, bigint>> = {
  smallint: 32_767n,
  integer: 2_147_483_647n,
  bigint: 9_223_372_036_854_775_807n,
};

const number = /^([+-]?)(\d+)(?:\.(\d+))?(e[+-]?\d+)?$/i;

/**
 * A number with as many digits before and behind the point, the same sign and power; null where the
 * text is no number.
 *
 * @param type a whole number of it stays within its range
 */
export function numberText(value: string, type: string, keyed: KeyedNumbers): string | null {
  const [all, sign = '', whole = '', fraction = '', power = ''] = number.exec(value.trim()) ?? [];
  if (all === undefined) return null;
  const digits = (whole + fraction).replace(/^0+(?=\d)/, '');
  const moved = movedDigits(digits, sign === '-', largest[type], keyed);
  const padded = moved.padStart(whole.length + fraction.length, '0');
  const point = padded.length - fraction.length;
  const text = fraction === '' ? padded : `${padded.slice(0, point)}.${padded.slice(point)}`;
  return `${sign === '-' ? '-' : ''}${text}${power}`;
}

function movedDigits(
  digits: string,
  isNegative: boolean,
  most: bigint | undefined,
  keyed: KeyedNumbers,
): string {
  const value = BigInt(digits);
  const power = 10n ** BigInt(digits.length);
  // There is no -0 among whole numbers.
  const first = digits.length > 1 ? power / 10n : isNegative && value > 0n ? 1n : 0n;
  const last = most !== undefined && value <= most && power > most ? most : power - 1n;
  return (first + movedNumber(value - first, last - first + 1n, keyed)).toString();
}
