/** Numbers in sentences. */

/** Three digits: 6.4, 0.156, 1,240. */
export function short(value: number): string {
  if (value === 0) return '0';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return Number(value.toFixed(Math.min(digits, 9))).toLocaleString('en-US', {
    maximumFractionDigits: Math.min(digits, 9),
  });
}

/** `41.3 %`. */
export function percent(fraction: number): string {
  return `${short(100 * fraction)} %`;
}

/** `3 moves`, `1 move`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}
