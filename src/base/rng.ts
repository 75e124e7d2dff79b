// Alea: Baagøe 2010, https://github.com/nquinlan/better-random-numbers-for-javascript-mirror
import seedrandom from 'seedrandom';

/** A stream of pseudo-random numbers, fixed by its seed. */
export interface Rng {
  /** Uniform in [0, 1) with 53 bits. */
  double(): number;
  /** The next `out.length` doubles. */
  fill(out: Float64Array): void;
  /** Uniform integer in [0, 2^32). */
  uint32(): number;
}

/**
 * One stream for each label, so that no draw of one part depends on how often another part drew.
 * seedrandom turns the label into a state; its plain call has 32 bits, `double` has 53.
 */
export function rngFrom(seed: number, label: string): Rng {
  const { s0, s1, s2, c } = seedrandom.alea(`${seed}/${label}`, { state: true }).state();
  return new Alea(s0, s1, s2, c);
}

const multiplier = 2_091_639;
const toFraction = 2 ** -32;

/** The numbers of seedrandom's generator, in one call instead of three nested ones. */
class Alea implements Rng {
  private s0: number;
  private s1: number;
  private s2: number;
  private carry: number;

  constructor(s0: number, s1: number, s2: number, carry: number) {
    this.s0 = s0;
    this.s1 = s1;
    this.s2 = s2;
    this.carry = carry;
  }

  double(): number {
    const first = multiplier * this.s0 + this.carry * toFraction;
    const firstCarry = first | 0;
    const high = first - firstCarry;
    const second = multiplier * this.s1 + firstCarry * toFraction;
    const secondCarry = second | 0;
    const low = second - secondCarry;
    this.s0 = this.s2;
    this.s1 = high;
    this.s2 = low;
    this.carry = secondCarry;
    return high + ((low * 0x200000) | 0) * 2 ** -53;
  }

  fill(out: Float64Array): void {
    for (let i = 0; i < out.length; i += 1) out[i] = this.double();
  }

  uint32(): number {
    const next = multiplier * this.s0 + this.carry * toFraction;
    this.carry = next | 0;
    this.s0 = this.s1;
    this.s1 = this.s2;
    this.s2 = next - this.carry;
    return (this.s2 * 2 ** 32) >>> 0;
  }
}
