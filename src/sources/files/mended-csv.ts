import { isUtf8 } from 'node:buffer';
import { open, type FileHandle } from 'node:fs/promises';
import type { CsvFile } from './load-csv.ts';
import { fileBytes } from './file-bytes.ts';
import { maxRecordBytes, RecordScanner, type Scanned } from './record-scanner.ts';
import { UnparsedLines } from './unparsed-lines.ts';

/**
 * Writes a copy of a file in which every record is whole. DuckDB loses all that follows a quote
 * that is not closed, and refuses files whose lines end in several ways; here the line with the
 * quote is left out alone, and lines end in LF. Slower than DuckDB: for files it gave up on.
 */
export async function mendCsv(
  file: CsvFile,
  copy: string,
  signal: AbortSignal,
): Promise<UnparsedLines> {
  const out = await open(copy, 'wx');
  try {
    const mender = new Mender(file, out);
    let pending = Buffer.alloc(0);
    for await (const chunk of fileBytes(file.path, { gzip: file.gzip, signal })) {
      pending = await mender.take(Buffer.concat([pending, chunk]), false);
    }
    await mender.take(pending, true);
    await mender.flush();
    return mender.unparsed;
  } finally {
    await out.close();
  }
}

const outBytes = 4 * 2 ** 20;

class Mender {
  readonly unparsed = new UnparsedLines();
  readonly #scanner: RecordScanner;
  readonly #width: number;
  readonly #preamble: number;
  readonly #out: FileHandle;
  readonly #buffer = Buffer.alloc(outBytes);
  #filled = 0;
  #line = 1;
  /** Within a line that is too long. */
  #skipping = false;

  constructor({ dialect }: CsvFile, out: FileHandle) {
    this.#scanner = new RecordScanner(dialect.delimiter);
    this.#width = dialect.names.length;
    this.#preamble = dialect.preamble;
    this.#out = out;
  }

  /** Writes the records that are whole; returns the bytes that are left. */
  async take(bytes: Buffer<ArrayBuffer>, last: boolean): Promise<Buffer<ArrayBuffer>> {
    let at = this.#line === 1 && isBom(bytes) ? 3 : 0;
    if (this.#skipping) at = this.#skip(bytes);
    while (at < bytes.length) {
      if (this.#line <= this.#preamble) {
        const end = bytes.indexOf(0x0a, at);
        if (end === -1) break;
        this.#line += 1;
        at = end + 1;
        continue;
      }
      const scanned = this.#scanner.scan(bytes, at, last);
      if (scanned.kind === 'more') break;
      if (scanned.kind === 'torn') at = this.#leaveOut(bytes, at, scanned, last);
      else at = await this.#keep(bytes, at, scanned);
    }
    return bytes.subarray(at);
  }

  async flush(): Promise<void> {
    await this.#out.writeFile(this.#buffer.subarray(0, this.#filled));
    this.#filled = 0;
  }

  async #keep(
    bytes: Buffer,
    start: number,
    record: Extract<Scanned, { kind: 'record' }>,
  ): Promise<number> {
    const { contentEnd, end, fields, lines } = record;
    const content = bytes.subarray(start, contentEnd);
    const blank = content.length === 0 && this.#width > 1;
    const wrong = blank ? null : this.#fault(content, fields);
    if (wrong !== null) {
      this.unparsed.add(wrong, [this.#line]);
      // Of a record of several lines only the first is to blame: its quote may be a stray one.
      const first = lines > 1 ? firstLineEnd(bytes, start) : end;
      this.#line += 1;
      return first;
    }
    this.#line += lines;
    if (blank) return end;
    if (this.#filled + content.length + 1 > outBytes) await this.flush();
    this.#filled += content.copy(this.#buffer, this.#filled);
    this.#filled = this.#buffer.writeUInt8(0x0a, this.#filled);
    return end;
  }

  #fault(content: Buffer, fields: number): string | null {
    if (fields !== this.#width) return wrongWidth(fields, this.#width);
    if (content.length > maxRecordBytes) return 'a record of more than 1.9 MB';
    return isUtf8(content) ? null : notUtf8;
  }

  #leaveOut(
    bytes: Buffer,
    start: number,
    { reason, end }: Extract<Scanned, { kind: 'torn' }>,
    last: boolean,
  ): number {
    this.unparsed.add(reason, [this.#line]);
    this.#skipping = end === bytes.length && !last && firstLineEnd(bytes, start) !== end;
    if (!this.#skipping) this.#line += 1;
    return end;
  }

  #skip(bytes: Buffer): number {
    const end = bytes.indexOf(0x0a);
    if (end === -1) return bytes.length;
    this.#skipping = false;
    this.#line += 1;
    return end + 1;
  }
}

export const notUtf8 = 'not UTF-8';

export const wrongWidth = (fields: number, expected: number): string =>
  `${fields} ${fields === 1 ? 'field' : 'fields'}, where ${expected} were expected`;

const isBom = (bytes: Buffer): boolean =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;

/** The end of the line, its line end included; -1 where it has none. */
function firstLineEnd(bytes: Buffer, start: number): number {
  for (let at = start; at < bytes.length; at += 1) {
    if (bytes[at] === 0x0a) return at + 1;
    if (bytes[at] === 0x0d) return at + (bytes[at + 1] === 0x0a ? 2 : 1);
  }
  return -1;
}
