import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import pg from 'pg';
import { present } from '../src/base/assert.ts';
import { CopyEncoder } from '../src/postgres/tables/copy-encoder.ts';
import { filledColumns } from '../src/postgres/tables/table-ddl.ts';
import { everyShard, type TableRows } from '../src/postgres/tables/table-rows.ts';
import type { TableFile } from './psql-copy.ts';

export interface WrittenFiles {
  readonly byShard: readonly (readonly TableFile[])[];
  /** Of all shards together. */
  readonly rows: number;
  readonly bytes: number;
}

/** Every table's rows for every shard, as files that psql's `\copy` reads. */
export async function writeTableFiles(
  folder: string,
  rows: TableRows,
  shards: number,
): Promise<WrittenFiles> {
  const byShard: TableFile[][] = Array.from({ length: shards }, () => []);
  let total = 0;
  let bytes = 0;
  for (const [index, table] of rows.set.tables.entries()) {
    const names = filledColumns(table).map(({ name }) => pg.escapeIdentifier(name));
    const target = `${pg.escapeIdentifier(table.name)} (${names.join(', ')})`;
    const columns = filledColumns(table).map(({ name }) => rows.column(index, name));
    const sinks = byShard.map((files, shard) => {
      const path = join(folder, `${table.name}-${shard}.copy`);
      files.push({ target, path });
      return new FileSink(path, new CopyEncoder(columns, chunkBytes));
    });
    await writeTable(rows, index, sinks);
    for (const sink of sinks) {
      await sink.end();
      total += sink.encoder.rows;
      bytes += sink.bytes;
    }
  }
  return { byShard, rows: total, bytes };
}

async function writeTable(
  rows: TableRows,
  index: number,
  sinks: readonly FileSink[],
): Promise<void> {
  const shardOf = rows.shardOf(index);
  for (let row = 0; row < rows.count(index); row += 1) {
    const shard = shardOf(row);
    for (const sink of shard === everyShard ? sinks : [present(sinks[shard], 'shard')]) {
      sink.encoder.addRow(row);
      if (sink.encoder.full) await sink.flush();
    }
  }
}

const chunkBytes = 64 * 1024;

class FileSink {
  readonly encoder: CopyEncoder;
  bytes = 0;
  private readonly stream;

  constructor(path: string, encoder: CopyEncoder) {
    this.encoder = encoder;
    this.stream = createWriteStream(path);
  }

  async flush(): Promise<void> {
    const chunk = this.encoder.take();
    this.bytes += chunk.length;
    if (!this.stream.write(chunk)) await once(this.stream, 'drain');
  }

  async end(): Promise<void> {
    await this.flush();
    this.stream.end();
    await finished(this.stream);
  }
}
