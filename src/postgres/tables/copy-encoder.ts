import type { CellText } from './table-rows.ts';

const [tab, lineFeed, backslash] = [9, 10, 92];
/** The N of COPY's NULL, backslash N. */
const capitalN = 78;
/** Shorter texts are written faster byte by byte than by a call into Node. */
const longText = 24;
const firstBeyondAscii = 0x80;
const needsCare = /[\\\t\n\r\u0080-\uffff]/;

/**
 * Rows in COPY's text format, written into bytes of one piece: an ASCII character is one byte, and
 * no string is joined, copied and encoded.
 */
export class CopyEncoder {
  private readonly size: number;
  private bytes: Buffer;
  length = 0;
  /** Since the start. */
  rows = 0;

  constructor(size: number) {
    this.size = size;
    this.bytes = Buffer.allocUnsafeSlow(size);
  }

  /** Gives away what was written and goes on in fresh memory: a socket may still read the old. */
  take(): Buffer {
    const taken = this.bytes.subarray(0, this.length);
    this.bytes = Buffer.allocUnsafeSlow(this.size);
    this.length = 0;
    return taken;
  }

  addRow(row: number, columns: readonly CellText[]): void {
    for (let i = 0; i < columns.length; i += 1) {
      const text = columns[i]?.(row) ?? null;
      // A character takes at most 3 bytes (two of them 4), or 2 where it is escaped.
      this.reserve(text === null ? 3 : 3 * text.length + 2);
      if (i > 0) this.bytes[this.length++] = tab;
      if (text === null) {
        this.bytes[this.length++] = backslash;
        this.bytes[this.length++] = capitalN;
      } else this.addText(text);
    }
    this.bytes[this.length++] = lineFeed;
    this.rows += 1;
  }

  /** Room for so many bytes and the end of the line. */
  private reserve(more: number): void {
    const needed = this.length + more + 1;
    if (needed <= this.bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(2 * needed);
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }

  private addText(text: string): void {
    if (text.length >= longText) {
      this.addLong(text);
      return;
    }
    const { bytes } = this;
    let at = this.length;
    for (let i = 0; i < text.length; i += 1) {
      const unit = text.charCodeAt(i);
      if (unit >= firstBeyondAscii || unit === backslash || unit <= 13) {
        this.addLong(text);
        return;
      }
      bytes[at++] = unit;
    }
    this.length = at;
  }

  private addLong(text: string): void {
    if (needsCare.test(text)) this.length += this.bytes.write(escaped(text), this.length);
    else this.length += this.bytes.write(text, this.length, 'latin1');
  }
}

/** Backslash, tab and line ends would be read as syntax. */
const escaped = (text: string): string =>
  text
    .replaceAll('\\', '\\\\')
    .replaceAll('\t', '\\t')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
