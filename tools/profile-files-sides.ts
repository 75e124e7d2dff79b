import { mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { openFile } from '../src/sources/files/open-file.ts';
import { benchColumns } from './profile-files-rows.ts';

export interface SideResult {
  readonly ms: number;
  readonly cpuMs: number;
  /** Of the process, at its largest. */
  readonly peakBytes: number;
  /** Of each column. */
  readonly distinct: readonly number[];
}

export interface SideSettings {
  readonly memoryBytes: number;
  readonly threads: number;
}

/** Opens the file as `profile` does, and measures each column as a candidate. */
export async function profileFile(path: string, settings: SideSettings): Promise<SideResult> {
  return timed(async () => {
    const source = await openFile(path, {
      ...settings,
      temporaryFolder: `${path}.temporary`,
      signal: new AbortController().signal,
      report: () => undefined,
    });
    const { name, columns } = source.table;
    const { values } = await source.measure(
      columns.map((column) => ({
        key: column.name,
        columns: [{ table: name, columns: [column.name] }],
        root: null,
        because: ['file column'],
      })),
    );
    await source.close();
    return values.map(({ distinct }) => distinct);
  });
}

/** DuckDB's own: a GROUP BY of each column, from the file, with the types given. */
export async function groupEachColumn(path: string, settings: SideSettings): Promise<SideResult> {
  const folder = await mkdtemp(join(dirname(path), 'duckdb-'));
  const types = Object.entries(benchColumns).map(([name, type]) => `'${name}': '${type}'`);
  const file = `read_csv('${path.replaceAll("'", "''")}', auto_detect = false, delim = ',',
    quote = '"', escape = '"', header = true, columns = {${types.join(', ')}})`;
  const result = await timed(async () => {
    const instance = await DuckDBInstance.create(':memory:', {
      threads: String(settings.threads),
      memory_limit: `${Math.floor(settings.memoryBytes / 1e6)}MB`,
      temp_directory: folder,
    });
    const connection = await instance.connect();
    const distinct: number[] = [];
    for (const name of Object.keys(benchColumns)) {
      const reader = await connection.runAndReadAll(`select count(*)::double as values_n,
        max(n)::double as most from (select ${name}, count(*) as n from ${file} group by 1)`);
      distinct.push(Number(reader.getRowObjectsJS()[0]?.['values_n']));
    }
    connection.closeSync();
    instance.closeSync();
    return distinct;
  });
  await rm(folder, { recursive: true, force: true });
  return result;
}

async function timed(work: () => Promise<number[]>): Promise<SideResult> {
  const started = performance.now();
  const before = process.cpuUsage();
  const distinct = await work();
  const { user, system } = process.cpuUsage(before);
  return {
    ms: performance.now() - started,
    cpuMs: (user + system) / 1000,
    peakBytes: process.resourceUsage().maxRSS * 1024,
    distinct,
  };
}
