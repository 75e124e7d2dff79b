import { GrowingNumbers } from './growing-numbers.ts';
import { type KeyCodes, marks } from './key-codes.ts';

/** A list whose elements may be equal but for their literals. */
interface Frame {
  /** Number of brackets around its elements. */
  readonly depth: number;
  /** Of rows behind VALUES, which are elements with their brackets. */
  readonly rows: boolean;
  /** Of the first element of the run of equal ones: where it lies, its literals. */
  runStart: number;
  runEnd: number;
  runLiterals: number;
  runWidth: number;
  runLength: number;
  /** Of the element that is being read. */
  start: number;
  literals: number;
  lists: number;
}

/** Numbers of a shortened list, by their places. */
export const listParts = {
  firstLiteral: 0,
  /** Literals of one element. */
  width: 1,
  elements: 2,
  /** UTF-16 units of the one that is left in the key. */
  length: 3,
} as const;

/** How many these are. */
export const listStride = 4;

/**
 * Leaves out, of the elements of a list that are equal but for their literals, all but the first,
 * as pg_stat_statements does since version 18: `in (1, 2, 3)` and `in (4, 5)` have one key. The
 * same for rows of VALUES.
 */
export class ListFrames {
  /** Of each list that was shortened, as many numbers as there are `listParts`. */
  readonly lists = new GrowingNumbers();
  private readonly frames: Frame[] = [];
  private readonly codes: KeyCodes;

  constructor(codes: KeyCodes) {
    this.codes = codes;
  }

  reset(): void {
    this.lists.length = 0;
    this.frames.length = 0;
  }

  /** @param depth brackets around the elements */
  begin(depth: number, rows: boolean, literals: number): void {
    const start = this.codes.length;
    const lists = this.lists.length;
    const run = { runStart: start, runEnd: start, runLiterals: literals };
    const none = { runWidth: 0, runLength: 0 };
    this.frames.push({ depth, rows, ...run, ...none, start, literals, lists });
  }

  /** Whether an element of the innermost list ends with a comma or bracket at this depth. */
  awaits(depth: number): boolean {
    return this.frames.length > 0 && this.frames[this.frames.length - 1]?.depth === depth;
  }

  /** Before its comma or bracket is written. */
  element(literals: number): void {
    const frame = this.frames[this.frames.length - 1];
    if (frame === undefined) return;
    const { codes } = this;
    const width = literals - frame.literals;
    const length = codes.length - frame.start;
    const continues =
      frame.runLength > 0 &&
      width > 0 &&
      width === frame.runWidth &&
      this.lists.length === frame.lists &&
      length === frame.runEnd - frame.runStart &&
      codes.same(frame.start, frame.runStart, length);
    if (continues) {
      codes.length = frame.runEnd;
      frame.runLength += 1;
      return;
    }
    const moved = this.endRun(frame);
    frame.runStart = frame.start + moved;
    frame.runEnd = codes.length;
    frame.runLiterals = frame.literals;
    frame.runWidth = width;
    // What has a shortened list within it is no element to shorten others by.
    frame.runLength = this.lists.length === frame.lists + listStride * moved ? 1 : 0;
  }

  /** Behind the comma and its space. */
  next(literals: number): void {
    const frame = this.frames[this.frames.length - 1];
    if (frame === undefined) return;
    frame.start = this.codes.length;
    frame.literals = literals;
    frame.lists = this.lists.length;
  }

  /** Whether the innermost list are rows of VALUES at this depth. */
  get inRows(): boolean {
    return this.frames[this.frames.length - 1]?.rows ?? false;
  }

  /** Whether there is a list below more brackets than these. */
  isBelow(depth: number): boolean {
    return (this.frames[this.frames.length - 1]?.depth ?? -1) > depth;
  }

  end(): void {
    const frame = this.frames.pop();
    if (frame !== undefined) this.endRun(frame);
  }

  /** Returns by how much it moved what follows. */
  private endRun(frame: Frame): 0 | 1 {
    if (frame.runLength < 2) return 0;
    this.codes.insert(marks.more, frame.runEnd);
    const { runLiterals, runWidth, runLength, runStart, runEnd } = frame;
    this.add([runLiterals, runWidth, runLength, runEnd - runStart]);
    return 1;
  }

  /** In the order of their literals: a list within an element may have ended before. */
  private add(list: readonly [firstLiteral: number, ...rest: number[]]): void {
    const { lists } = this;
    const added = lists.length;
    for (const part of list) lists.push(part);
    for (let at = added; at > 0 && lists.at(at - listStride) > list[0]; at -= listStride) {
      lists.values.copyWithin(at, at - listStride, at);
      lists.values.set(list, at - listStride);
    }
  }
}
