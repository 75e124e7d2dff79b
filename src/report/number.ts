/** Numbers as people read them, the same in every locale. */

function grouped(digits: string): string {
  return digits.replaceAll(/\B(?=(\d{3})+$)/g, ',');
}

/** 3 significant digits: 0.0123, 1.20, 12.3, 123, 1,230. */
export function significant(value: number): string {
  if (value === 0) return '0';
  const rounded = Number(value.toPrecision(3));
  if (rounded >= 1000) return grouped(rounded.toFixed(0));
  if (rounded < 0.001) return '<0.001';
  // The digits are those of the rounded value: 9.996 is 10.0, not 10.00.
  return rounded.toFixed(Math.max(0, 2 - Math.floor(Math.log10(rounded))));
}

/** A rate: 3 significant digits, all digits of the integer part: 0.52, 45.2, 813, 12,345. */
export function rate(value: number): string {
  return value >= 1000 ? grouped(value.toFixed(0)) : significant(value);
}

/** An exact count: 12,345. */
export function integer(value: number): string {
  return grouped(String(Math.round(value)));
}

/** A count with its noun: 1 shard, 12,345 rows. */
export function counted(count: number, noun: string): string {
  return `${integer(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** Two decimals: 1.28. */
export function ratio(value: number): string {
  return value.toFixed(2);
}

/** A fraction as a percentage: 12.5 %; never rounds something to nothing or to all. */
export function percent(fraction: number): string {
  if (fraction === 0 || fraction === 1) return `${fraction * 100} %`;
  const text = (fraction * 100).toFixed(1);
  if (text === '0.0') return '<0.1 %';
  if (text === '100.0') return '>99.9 %';
  return `${text} %`;
}

/** A duration given in milliseconds: 850 ms, 15 s, 2 min 30 s. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${significant(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 120) return `${Number(seconds.toFixed(1))} s`;
  const rest = Math.round(seconds % 60);
  return `${integer(Math.floor(seconds / 60))} min${rest === 0 ? '' : ` ${rest} s`}`;
}

const units = ['B', 'kB', 'MB', 'GB', 'TB'];

/** A size in powers of 1,000: 64.0 MB. */
export function bytes(value: number): string {
  let scaled = value;
  let unit = 0;
  while (scaled >= 999.5 && unit < units.length - 1) {
    scaled /= 1000;
    unit += 1;
  }
  return unit === 0 ? `${integer(value)} B` : `${significant(scaled)} ${units[unit]}`;
}
