import { GrowingNumbers } from './growing-numbers.ts';

/** Where the literals of a text are. */
export class LiteralPlaces {
  readonly starts = new GrowingNumbers();
  readonly ends = new GrowingNumbers();
  /** 1: a minus stands before it, which is a part of it. */
  readonly negative = new GrowingNumbers();

  get length(): number {
    return this.starts.length;
  }

  reset(): void {
    this.starts.length = 0;
    this.ends.length = 0;
    this.negative.length = 0;
  }

  add(start: number, end: number, negative: number): void {
    this.starts.push(start);
    this.ends.push(end);
    this.negative.push(negative);
  }
}
