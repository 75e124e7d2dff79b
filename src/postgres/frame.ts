// PostgreSQL documentation, chapter "Frontend/Backend Protocol", section "Message Formats".

/** Execute of the unnamed portal without a row limit. */
const execute = Buffer.from([0x45, 0, 0, 0, 9, 0, 0, 0, 0, 0]);
/** Describe of the unnamed portal: the answer names the columns. */
const describe = Buffer.from([0x44, 0, 0, 0, 6, 0x50, 0]);
const sync = Buffer.from([0x53, 0, 0, 0, 4]);
const initialBytes = 1024;
/** Stands for NULL where else the length of a value stands. */
const nullLength = -1;

/**
 * The messages of one run of prepared statements (bind and execute of each, one sync), written into
 * one buffer that is used again and again: one system call a query, and nothing allocated. The
 * buffer is free when the server has answered, which it does only after it has read all of it.
 */
export class Frame {
  private buffer: Buffer;
  private readonly initial: Buffer;
  private at = 0;
  private finished = false;
  /** Where the length of the bind under way stands. */
  private start = 0;

  /** `initial`: where frames are written for as long as they fit into it. */
  constructor(initial: Buffer = Buffer.allocUnsafe(initialBytes)) {
    this.initial = initial;
    this.buffer = initial;
  }

  /** Whether what was written last stands in the buffer that was given. */
  get inPlace(): boolean {
    return this.buffer === this.initial;
  }

  clear(): void {
    this.at = 0;
    this.finished = false;
    this.buffer = this.initial;
  }

  /** Begins a run of a statement; exactly `valueCount` values must follow. */
  bind(statement: Buffer, valueCount: number): void {
    // Type, length, portal name (empty), statement name with its end, no parameter formats.
    this.reserve(1 + 4 + 1 + statement.length + 2 + 2);
    const { buffer } = this;
    buffer[this.at] = 0x42;
    this.start = this.at + 1;
    this.at += 5;
    buffer[this.at] = 0;
    this.at += 1;
    statement.copy(buffer, this.at);
    this.at += statement.length;
    this.int16(0);
    this.int16(valueCount);
  }

  /** The next value, in Postgres' text form; null for NULL. */
  value(text: string | null): void {
    if (text === null) {
      this.reserve(4);
      this.buffer.writeInt32BE(nullLength, this.at);
      this.at += 4;
      return;
    }
    // Three bytes of UTF-8 for each UTF-16 unit at the most.
    this.reserve(4 + 3 * text.length);
    const length = this.buffer.write(text, this.at + 4, 'utf8');
    this.buffer.writeInt32BE(length, this.at);
    this.at += 4 + length;
  }

  /** Ends the run that `bind` began. */
  execute(): void {
    this.endBind();
    this.add(execute);
  }

  /** The same, and the answer names the columns of its rows. */
  executeWithNames(): void {
    this.endBind();
    this.add(describe);
    this.add(execute);
  }

  /** A message that has its own end (`simpleQuery`), instead of runs with a sync behind them. */
  only(message: Buffer): void {
    this.clear();
    this.add(message);
    this.finished = true;
  }

  /** Everything since `clear` with one sync behind it, to be written at once. */
  finish(): Buffer {
    if (!this.finished) this.add(sync);
    this.finished = true;
    return this.buffer.subarray(0, this.at);
  }

  private endBind(): void {
    this.reserve(2);
    this.int16(0);
    this.buffer.writeInt32BE(this.at - this.start, this.start);
  }

  private add(message: Buffer): void {
    this.reserve(message.length);
    message.copy(this.buffer, this.at);
    this.at += message.length;
  }

  private int16(value: number): void {
    this.buffer[this.at] = value >>> 8;
    this.buffer[this.at + 1] = value;
    this.at += 2;
  }

  private reserve(bytes: number): void {
    if (this.at + bytes <= this.buffer.length) return;
    const grown = Buffer.allocUnsafe(Math.max(2 * this.buffer.length, this.at + bytes));
    this.buffer.copy(grown, 0, 0, this.at);
    this.buffer = grown;
  }
}

/** A statement without parameters that is parsed and run in one message, as drivers send BEGIN. */
export function simpleQuery(text: string): Buffer {
  const body = Buffer.from(`${text}\0`);
  const head = Buffer.from([0x51, 0, 0, 0, 0]);
  head.writeInt32BE(4 + body.length, 1);
  return Buffer.concat([head, body]);
}

/** A statement's name as bind carries it, with the zero byte that ends it. */
export const statementName = (name: string): Buffer => Buffer.from(`${name}\0`);
