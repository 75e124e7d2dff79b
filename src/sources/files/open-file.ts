import { basename } from 'node:path';
import type {
  CandidateKey,
  ChildShape,
  KeyValues,
  SourceEvidence,
  TableEvidence,
  Unparsed,
} from '../../profile/evidence.ts';
import { ScenarioNames } from '../../profile/scenario-names.ts';
import { childShapes } from './child-shapes.ts';
import { type EngineOptions, FileEngine } from './file-engine.ts';
import { type FileRows, readFileRows } from './file-rows.ts';
import { keyValues } from './key-values.ts';
import { tenantColumns, type TenantColumns } from './tenant-columns.ts';
import { tenantWeights } from './tenant-weights.ts';

/** A file of rows, all of it counted. */
export interface FileSource {
  readonly evidence: SourceEvidence;
  readonly table: TableEvidence;
  /** `source` is the index among the files that were opened together. */
  readonly unparsed: readonly Unparsed[];
  /** Where the file is a list of tenants, with a line for each; else null. */
  readonly tenants: TenantColumns | null;
  /** Shapes are those of its rows below rows of files that were opened together with it. */
  measure(
    candidates: readonly CandidateKey[],
  ): Promise<{ values: KeyValues[]; shapes: ChildShape[] }>;
  /** The last of those that were opened together removes the temporary files. */
  close(): Promise<void>;
}

export interface FileOptions extends EngineOptions {
  readonly report: (done: string) => void;
  /** That the tables' names go into; absent: there are no others. */
  readonly names?: ScenarioNames;
}

/** @throws UserError where it cannot be read as CSV, TSV or Parquet */
export async function openFile(path: string, options: FileOptions): Promise<FileSource> {
  const [source] = await openFiles([path], options);
  if (source === undefined) throw new Error('assertion failed: one source for each path');
  return source;
}

/** In one engine: together they take no more memory than one, and rows of one see the others'. */
export async function openFiles(
  paths: readonly string[],
  options: FileOptions,
): Promise<FileSource[]> {
  const names = options.names ?? new ScenarioNames();
  const engine = await FileEngine.start(options);
  try {
    const all: FileRows[] = [];
    for (const [index, path] of paths.entries()) {
      const name = names.add(basename(path).replace(/(?<=.)\.[^.]+(\.gz)?$/i, ''));
      all.push(await readFileRows(engine, { path, name, index }, options.report));
    }
    const closing = { left: all.length };
    return all.map((rows) => fileSource(engine, rows, all, closing));
  } catch (error) {
    await engine.close();
    throw error;
  }
}

function fileSource(
  engine: FileEngine,
  rows: FileRows,
  all: readonly FileRows[],
  closing: { left: number },
): FileSource {
  let open = true;
  const tenants = tenantColumns(rows.evidence);
  const [id] = rows.evidence.primary;
  const isIdOf = (candidates: readonly CandidateKey[], key: string): boolean =>
    candidates.some(
      (each) =>
        each.key === key &&
        each.columns.some(
          ({ table, columns }) =>
            table === rows.evidence.name && columns.length === 1 && columns[0] === id,
        ),
    );
  return {
    evidence: rows.source,
    table: rows.evidence,
    unparsed: rows.unparsed,
    tenants,
    async measure(candidates) {
      const values = await keyValues(engine, rows, candidates);
      if (tenants !== null) {
        for (const [index, { key }] of values.entries()) {
          if (isIdOf(candidates, key)) {
            values[index] = await tenantWeights(engine, rows, tenants, key);
          }
        }
      }
      return { values, shapes: await childShapes(engine, rows, all) };
    },
    async close() {
      if (!open) return;
      open = false;
      closing.left -= 1;
      if (closing.left === 0) await engine.close();
    },
  };
}
