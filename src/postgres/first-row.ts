// PostgreSQL documentation, chapter "Frontend/Backend Protocol", section "Message Formats".

const rowDescription = 0x54;
const dataRow = 0x44;
/** Of a column's description, behind its name. */
const describedBytes = 18;

/**
 * The first row of an answer, where somebody wants it: names of its columns and their values in
 * Postgres' text form. What else is in the answer is left unread.
 */
export class FirstRow {
  /** Whether the answer under way is looked at. */
  isWanted = false;
  private names: readonly string[] = [];
  private values: readonly (string | null)[] | null = null;
  private parts: Uint8Array[] = [];

  /** Whether to keep the first row of the next answer. */
  want(wanted: boolean): void {
    this.isWanted = wanted;
    this.values = null;
    this.parts = [];
  }

  /** Value by name of the column; null where the answer had no row. */
  get row(): ReadonlyMap<string, string | null> | null {
    const { names, values } = this;
    return values && new Map(values.map((value, i) => [names[i] ?? '', value]));
  }

  /** Takes the next part of a message's body: chunk[from .. to). */
  take(type: number, chunk: Uint8Array, from: number, to: number): void {
    // A copy, as `slice` of a Buffer is not: the next chunk comes in the same memory.
    if (this.keeps(type)) this.parts.push(new Uint8Array(chunk.subarray(from, to)));
  }

  endMessage(type: number): void {
    if (!this.keeps(type)) return;
    const body = Buffer.concat(this.parts);
    this.parts = [];
    if (type === rowDescription) this.names = readNames(body);
    else this.values = readValues(body);
  }

  private keeps(type: number): boolean {
    return type === rowDescription || (type === dataRow && this.values === null);
  }
}

function readNames(body: Buffer): string[] {
  let at = 2;
  return Array.from({ length: body.readInt16BE(0) }, () => {
    const end = body.indexOf(0, at);
    const name = body.toString('utf8', at, end);
    at = end + 1 + describedBytes;
    return name;
  });
}

function readValues(body: Buffer): (string | null)[] {
  let at = 2;
  return Array.from({ length: body.readInt16BE(0) }, () => {
    const length = body.readInt32BE(at);
    const from = at + 4;
    at = from + Math.max(0, length);
    return length < 0 ? null : body.toString('utf8', from, at);
  });
}
