import { gunzipSync } from 'node:zlib';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import { readUserFile } from '../../host/files.ts';
import type { FoundStatement, FoundStatements } from '../../queries/found-statement.ts';
import type { PlacedFact, QueryFile } from '../../queries/judged-query.ts';
import { sqlForm } from '../../queries/masked-sql.ts';
import { fact } from '../../result/finding.ts';
import type { LogSource } from '../../sources/logs/log-source.ts';
import { openLog } from '../../sources/logs/open-log.ts';
import { isNamedSql } from '../../sources/logs/sql-files/sql-beginning.ts';
import { foundStatements } from '../../sources/logs/sql-files/found-statements.ts';

/** A file with what should be known of how it was read. */
export interface ReadQueryFile extends QueryFile {
  readonly facts: readonly PlacedFact[];
}

export interface QueryReading {
  readonly signal: AbortSignal;
  readonly report: (done: string) => void;
  /** `log_line_prefix` of a plain log; left out: it is tried. */
  readonly prefix?: string;
}

/** @param path where it is, and `file` what it is called */
export async function readQueryFile(
  path: string,
  file: string,
  reading: QueryReading,
): Promise<ReadQueryFile> {
  // An empty file is no log, but may well be one of SQL.
  const source = isNamedSql(file) ? null : await openLog(path, { ...reading, name: file });
  if (source !== null && source.kind !== 'sql') return readLog(source, file);
  const bytes = await readUserFile(path, 'file');
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return sqlFile(isGzip ? gunzipSync(bytes) : bytes, file);
}

/** What a file of SQL has, by its bytes. */
export function sqlFile(bytes: Uint8Array, file: string): ReadQueryFile {
  const nul = bytes.indexOf(0);
  if (nul !== -1) {
    throw new UserError(`${file} is no file of SQL: byte ${nul + 1} is NUL`, {
      exitCode: exitCodes.usage,
    });
  }
  const { text, isUtf8 } = decoded(bytes);
  const found = foundStatements(text);
  const skipped = found.commandLines + found.dataLines;
  const facts = [
    ...(isUtf8 ? [] : [fact('file-not-utf8', { severity: 'warning' })]),
    ...(skipped === 0 ? [] : [fact('psql-lines-skipped', { numbers: { lines: skipped } })]),
  ];
  return { file, kind: 'sql', found, facts: facts.map((each) => ({ line: 1, fact: each })) };
}

function decoded(bytes: Uint8Array): { readonly text: string; readonly isUtf8: boolean } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), isUtf8: true };
  } catch {
    return { text: new TextDecoder('latin1').decode(bytes), isUtf8: false };
  }
}

/** Statements of a log stand once for each form, where they were first seen. */
async function readLog(source: LogSource, file: string): Promise<ReadQueryFile> {
  const forms = new Map<string, FoundStatement>();
  const add = (sql: string, line: number, calls: number): void => {
    const form = sqlForm(sql);
    const before = forms.get(form);
    const place = { line, column: 1, endLine: line, comments: [] };
    const found = before ?? { sql, ...place, calls: 0 };
    forms.set(form, { ...found, calls: found.calls + calls });
  };
  for await (const batch of source.records()) {
    for (const { sql, line } of batch) {
      for (const each of parts(sql)) add(each, line, 1);
    }
  }
  for (const { sql, line, calls } of source.templates ?? []) add(sql, line ?? 1, calls);
  const facts = source.unparsed().map(({ line, reason, count }) => {
    const said = { numbers: { lines: count }, names: { problem: reason } };
    return { line: line ?? 1, fact: fact('log-lines-unparsed', { severity: 'warning', ...said }) };
  });
  const found = { ...nothingElse, statements: [...forms.values()] };
  return { file, kind: source.kind === 'log' ? 'log' : 'pg_stat_statements', found, facts };
}

const nothingElse: Omit<FoundStatements, 'statements'> = {
  strayComments: [],
  commandLines: 0,
  dataLines: 0,
  open: null,
};

/** A message may hold several statements. */
function parts(sql: string): readonly string[] {
  if (!sql.includes(';')) return [sql];
  const { statements, open } = foundStatements(sql);
  return open === null ? statements.map((each) => each.sql) : [sql];
}
