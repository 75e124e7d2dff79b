import { fileBytes } from './file-bytes.ts';

const lf = 0x0a;
const cr = 0x0d;

/**
 * Lines, from 1, on which these offsets lie: as an editor counts them, where a record of several
 * lines counts as several.
 *
 * @param offsets ascending, in the unzipped file
 */
export async function linesAt(
  path: string,
  offsets: readonly number[],
  options: { readonly gzip: boolean; readonly signal: AbortSignal },
): Promise<number[]> {
  const lines: number[] = [];
  if (offsets.length === 0) return lines;
  const counter = new LineCounter();
  let start = 0;
  for await (const chunk of fileBytes(path, options)) {
    let from = 0;
    for (;;) {
      const offset = offsets[lines.length];
      if (offset === undefined) return lines;
      if (offset >= start + chunk.length) break;
      counter.add(chunk.subarray(from, offset - start));
      from = offset - start;
      lines.push(counter.line);
    }
    counter.add(chunk.subarray(from));
    start += chunk.length;
  }
  // Errors at the very end of the file.
  while (lines.length < offsets.length) lines.push(counter.line);
  return lines;
}

/**
 * Line at which a gzip file breaks off: DuckDB takes what is there for the whole. null: it is
 * whole.
 */
export async function cutLine(path: string, signal: AbortSignal): Promise<number | null> {
  const counter = new LineCounter();
  try {
    for await (const chunk of fileBytes(path, { gzip: true, signal })) counter.add(chunk);
    return null;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!code.startsWith('Z_')) throw error;
    return counter.line;
  }
}

/** CR LF, LF and CR each end a line. */
class LineCounter {
  line = 1;
  #afterCr = false;

  add(bytes: Buffer): void {
    let ends = 0;
    let afterCr = this.#afterCr;
    for (const byte of bytes) {
      if (byte === cr || (byte === lf && !afterCr)) ends += 1;
      afterCr = byte === cr;
    }
    this.line += ends;
    this.#afterCr = afterCr;
  }
}
