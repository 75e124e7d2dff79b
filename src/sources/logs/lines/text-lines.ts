import { isAscii, isUtf8 } from 'node:buffer';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** Postgres takes no statement above 1 GB; what is longer than this is no line of a log. */
const longestLineBytes = 64 * 2 ** 20;

export type EachLine = (text: string, number: number) => void;

export interface LineFaults {
  /** Its bytes are no UTF-8: they were read as Latin-1, so that different ones stay different. */
  notUtf8(line: number): void;
  /** It was left out. */
  tooLong(line: number): void;
}

/**
 * Lines of a text that comes in pieces, numbered from 1, without their ends. Each line is a string
 * of its own: a part of a larger string would keep all of that in memory.
 */
export class TextLines {
  readonly #faults: LineFaults;
  #number = 0;
  readonly #crLf: boolean;
  #pending: Buffer[] = [];
  #pendingBytes = 0;

  /** @param crLf whether lines end in CR LF; if not, a CR at the end belongs to the text */
  constructor(crLf: boolean, faults: LineFaults) {
    this.#crLf = crLf;
    this.#faults = faults;
  }

  get count(): number {
    return this.#number;
  }

  add(chunk: Buffer, each: EachLine): void {
    const last = chunk.lastIndexOf(lineFeed);
    if (last === -1) {
      this.#keep(chunk);
      return;
    }
    const first = this.#pendingBytes > 0 ? chunk.indexOf(lineFeed) : -1;
    if (first !== -1) this.#one(this.#whole(chunk.subarray(0, first)), each);
    this.#several(chunk.subarray(first + 1, last + 1), each);
    this.#keep(chunk.subarray(last + 1));
  }

  /** The last line where no line feed ends it, which may be cut; null: there is none. */
  rest(): { readonly text: string; readonly number: number } | null {
    if (this.#pendingBytes === 0) return null;
    this.#number += 1;
    const bytes = this.#whole(Buffer.alloc(0));
    if (bytes === null) this.#faults.tooLong(this.#number);
    const text = bytes?.toString() ?? '';
    return { text: this.#number === 1 ? text.replace(/^\uFEFF/, '') : text, number: this.#number };
  }

  #keep(bytes: Buffer): void {
    if (bytes.length === 0) return;
    this.#pendingBytes += bytes.length;
    // What is too long is counted, not kept.
    if (this.#pendingBytes <= longestLineBytes) this.#pending.push(bytes);
    else this.#pending = [];
  }

  /** null: too long. */
  #whole(end: Buffer): Buffer | null {
    const long = this.#pendingBytes + end.length > longestLineBytes;
    const whole = long ? null : Buffer.concat([...this.#pending, end]);
    this.#pending = [];
    this.#pendingBytes = 0;
    return whole;
  }

  #one(bytes: Buffer | null, each: EachLine): void {
    if (bytes === null) {
      this.#number += 1;
      this.#faults.tooLong(this.#number);
      each('', this.#number);
    } else this.#line(bytes, 0, bytes.length, encodingOf(bytes), each);
  }

  #several(bytes: Buffer, each: EachLine): void {
    const encoding = encodingOf(bytes);
    let from = 0;
    for (let to = bytes.indexOf(lineFeed); to !== -1; to = bytes.indexOf(lineFeed, from)) {
      this.#line(bytes, from, to, encoding, each);
      from = to + 1;
    }
  }

  #line(bytes: Buffer, from: number, to: number, encoding: Encoding, each: EachLine): void {
    this.#number += 1;
    const start = this.#number === 1 && hasMark(bytes, from) ? from + 3 : from;
    const end = this.#crLf && to > start && bytes[to - 1] === carriageReturn ? to - 1 : to;
    if (encoding !== 'mixed') {
      each(bytes.toString(encoding, start, end), this.#number);
      return;
    }
    const valid = isUtf8(bytes.subarray(start, end));
    if (!valid) this.#faults.notUtf8(this.#number);
    each(bytes.toString(valid ? 'utf8' : 'latin1', start, end), this.#number);
  }
}

type Encoding = 'latin1' | 'utf8' | 'mixed';

/** ASCII is read as Latin-1, which is faster. */
function encodingOf(bytes: Buffer): Encoding {
  if (isAscii(bytes)) return 'latin1';
  return isUtf8(bytes) ? 'utf8' : 'mixed';
}

const hasMark = (bytes: Buffer, at: number): boolean =>
  bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf;
