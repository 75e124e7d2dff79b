import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import type { FileEngine } from './file-engine.ts';
import { cutLine, linesAt } from './line-numbers.ts';
import { type CsvFile, loadCsv, type Rejects } from './load-csv.ts';
import { mendCsv, notUtf8, wrongWidth } from './mended-csv.ts';
import { UnparsedLines } from './unparsed-lines.ts';

/** Loads a file of separated text as `table`, and says which lines are not in it. */
export async function loadWhole(
  engine: FileEngine,
  table: string,
  file: CsvFile,
): Promise<UnparsedLines> {
  const unparsed = await loadRecords(engine, table, file);
  const before = Array.from({ length: file.dialect.preamble }, (_, line) => line + 1);
  if (before.length > 0) unparsed.add('a line before the names of the columns', before);
  if (file.gzip) {
    const cut = await cutLine(file.path, engine.signal);
    if (cut !== null) {
      // DuckDB stops somewhat before the last byte that can be unzipped.
      const { n } = await engine.row(`select count(*)::double as n from ${table}`);
      const next = Number(n) + unparsed.count + Number(file.dialect.header) + 1;
      unparsed.add('the gzip file is cut off or damaged from here on', [Math.min(cut, next)]);
    }
  }
  return unparsed;
}

async function loadRecords(
  engine: FileEngine,
  table: string,
  file: CsvFile,
): Promise<UnparsedLines> {
  const rejects = await loadCsv(engine, table, file).catch((error: unknown) => {
    if (!/CSV/.test(String(error)) || error instanceof UserError) throw error;
    return null;
  });
  if (rejects !== null && !rejects.some(({ torn }) => torn)) {
    return unparsedOf(rejects, file, engine.signal);
  }
  await engine.query(`drop table if exists ${table}`);
  const copy = join(engine.folder, `${table}.csv`);
  const unparsed = await mendCsv(file, copy, engine.signal);
  const dialect = { ...file.dialect, preamble: 0 };
  const mended: CsvFile = { path: copy, gzip: false, dialect };
  const left = await loadCsv(engine, table, mended);
  if (left.length > 0) {
    throw new UserError(`${file.path}: cannot be read as CSV: ${left[0]?.message ?? ''}`, {
      exitCode: exitCodes.usage,
    });
  }
  await rm(copy);
  return unparsed;
}

async function unparsedOf(
  rejects: readonly Rejects[],
  file: CsvFile,
  signal: AbortSignal,
): Promise<UnparsedLines> {
  const unparsed = new UnparsedLines();
  const offsets = rejects.flatMap((each) => each.offsets).toSorted((a, b) => a - b);
  const lines = await linesAt(file.path, offsets, { gzip: file.gzip, signal });
  const lineAt = new Map(offsets.map((offset, index) => [offset, lines[index] ?? 0]));
  for (const reject of rejects) {
    const own = reject.offsets.map((offset) => lineAt.get(offset) ?? 0);
    unparsed.add(reasonOf(reject, file.dialect.names.length), own, reject.count);
  }
  return unparsed;
}

function reasonOf({ type, message }: Rejects, width: number): string {
  const found = /Found: (\d+)/.exec(message)?.[1];
  if (found !== undefined) return wrongWidth(Number(found), width);
  if (type === 'INVALID ENCODING') return notUtf8;
  return message;
}
