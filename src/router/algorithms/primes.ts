/** By trial division: for numbers up to a few millions. */
export function isPrime(value: number): boolean {
  for (let by = 2; by * by <= value; by += 1) if (value % by === 0) return false;
  return value >= 2;
}

/** The primes on both sides of a whole number from 4 up that is none. */
export function neighbouringPrimes(value: number): readonly [number, number] {
  let below = value - 1;
  while (!isPrime(below)) below -= 1;
  let above = value + 1;
  while (!isPrime(above)) above += 1;
  return [below, above];
}
