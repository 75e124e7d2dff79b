/** Numbers in sentences. */

/** Three digits, all of those before the point, no zeros at the end: 6.4, 0.156, 1,240. */
export function short(value: number): string {
  if (value === 0) return '0';
  const digits = 2 - Math.floor(Math.log10(Math.abs(value)));
  const fixed = value.toFixed(Math.min(9, Math.max(0, digits)));
  const [whole = '', decimals = ''] = fixed.split('.');
  const kept = decimals.replace(/0+$/, '');
  return kept === '' ? grouped(whole) : `${grouped(whole)}.${kept}`;
}

/** toLocaleString would make a formatter for each number. */
function grouped(digits: string): string {
  return digits.replaceAll(/\B(?=(\d{3})+$)/g, ',');
}

/** `41.3 %`. */
export function percent(fraction: number): string {
  return `${short(100 * fraction)} %`;
}

/** `3 moves`, `1 move`. */
export function counted(count: number, noun: string): string {
  return `${short(count)} ${noun}${count === 1 ? '' : 's'}`;
}
