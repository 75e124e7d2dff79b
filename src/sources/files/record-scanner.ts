const quote = 0x22;
const lf = 0x0a;
const cr = 0x0d;

/** Records longer than this are taken for an unclosed quote; DuckDB's own limit is 2,000,000. */
export const maxRecordBytes = 1_900_000;

/** What lies at a place of separated text. Ends are offsets in the bytes that were given. */
export type Scanned =
  | {
      readonly kind: 'record';
      /** Of the last field, and of the line end after it. */
      readonly contentEnd: number;
      readonly end: number;
      readonly fields: number;
      /** Line ends in it, the one at its end included. */
      readonly lines: number;
    }
  /** Its first line is no record: the next one may be. */
  | { readonly kind: 'torn'; readonly reason: string; readonly end: number }
  /** Bytes after these decide. */
  | { readonly kind: 'more' };

export class RecordScanner {
  readonly #delimiter: number;

  constructor(delimiter: string) {
    this.#delimiter = delimiter.charCodeAt(0);
  }

  /** @param last whether no bytes follow */
  scan(bytes: Buffer, start: number, last: boolean): Scanned {
    let at = start;
    let fields = 1;
    let inner = 0;
    for (;;) {
      if (bytes[at] === quote) {
        const close = closingQuote(bytes, at, last);
        if (close === undefined) return this.#unclosed(bytes, start, last);
        inner += lineEnds(bytes, at, close);
        // DuckDB lets spaces stand after it.
        at = afterSpaces(bytes, close + 1);
        if (at < bytes.length && !this.#endsField(bytes[at])) {
          return torn(bytes, start, last, 'text after a closing quote');
        }
      } else at = this.#fieldEnd(bytes, at);
      if (at >= bytes.length) {
        if (!last) return this.#unclosed(bytes, start, last);
        return { kind: 'record', contentEnd: at, end: at, fields, lines: inner };
      }
      if (bytes[at] !== this.#delimiter) break;
      fields += 1;
      at += 1;
    }
    if (bytes[at] === cr && at + 1 === bytes.length && !last) return { kind: 'more' };
    const end = at + (bytes[at] === cr && bytes[at + 1] === lf ? 2 : 1);
    return { kind: 'record', contentEnd: at, end, fields, lines: inner + 1 };
  }

  #endsField(byte: number | undefined): boolean {
    return byte === this.#delimiter || byte === lf || byte === cr;
  }

  #fieldEnd(bytes: Buffer, start: number): number {
    let at = start;
    while (at < bytes.length && !this.#endsField(bytes[at])) at += 1;
    return at;
  }

  #unclosed(bytes: Buffer, start: number, last: boolean): Scanned {
    if (!last && bytes.length - start <= maxRecordBytes) return { kind: 'more' };
    return torn(bytes, start, last, 'a quote that is not closed');
  }
}

function afterSpaces(bytes: Buffer, start: number): number {
  let at = start;
  while (bytes[at] === 0x20) at += 1;
  return at;
}

/** undefined: there is none, or the next byte decides whether it is one of two. */
function closingQuote(bytes: Buffer, open: number, last: boolean): number | undefined {
  let at = bytes.indexOf(quote, open + 1);
  while (at !== -1) {
    if (at + 1 === bytes.length && !last) return undefined;
    if (bytes[at + 1] !== quote) return at;
    at = bytes.indexOf(quote, at + 2);
  }
  return undefined;
}

function torn(bytes: Buffer, start: number, last: boolean, reason: string): Scanned {
  const end = lineEnd(bytes, start);
  if (end !== undefined) return { kind: 'torn', reason, end };
  if (last) return { kind: 'torn', reason, end: bytes.length };
  if (bytes.length - start <= maxRecordBytes) return { kind: 'more' };
  return { kind: 'torn', reason: 'a line of more than 1.9 MB', end: bytes.length };
}

/** After the line end; undefined where there is none, or a CR stands last. */
function lineEnd(bytes: Buffer, start: number): number | undefined {
  for (let at = start; at < bytes.length; at += 1) {
    if (bytes[at] === lf) return at + 1;
    if (bytes[at] === cr) {
      if (at + 1 === bytes.length) return undefined;
      return at + (bytes[at + 1] === lf ? 2 : 1);
    }
  }
  return undefined;
}

function lineEnds(bytes: Buffer, start: number, end: number): number {
  let ends = 0;
  for (let at = start; at < end; at += 1) {
    if (bytes[at] === lf || (bytes[at] === cr && bytes[at + 1] !== lf)) ends += 1;
  }
  return ends;
}
