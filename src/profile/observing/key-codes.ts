/**
 * What stands in a key in place of literals: code units that are no characters and never will be.
 */
export const marks = {
  string: 0xfdd0,
  number: 0xfdd1,
  /** Behind the first of equal elements of a list; the others are left out. */
  more: 0xfdd2,
  /** A quote or comment that does not end: the rest is left out. */
  open: 0xfdd3,
} as const;

export const isMark = (code: number): boolean => code >= 0xfdd0 && code <= 0xfdd3;

const space = 32;

/** UTF-16 units of a key, with room for as long a text as there was. */
export class KeyCodes {
  codes = new Uint16Array(1024);
  length = 0;
  private gap = false;

  reset(textLength: number): void {
    this.length = 0;
    this.gap = false;
    // A space for each comma, and a mark for each literal, which is at least as long.
    const most = 2 * textLength + 16;
    if (this.codes.length < most) this.codes = new Uint16Array(2 * most);
  }

  /** White space or a comment was read: a space, but not at brackets and before commas. */
  space(): void {
    const last = this.codes[this.length - 1];
    this.gap = this.length > 0 && last !== space && last !== 40 && last !== 91;
  }

  push(code: number): void {
    this.settle();
    this.codes[this.length] = code;
    this.length += 1;
  }

  /** A bracket that closes. */
  close(code: number): void {
    this.gap = false;
    this.codes[this.length] = code;
    this.length += 1;
  }

  comma(): void {
    this.close(44);
    this.codes[this.length] = space;
    this.length += 1;
  }

  copy(sql: string, from: number, to: number): void {
    this.settle();
    const { codes } = this;
    let length = this.length;
    for (let at = from; at < to; at += 1) {
      const code = sql.charCodeAt(at);
      codes[length] = code < 0xfdd0 || !isMark(code) ? code : 0xfffd;
      length += 1;
    }
    this.length = length;
  }

  /** Whether codes[a .. a + length) are codes[b .. b + length). */
  same(a: number, b: number, length: number): boolean {
    for (let i = 0; i < length; i += 1) {
      if (this.codes[a + i] !== this.codes[b + i]) return false;
    }
    return true;
  }

  insert(code: number, at: number): void {
    this.codes.copyWithin(at + 1, at, this.length);
    this.codes[at] = code;
    this.length += 1;
  }

  hash(): number {
    const { codes, length } = this;
    let hash = length | 0;
    for (let i = 0; i < length; i += 1) hash = Math.imul(hash ^ (codes[i] ?? 0), 0x01000193);
    return hash ^ (hash >>> 15);
  }

  /** Writes the space that was read, if there is one to write. */
  settle(): void {
    if (!this.gap) return;
    this.gap = false;
    this.codes[this.length] = space;
    this.length += 1;
  }
}
