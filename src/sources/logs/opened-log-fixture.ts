import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SourceEvidence, Template, Unparsed } from '../../profile/evidence.ts';
import type { LogRecord } from './log-record.ts';
import type { LoggedStatement } from './logged-statement-fixture.ts';
import { openLog } from './open-log.ts';

export interface ReadFixture {
  readonly records: readonly LogRecord[];
  readonly unparsed: readonly Unparsed[];
  readonly evidence: SourceEvidence;
  readonly templates: readonly Template[];
}

/** Writes the content to a file, and reads all of it. */
export async function readContent(
  content: string | Uint8Array,
  options: { readonly name?: string; readonly prefix?: string } = {},
): Promise<ReadFixture> {
  const folder = mkdtempSync(join(tmpdir(), 'shardlab-log-'));
  try {
    const path = join(folder, 'file');
    writeFileSync(path, content);
    return await readPath(path, options);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export async function readPath(
  path: string,
  options: { readonly name?: string; readonly prefix?: string } = {},
): Promise<ReadFixture> {
  const { signal } = new AbortController();
  const source = await openLog(path, {
    name: 'app.log',
    ...options,
    signal,
    report: () => undefined,
  });
  const records: LogRecord[] = [];
  for await (const batch of source.records()) records.push(...batch);
  return {
    records,
    unparsed: source.unparsed(),
    evidence: source.evidence,
    templates: source.templates ?? [],
  };
}

/** The same statements, each with more text at its end. */
export function withEnd(statements: Iterable<LoggedStatement>, end: string): LoggedStatement[] {
  const longer: LoggedStatement[] = [];
  for (const each of statements) longer.push({ ...each, sql: `${each.sql}${end}` });
  return longer;
}

/** Records of different sessions may come in another order than they were written in. */
export const bySession = (records: readonly Omit<LogRecord, 'line'>[]): unknown =>
  Object.groupBy(
    records.map(({ atMs, durationMs, sql, parameters, session }) => ({
      atMs,
      durationMs,
      sql,
      parameters,
      session,
    })),
    ({ session }) => session,
  );
