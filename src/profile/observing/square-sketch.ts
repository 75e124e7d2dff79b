// Alon, Matias, Szegedy 1996, "The space complexity of approximating the frequency moments", by
// the buckets of Charikar, Chen, Farach-Colton 2002 (Count-Sketch).
import { murmurMix32 } from '../../base/hash/murmur3-32.ts';
import type { ValueHash } from './value-hash.ts';

const rows = 4;
const bits = 12;
const width = 1 << bits;

/** Standard error of `squares`, as a share of it: sqrt(2 / (4 x 4,096)), 1.1 %. */
export const squaresError = Math.sqrt(2 / (rows * width));

/**
 * The sum of the squared counts of all values of a stream, in 128 kB. A value adds 1 or -1, as its
 * hash says, to a cell of each row: what different values add to each other's squares is 0 on
 * average, so that the sum over a row is without bias. The mean of four rows is the estimate.
 */
export class SquareSketch {
  private readonly cells = new Float64Array(rows * width);

  add({ high, low }: ValueHash, times: number): void {
    const { cells } = this;
    for (let row = 0; row < rows; row += 1) {
      const word = murmurMix32(high ^ Math.imul(low, seeds[row] ?? 1));
      const cell = (row << bits) + (word >>> (32 - bits));
      cells[cell] = (cells[cell] ?? 0) + ((word & 1) === 0 ? times : -times);
    }
  }

  squares(): number {
    return this.cells.reduce((sum, cell) => sum + cell * cell, 0) / rows;
  }
}

/** Odd, so that no bit of the hash is lost. */
const seeds = [0x9e3779b1, 0x85ebca77, 0xc2b2ae3d, 0x27d4eb2f];
