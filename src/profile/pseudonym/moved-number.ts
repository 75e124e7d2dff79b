// Black, Rogaway 2002, "Ciphers with arbitrary finite domains": a Feistel network, walked until it
// is back in the domain.
import type { KeyedNumbers } from './keyed-numbers.ts';

const rounds = 6;

interface Domain {
  readonly size: bigint;
  /** Bits of each of the two halves. */
  readonly bits: bigint;
  readonly name: string;
}

/**
 * Another number of 0 to size - 1, a different one for each, and none for itself: the numbers are
 * shuffled by the salt, and each becomes the one that lies some places further on. A domain of one
 * number has but that.
 */
export function movedNumber(value: bigint, size: bigint, keyed: KeyedNumbers): bigint {
  if (size < 2n) return value;
  const bits = BigInt(Math.ceil((size - 1n).toString(2).length / 2));
  const domain: Domain = { size, bits, name: `number/${size}` };
  const places = 1n + keyed.below(size - 1n, `${domain.name}/places`, '');
  const shuffled = walked(value, domain, keyed, forwards);
  return walked((shuffled + places) % size, domain, keyed, backwards);
}

type Direction = (value: bigint, domain: Domain, keyed: KeyedNumbers) => bigint;

function walked(value: bigint, domain: Domain, keyed: KeyedNumbers, step: Direction): bigint {
  let next = step(value, domain, keyed);
  while (next >= domain.size) next = step(next, domain, keyed);
  return next;
}

const forwards: Direction = (value, domain, keyed) => {
  const mask = (1n << domain.bits) - 1n;
  let [left, right] = [value >> domain.bits, value & mask];
  for (let round = 0; round < rounds; round += 1) {
    [left, right] = [right, left ^ (mixed(right, round, domain, keyed) & mask)];
  }
  return (left << domain.bits) | right;
};

const backwards: Direction = (value, domain, keyed) => {
  const mask = (1n << domain.bits) - 1n;
  let [left, right] = [value >> domain.bits, value & mask];
  for (let round = rounds - 1; round >= 0; round -= 1) {
    [left, right] = [right ^ (mixed(left, round, domain, keyed) & mask), left];
  }
  return (left << domain.bits) | right;
};

const mixed = (half: bigint, round: number, { name }: Domain, keyed: KeyedNumbers): bigint =>
  keyed.of(`${name}/${round}`, half.toString());
