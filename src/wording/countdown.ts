/** Rounded up and to the second, for it is watched while it runs out. */
export function countdown(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return inTwo(seconds, 60, 'min', 's');
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 24 * 60) return inTwo(minutes, 60, 'h', 'min');
  return inTwo(Math.ceil(minutes / 60), 24, 'd', 'h');
}

function inTwo(count: number, size: number, large: string, small: string): string {
  return `${Math.floor(count / size)} ${large} ${String(count % size).padStart(2, '0')} ${small}`;
}

/** How much is done, rounded down: 100 % is said only when it is all. */
export const donePercent = (fraction: number): string => `${Math.floor(100 * fraction)} %`;
