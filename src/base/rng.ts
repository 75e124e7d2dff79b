import seedrandom from 'seedrandom';

/** A stream of pseudo-random numbers, fixed by its seed. */
export interface Rng {
  /** Uniform in [0, 1) with 53 bits. */
  double(): number;
  /** Uniform integer in [0, 2^32). */
  uint32(): number;
}

/**
 * One stream for each label, so that no draw of one part depends on how often another part drew.
 * Alea (Baagøe 2010) through seedrandom: its plain call has 32 bits, `double` has 53.
 */
export function rngFrom(seed: number, label: string): Rng {
  const generator = seedrandom.alea(`${seed}/${label}`);
  return {
    double: () => generator.double(),
    uint32: () => generator.int32() >>> 0,
  };
}
