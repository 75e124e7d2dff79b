import type { CopyColumn } from '../../workload/tables/copy-column.ts';

const [tab, lineFeed, backslash] = [9, 10, 92];
/** The N of COPY's NULL, backslash N. */
const capitalN = 78;

/** Rows in COPY's text format, written into bytes of one piece. */
export class CopyEncoder {
  private readonly columns: readonly CopyColumn[];
  private readonly size: number;
  /** Bytes of a row at most. */
  private readonly rowBytes: number;
  private bytes: Uint8Array;
  length = 0;
  /** Since the start. */
  rows = 0;

  /** @param chunkBytes from which on it is full */
  constructor(columns: readonly CopyColumn[], chunkBytes: number) {
    this.columns = columns;
    this.rowBytes = columns.reduce((sum, { maxBytes }) => sum + Math.max(2, maxBytes) + 1, 0);
    this.size = chunkBytes + this.rowBytes;
    this.bytes = new Uint8Array(this.size);
  }

  /** Whether there may be no room for a further row. */
  get full(): boolean {
    return this.length + this.rowBytes > this.size;
  }

  /** Gives away what was written and goes on in fresh memory: a socket may still read the old. */
  take(): Uint8Array {
    const taken = this.bytes.subarray(0, this.length);
    this.bytes = new Uint8Array(this.size);
    this.length = 0;
    return taken;
  }

  addRow(row: number): void {
    const { columns, bytes } = this;
    let at = this.length;
    for (let i = 0; i < columns.length; i += 1) {
      const end = columns[i]?.write(row, bytes, at) ?? -1;
      if (end >= 0) at = end;
      else {
        bytes[at] = backslash;
        bytes[at + 1] = capitalN;
        at += 2;
      }
      bytes[at] = tab;
      at += 1;
    }
    // In the place of the last tab.
    bytes[at - 1] = lineFeed;
    this.length = at;
    this.rows += 1;
  }
}
