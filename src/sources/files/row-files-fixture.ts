import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { KeyValues } from '../../profile/evidence.ts';
import { type FileOptions, type FileSource, openFile } from './open-file.ts';

/** Files of rows in a folder of their own. */
export class RowFiles {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async make(): Promise<RowFiles> {
    return new RowFiles(await mkdtemp(join(tmpdir(), 'shardlab-files-')));
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Temporary files go into a folder `temporary`, which nothing else makes. */
  options(signal: AbortSignal = new AbortController().signal): FileOptions {
    const temporaryFolder = join(this.folder, 'temporary');
    return { memoryBytes: 200e6, threads: 2, temporaryFolder, signal, report: () => undefined };
  }

  async write(name: string, content: string | Buffer): Promise<string> {
    const path = join(this.folder, name);
    await writeFile(path, content);
    return path;
  }

  /** What opening shows; nothing can be measured any more. */
  async opened(name: string, content: string | Buffer): Promise<FileSource> {
    const source = await openFile(await this.write(name, content), this.options());
    await source.close();
    return source;
  }

  /** @param csv whose rows it takes */
  async writeParquet(name: string, csv: string, select = '*'): Promise<string> {
    const parquet = join(this.folder, name);
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(`copy (select ${select} from read_csv('${csv}', nullstr = ''))
      to '${parquet}' (format parquet)`);
    connection.closeSync();
    instance.closeSync();
    return parquet;
  }
}

/** Of one candidate with these columns. */
export async function measured(source: FileSource, ...columns: string[]): Promise<KeyValues> {
  const key = columns.join('+');
  const { values } = await source.measure([
    { key, columns: [{ table: source.table.name, columns }], root: null, because: ['file column'] },
  ]);
  const [only] = values;
  if (only === undefined) throw new Error('no values');
  return only;
}
