import type { Report } from '../../host/quiet-progress.ts';
import type {
  QueryEvidence,
  SchemaEvidence,
  SourceEvidence,
  Unparsed,
  Unseen,
} from '../../profile/evidence.ts';
import { renamedSql } from '../../profile/sql-names.ts';
import type { LogSource } from '../../sources/logs/log-source.ts';
import { TemplateObserver } from '../../sources/logs/observing/template-observer.ts';
import type { Grammar } from '../../sql/grammar.ts';
import { DatabaseTemplates } from './database-templates.ts';
import { dumpedTemplates } from './dumped-templates.ts';
import {
  atSource,
  combinedQueries,
  combinedSchema,
  type Gathered,
  type SourceQueries,
} from './gathered.ts';
import { inferredFrom } from './inferred-evidence.ts';
import type { OpenedSource } from './sources.ts';

/** A log after its first reading. */
export interface ReadLog {
  readonly source: LogSource;
  /** From its first to its last statement; null: it has no times. */
  readonly time: { readonly fromMs: number; readonly toMs: number } | null;
  /** The one whose statements count; null: all. */
  readonly database: string | null;
}

interface StatementReading extends Reading {
  readonly renamed: (sql: string) => string;
  /** Of which statements are wanted; null: any. */
  readonly database: string | null;
}

interface SourceFindings {
  readonly evidence: SourceEvidence;
  readonly queries: QueryEvidence | null;
  readonly unparsed: readonly Unparsed[];
  readonly unseen: readonly Unseen[];
  readonly log: ReadLog | null;
}

export interface Reading {
  readonly grammar: Grammar;
  readonly report: Report;
  readonly signal: AbortSignal;
}

/** What all sources say before it is known which keys to look at; logs are read a first time. */
export async function openedEvidence(
  opened: readonly OpenedSource[],
  reading: Reading,
): Promise<{ gathered: Gathered; logs: readonly ReadLog[] }> {
  const schema = combinedSchema(opened.flatMap(schemaOf));
  const renamed = renamedBy(schema, reading.grammar);
  const found: SourceFindings[] = [];
  const wanted = { ...reading, renamed, database: databaseOf(opened) };
  for (const [index, each] of opened.entries()) found.push(await findingsOf(each, index, wanted));
  const queries = combinedQueries(
    found.flatMap(({ evidence: { kind }, queries: own }): SourceQueries[] =>
      own === null ? [] : [{ kind, queries: own }],
    ),
  );
  const logs = found.flatMap(({ log }) => log ?? []);
  const statements = queries.queries;
  const inferred =
    schema === null && statements !== null ? await inferredFrom(statements, logs, reading) : null;
  return {
    gathered: {
      sources: found.map(({ evidence }) => evidence),
      schema: inferred?.schema ?? schema,
      queries: inferred?.queries ?? statements,
      unparsed: found.flatMap(({ unparsed }) => unparsed),
      unseen: [
        ...found.flatMap(({ unseen }) => unseen),
        ...queries.unseen,
        ...(inferred?.unseen ?? []),
      ],
    },
    logs,
  };
}

/** SQL of the database in the names of the scenario; as it is where no source has a schema. */
export function renamedBy(
  schema: SchemaEvidence | null,
  grammar: Grammar,
): (sql: string) => string {
  return (sql) => (schema === null ? sql : renamedSql(sql, schema, grammar));
}

/** The database that is read beside the logs; null: none is. */
function databaseOf(opened: readonly OpenedSource[]): string | null {
  const [first] = opened.flatMap((each) => (each.kind === 'postgres' ? each.source : []));
  return first?.evidence.about['database'] ?? null;
}

function schemaOf(each: OpenedSource): readonly SchemaEvidence[] {
  if (each.kind === 'postgres') return [each.source.schema];
  return each.kind === 'rows' ? [{ tables: [each.source.table], views: [] }] : [];
}

async function findingsOf(
  each: OpenedSource,
  index: number,
  reading: StatementReading,
): Promise<SourceFindings> {
  if (each.kind === 'statements') return statementsOf(each.source, index, reading);
  if (each.kind === 'rows') {
    const { evidence, unparsed } = each.source;
    return { evidence, queries: null, unparsed: atSource(unparsed, index), unseen: [], log: null };
  }
  const { evidence, queries, unparsed, unseen } = each.source;
  return {
    evidence,
    queries: queries && { ...queries, templates: atSource(queries.templates, index) },
    unparsed: atSource(unparsed, index),
    unseen,
    log: null,
  };
}

async function statementsOf(
  source: LogSource,
  index: number,
  { grammar, renamed, database: wanted, report, signal }: StatementReading,
): Promise<SourceFindings> {
  if (source.templates !== undefined) {
    const { templates, unparsed } = dumpedTemplates(source.templates, renamed, grammar);
    return {
      evidence: source.evidence,
      queries: { templates, seconds: null, transactions: [], perSecond: [] },
      unparsed: [...source.unparsed(), ...unparsed],
      unseen: [],
      log: null,
    };
  }
  const oneSession = source.kind === 'sql';
  const observer = new DatabaseTemplates(
    wanted,
    () => new TemplateObserver({ grammar, renamed, source: index, oneSession }),
  );
  let records = 0;
  for await (const batch of source.records()) {
    signal.throwIfAborted();
    for (const record of batch) observer.add(record);
    records += batch.length;
    report(`reading statements: ${records}`, 0.2);
  }
  const { seen, database, aside, unseen } = observer.finish();
  const { evidence } = source;
  const others = aside === 0 ? {} : { otherDatabaseStatements: aside };
  return {
    evidence: { ...evidence, read: { ...evidence.read, ...seen.read, ...others } },
    queries: seen.queries,
    unparsed: [...source.unparsed(), ...seen.unparsed],
    unseen: [...seen.unseen, ...unseen],
    log: { source, time: seen.time, database },
  };
}
