// PostgreSQL documentation, chapter "Frontend/Backend Protocol", section "Message Formats".

import type { RowCounts } from '../traffic/ports.ts';
import { FirstRow } from './first-row.ts';

const headerBytes = 5;
const readyForQuery = 0x5a;
const errorResponse = 0x45;
const commandComplete = 0x43;
const errorMax = 64 * 1024;
const [digitZero, digitNine] = [0x30, 0x39];
/** SELECT and FETCH return rows, all other commands with a number change them. */
const [letterS, letterF] = [0x53, 0x46];
/** Class of SQLSTATEs. */
const constraintViolation = '23';

/**
 * '' after success, else the SQLSTATE and the text of the first error since the last answer, and
 * its rows: the object is used again for the next answer.
 */
export type AnswerEnded = (code: string, message: string, rows: RowCounts) => void;

/**
 * Finds the end of an answer in the bytes of a connection: ReadyForQuery, and the first error
 * before it, and how many rows its commands returned or changed. Everything else (rows above all)
 * is skipped unread, because what is measured is the server and not the decoding of rows in this
 * process; only the first row is kept where it is wanted. Messages may be cut anywhere between two
 * chunks.
 */
export class AnswerReader {
  private readonly ended: AnswerEnded;
  private readonly header = new Uint8Array(headerBytes);
  private headerLength = 0;
  private type = 0;
  /** Bytes of the message's body that have not arrived. */
  private bodyLeft = 0;
  private errorParts: Uint8Array[] = [];
  /** Of the answer under way, and of the command tag that is being read. */
  private readonly rows = { returned: 0, affected: 0 };
  private readonly tag = { first: 0, number: 0 };
  private code = '';
  private message = '';
  private readonly firstRow: FirstRow;

  constructor(ended: AnswerEnded, firstRow = new FirstRow()) {
    this.ended = ended;
    this.firstRow = firstRow;
  }

  /** The error seen since the last answer; its code is '' when there was none. */
  get error(): { readonly code: string; readonly message: string } {
    return { code: this.code, message: this.message };
  }

  /** Takes chunk[0 .. end), of which nothing is kept. */
  feed(chunk: Uint8Array, end = chunk.length): void {
    let at = 0;
    while (at < end) {
      if (this.bodyLeft === 0) {
        at = this.readHeader(chunk, at, end);
        if (this.headerLength < headerBytes) return;
        this.headerLength = 0;
        if (this.bodyLeft === 0) this.endMessage();
        continue;
      }
      const taken = Math.min(this.bodyLeft, end - at);
      if (this.type === errorResponse) {
        // A copy, as `slice` of a Buffer is not: the next chunk comes in the same memory.
        this.errorParts.push(new Uint8Array(chunk.subarray(at, at + taken)));
      } else if (this.type === commandComplete) this.readTag(chunk, at, at + taken);
      else if (this.firstRow.isWanted) this.firstRow.take(this.type, chunk, at, at + taken);
      at += taken;
      this.bodyLeft -= taken;
      if (this.bodyLeft === 0) this.endMessage();
    }
  }

  private readHeader(chunk: Uint8Array, start: number, end: number): number {
    let at = start;
    const { header } = this;
    while (this.headerLength < headerBytes && at < end) {
      header[this.headerLength] = chunk[at] ?? 0;
      this.headerLength += 1;
      at += 1;
    }
    if (this.headerLength === headerBytes) {
      const [type = 0, a = 0, b = 0, c = 0, d = 0] = header;
      this.type = type;
      // The length counts itself, but not the type.
      this.bodyLeft = a * 2 ** 24 + ((b << 16) | (c << 8) | d) - 4;
    }
    return at;
  }

  private endMessage(): void {
    if (this.type === errorResponse) this.readError();
    else if (this.type === commandComplete) this.countRows();
    else if (this.type === readyForQuery) {
      const { code, message, rows } = this;
      this.code = '';
      this.message = '';
      this.ended(code, message, rows);
      rows.returned = 0;
      rows.affected = 0;
    } else if (this.firstRow.isWanted) this.firstRow.endMessage(this.type);
  }

  /**
   * `SELECT 5`, `UPDATE 1`, `INSERT 0 1`, `ROLLBACK`: the number of rows is the last word, if any.
   */
  private readTag(chunk: Uint8Array, from: number, to: number): void {
    const { tag } = this;
    for (let i = from; i < to; i++) {
      const byte = chunk[i] ?? 0;
      if (tag.first === 0) tag.first = byte;
      if (byte >= digitZero && byte <= digitNine) tag.number = 10 * tag.number + byte - digitZero;
      else if (byte !== 0) tag.number = 0;
    }
  }

  private countRows(): void {
    const { tag, rows } = this;
    if (tag.first === letterS || tag.first === letterF) rows.returned += tag.number;
    else rows.affected += tag.number;
    tag.first = 0;
    tag.number = 0;
  }

  /** Fields of one letter and a text each; C is the SQLSTATE, M the message, D its detail. */
  private readError(): void {
    const text = Buffer.concat(this.errorParts).subarray(0, errorMax).toString('utf8');
    this.errorParts = [];
    if (this.code !== '') return;
    const fields = text.split('\0');
    const field = (letter: string): string | undefined =>
      fields.find((part) => part.startsWith(letter))?.slice(1);
    this.code = field('C') ?? 'XX000';
    const said = field('M') ?? 'the server sent an error without a message';
    // Which key violates a constraint stands in the detail alone.
    const detail = this.code.startsWith(constraintViolation) ? field('D') : undefined;
    this.message = detail === undefined ? said : `${said}: ${detail}`;
  }
}
