import { basename } from 'node:path';
import type { SourceEvidence, TableEvidence, Unparsed } from '../../profile/evidence.ts';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import { differentValues, groupColumns, risesStrictly } from './column-groups.ts';
import { sampleColumns } from './column-sample.ts';
import { csvDialect } from './csv-dialect.ts';
import type { FileEngine } from './file-engine.ts';
import { type FileHead, readFileHead } from './file-head.ts';
import { type CountedColumn, fileTable } from './file-table.ts';
import { describeTable, type LoadedColumn, type LoadedTable, viewParquet } from './loaded-table.ts';
import { loadWhole } from './load-whole.ts';

/** The rows of one file, counted by each column. */
export interface FileRows {
  readonly source: SourceEvidence;
  readonly evidence: TableEvidence;
  readonly loaded: LoadedTable;
  readonly counted: readonly CountedColumn[];
  readonly unparsed: readonly Unparsed[];
  /** By its name in the evidence. */
  column(name: string): LoadedColumn | null;
}

export interface FilePlace {
  readonly path: string;
  /** Of the table, in the scenario. */
  readonly name: string;
  /** Among the files. */
  readonly index: number;
}

export async function readFileRows(
  engine: FileEngine,
  place: FilePlace,
  report: (done: string) => void,
): Promise<FileRows> {
  const head = await readFileHead(place.path);
  try {
    return await countedRows(engine, place, head, report);
  } catch (error) {
    // Parts of a Parquet file are first read when they are needed: any query may find them broken.
    if (head.kind !== 'parquet' || engine.signal.aborted || error instanceof UserError) throw error;
    const [reason = ''] = String(error).split('\n');
    throw new UserError(`${place.path}: cannot be read as Parquet: ${reason}`, {
      exitCode: exitCodes.usage,
      hint: 'it may have been cut off while it was written or copied',
      cause: error,
    });
  }
}

async function countedRows(
  engine: FileEngine,
  place: FilePlace,
  head: FileHead,
  report: (done: string) => void,
): Promise<FileRows> {
  const { loaded, about, kind, unparsed } =
    head.kind === 'parquet'
      ? await loadParquet(engine, place)
      : await loadText(engine, place, head, report);
  const file = basename(place.path);
  report(`${file}: ${loaded.rows} rows read`);
  const samples = await sampleColumns(engine, loaded);
  const counted: CountedColumn[] = [];
  for (const [index, sample] of samples.entries()) {
    const column = loaded.columns[index];
    if (column === undefined) continue;
    const groups =
      sample.descents === 0 && (await risesStrictly(engine, loaded, column))
        ? await differentValues(engine, loaded, column)
        : await groupColumns(engine, loaded, [column]);
    counted.push({ loaded: column, groups, sample });
    report(`${file}: ${index + 1} of ${samples.length} columns counted`);
  }
  const evidence = fileTable(place.name, place.path, loaded, counted);
  return {
    source: { kind, name: place.path, read: { rows: loaded.rows, bytes: head.bytes }, about },
    evidence,
    loaded,
    counted,
    unparsed,
    column(name) {
      const index = evidence.columns.findIndex((each) => each.name === name);
      return loaded.columns[index] ?? null;
    },
  };
}

interface Loaded {
  readonly loaded: LoadedTable;
  readonly kind: SourceEvidence['kind'];
  readonly about: Readonly<Record<string, string>>;
  readonly unparsed: readonly Unparsed[];
}

async function loadParquet(engine: FileEngine, { path, index }: FilePlace): Promise<Loaded> {
  const loaded = await viewParquet(engine, `f${index}`, path);
  return { loaded, kind: 'parquet', about: {}, unparsed: [] };
}

const delimiterNames = new Map([
  [',', 'comma'],
  [';', 'semicolon'],
  ['|', 'bar'],
  ['\t', 'tab'],
]);

async function loadText(
  engine: FileEngine,
  { path, index }: FilePlace,
  head: Extract<FileHead, { kind: 'text' }>,
  report: (done: string) => void,
): Promise<Loaded> {
  const dialect = csvDialect(head.text, { tabs: /\.(tsv|tab)\b/i.test(path), whole: head.whole });
  if (dialect === null) {
    throw new UserError(`${path}:1: no line of a table in its first megabyte`, {
      exitCode: exitCodes.usage,
      hint: 'a CSV has a first line with the columns’ names',
    });
  }
  const table = `f${index}`;
  const file = { path, gzip: head.gzip, dialect };
  const lines = await engine.watched(
    () => loadWhole(engine, table, file),
    (share) => report(`${basename(path)}: ${Math.round(100 * share)} % read`),
  );
  const loaded = await describeTable(engine, table, 'rowid', dialect.names);
  const unparsed = lines.list(index);
  const [first] = unparsed;
  if (loaded.rows === 0 && first !== undefined) {
    throw new UserError(`${path}:${first.line}: ${first.reason}; no line could be read`, {
      exitCode: exitCodes.usage,
      hint: 'each line must have as many fields as the first, separated by , ; | or tabs',
    });
  }
  const tabs = dialect.delimiter === '\t';
  const about = {
    delimiter: delimiterNames.get(dialect.delimiter) ?? 'none',
    header: dialect.header ? 'yes' : 'no',
    ...(head.gzip && { compression: 'gzip' }),
  };
  return { loaded, kind: tabs ? 'tsv' : 'csv', about, unparsed };
}
