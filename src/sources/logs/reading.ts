import { fileBytes, type FileFacts } from './lines/file-bytes.ts';
import { type EachLine, TextLines } from './lines/text-lines.ts';
import type { LogOptions } from './log-source.ts';
import type { UnparsedCounts } from './unparsed-counts.ts';

export interface OpenedFile {
  readonly path: string;
  readonly name: string;
  readonly facts: FileFacts;
  /** Whether its lines end in CR LF. */
  readonly crLf: boolean;
}

export interface LineReader {
  line: EachLine;
  end(rest: { readonly text: string; readonly number: number } | null): void;
}

const reportEveryMs = 500;

/** Gives a reader all lines of a file; yields how many there were after each piece. */
export async function* readLines(
  { path, name, facts, crLf }: OpenedFile,
  reader: LineReader,
  { signal, report }: Pick<LogOptions, 'signal' | 'report'>,
  unparsed: UnparsedCounts,
): AsyncGenerator<number, void, undefined> {
  const lines = linesOf(crLf, unparsed);
  const each: EachLine = (text, number) => reader.line(text, number);
  let reportedAt = performance.now();
  const progress = (bytes: number): void => {
    const now = performance.now();
    if (now - reportedAt < reportEveryMs) return;
    reportedAt = now;
    const share = facts.bytes === 0 ? 1 : Math.min(1, bytes / facts.bytes);
    report(`${name}: ${Math.floor(share * 100)} % read`);
  };
  let isDamaged = false;
  const damaged = (): void => {
    isDamaged = true;
  };
  for await (const chunk of fileBytes(path, facts, { signal, progress, damaged })) {
    lines.add(chunk, each);
    yield lines.count;
  }
  if (isDamaged) unparsed.add('the compressed file is cut or damaged here', lines.count + 1);
  reader.end(lines.rest());
  yield lines.count;
}

const headLines = 1000;
const headBytes = 256 * 1024;

/**
 * The first lines, a thousand or a quarter of a megabyte, one at least. All of them end in CR LF
 * where the file does: a statement may have such ends too, but the last of its lines has not.
 */
export async function firstLines(
  { path, facts }: Omit<OpenedFile, 'crLf'>,
  signal: AbortSignal,
): Promise<{ readonly lines: readonly string[]; readonly crLf: boolean }> {
  const head: string[] = [];
  const lines = new TextLines(false, { notUtf8: () => undefined, tooLong: () => undefined });
  let bytes = 0;
  for await (const chunk of fileBytes(path, facts, { signal, damaged: () => undefined })) {
    bytes += chunk.length;
    lines.add(chunk, (text) => {
      if (head.length < headLines) head.push(text);
    });
    if (head.length > 0 && (head.length >= headLines || bytes >= headBytes)) break;
  }
  const crLf = head.length > 0 && head.every((line) => line.endsWith('\r'));
  const rest = lines.rest();
  if (rest !== null && head.length < headLines) head.push(rest.text);
  return { lines: crLf ? head.map((line) => line.replace(/\r$/, '')) : head, crLf };
}

function linesOf(crLf: boolean, unparsed: UnparsedCounts): TextLines {
  return new TextLines(crLf, {
    notUtf8: (line) =>
      unparsed.add('a line that is not UTF-8: it was read as Latin-1, and counts', line),
    tooLong: (line) => unparsed.add('a line of more than 64 MiB: it was left out', line),
  });
}
