import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import { ScenarioNames } from '../../profile/scenario-names.ts';
import type { FileSource } from '../../sources/files/open-file.ts';
import type { LogOptions, LogSource } from '../../sources/logs/log-source.ts';
import type { PostgresSource } from '../../sources/postgres/open-postgres.ts';
import type { ProfileChoices } from './profile-choices.ts';
import { sourceKind, type SourceKind } from './source-kind.ts';
import { spooled } from './spooled-input.ts';

export type OpenedSource =
  | { readonly kind: 'postgres'; readonly source: PostgresSource }
  | { readonly kind: 'rows'; readonly source: FileSource }
  | { readonly kind: 'statements'; readonly source: LogSource };

export interface SourcesRequest {
  readonly sources: readonly string[];
  readonly choices: ProfileChoices;
  /** The scenario's file: temporary files go beside it. */
  readonly out: string;
  /** What `-` stands for. */
  readonly stdin: Readable;
  readonly signal: AbortSignal;
  readonly report: (done: string) => void;
}

/** A source whose place is known. */
interface Named {
  /** As it was given, for people. */
  readonly name: string;
  /** Where it is read. */
  readonly path: string;
  readonly kind: SourceKind;
}

/**
 * Every source, in the order given, for as long as `work` takes; closed after that, and where one
 * cannot be opened.
 */
export async function withSources<T>(
  request: SourcesRequest,
  work: (opened: readonly OpenedSource[]) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'shardlab-profile-'));
  const opened = new Map<number, OpenedSource>();
  try {
    const named = await namedSources(request, folder);
    await openDatabase(named, opened, request);
    await openRows(named, opened, request);
    await openStatements(named, opened, request);
    return await work(named.flatMap((_, index) => opened.get(index) ?? []));
  } finally {
    for (const each of opened.values()) await closed(each);
    await rm(folder, { recursive: true, force: true });
  }
}

/** Logs are files that are open only while they are read. */
async function closed(each: OpenedSource): Promise<void> {
  if (each.kind === 'postgres') await each.source.session.close();
  if (each.kind === 'rows') await each.source.close();
}

async function namedSources(request: SourcesRequest, folder: string): Promise<Named[]> {
  const { sources, stdin, signal } = request;
  if (sources.filter((source) => source === '-').length > 1) {
    throw new UserError('- stands for standard input, which can be read only once', {
      exitCode: exitCodes.usage,
    });
  }
  const named: Named[] = [];
  for (const [index, source] of sources.entries()) {
    const isInput = source === '-';
    const path = isInput ? await spooled(stdin, join(folder, 'stdin'), signal) : source;
    const name = isInput ? 'standard input' : source;
    const kind = await sourceKind(path, logOptions({ name, path }, index, request));
    named.push({ name, path, kind });
  }
  if (named.filter(({ kind }) => kind === 'postgres').length > 1) {
    throw new UserError('two databases cannot be read together: their tables would be mixed up', {
      exitCode: exitCodes.usage,
      hint: 'Give one URL, and beside it logs or files.',
    });
  }
  return named;
}

type Opened = Map<number, OpenedSource>;

async function openDatabase(
  named: readonly Named[],
  opened: Opened,
  { choices: { watchMs }, signal, report }: SourcesRequest,
): Promise<void> {
  for (const [index, { kind, path }] of named.entries()) {
    if (kind !== 'postgres') continue;
    const { openPostgres } = await import('../../sources/postgres/open-postgres.ts');
    opened.set(index, { kind, source: await openPostgres(path, { watchMs, signal, report }) });
  }
}

/** Together: they share one engine, and may point to each other. */
async function openRows(
  named: readonly Named[],
  opened: Opened,
  { choices, out, signal, report }: SourcesRequest,
): Promise<void> {
  const places = [...named.entries()].filter(([, { kind }]) => kind === 'rows');
  if (places.length === 0) return;
  const names = new ScenarioNames();
  for (const each of opened.values()) {
    if (each.kind === 'postgres') for (const { name } of each.source.schema.tables) names.add(name);
  }
  const { openFiles } = await import('../../sources/files/open-file.ts');
  const paths = places.map(([, { path }]) => path);
  const sources = await openFiles(paths, {
    memoryBytes: choices.memoryBytes,
    threads: availableParallelism(),
    temporaryFolder: join(dirname(out), `.shardlab-profile-${process.pid}`),
    signal,
    report,
    names,
  });
  for (const [place, [index]] of places.entries()) {
    const source = sources[place];
    if (source !== undefined) opened.set(index, { kind: 'rows', source });
  }
}

async function openStatements(
  named: readonly Named[],
  opened: Opened,
  request: SourcesRequest,
): Promise<void> {
  for (const [index, each] of named.entries()) {
    if (each.kind !== 'statements') continue;
    const { openLog } = await import('../../sources/logs/open-log.ts');
    const source = await openLog(each.path, logOptions(each, index, request));
    opened.set(index, { kind: 'statements', source });
  }
}

const logOptions = (
  { name, path }: Pick<Named, 'name' | 'path'>,
  source: number,
  { choices: { prefix }, signal, report }: SourcesRequest,
): LogOptions => ({
  ...(prefix !== null && { prefix }),
  ...(name !== path && { name }),
  source,
  signal,
  report,
});
