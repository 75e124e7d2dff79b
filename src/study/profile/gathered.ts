import type {
  Evidence,
  QueryEvidence,
  SchemaEvidence,
  SourceEvidence,
  Template,
  Unseen,
} from '../../profile/evidence.ts';

/** What one source has shown of statements; its templates do not know yet which source it is. */
export interface SourceQueries {
  readonly kind: SourceEvidence['kind'];
  readonly queries: QueryEvidence;
}

/** What was read of all sources before candidates are known. */
export type Gathered = Pick<Evidence, 'sources' | 'schema' | 'queries' | 'unparsed' | 'unseen'>;

/**
 * Counts of two kinds of sources are of the same statements, so that they may not be added up: a
 * log shows most, then the counters of pg_stat_statements, then plain files of SQL.
 */
const preferred: readonly SourceEvidence['kind'][] = [
  'log',
  'pg_stat_statements',
  'postgres',
  'sql',
];

/** Statements of the kind of source that shows most of them, and which kinds were left aside. */
export function combinedQueries(all: readonly SourceQueries[]): {
  readonly queries: QueryEvidence | null;
  readonly unseen: readonly Unseen[];
} {
  const some = all.filter(({ queries }) => queries.templates.length > 0);
  const kind = preferred.find((each) => some.some((one) => one.kind === each));
  const used = some.filter((one) => one.kind === kind).map(({ queries }) => queries);
  const aside = [...new Set(some.map((one) => one.kind).filter((each) => each !== kind))];
  const [first] = used;
  if (first === undefined || kind === undefined) return { queries: null, unseen: [] };
  return {
    queries: used.length === 1 ? first : addedUp(used),
    unseen:
      aside.length === 0
        ? []
        : [{ code: 'queries-of-one-source', names: { used: kind, aside }, numbers: {} }],
  };
}

/** Several logs (or several dumps): of one time after another, or of several servers. */
function addedUp(all: readonly QueryEvidence[]): QueryEvidence {
  const templates: Template[] = [];
  const placeOf = new Map<string, number>();
  const transactions = all.flatMap((queries) => {
    const places = queries.templates.map((template) => {
      const at = placeOf.get(template.sql);
      const before = at === undefined ? undefined : templates[at];
      if (at === undefined || before === undefined) {
        placeOf.set(template.sql, templates.length);
        return templates.push(template) - 1;
      }
      templates[at] = bothOf(before, template);
      return at;
    });
    return queries.transactions.map(({ steps, count }) => ({
      steps: steps.map((step) => ({ ...step, template: places[step.template] ?? 0 })),
      count,
    }));
  });
  const seconds = all.map((queries) => queries.seconds);
  return {
    templates,
    seconds: seconds.every((each) => each !== null)
      ? seconds.reduce<number>((sum, each) => sum + (each ?? 0), 0)
      : null,
    transactions,
    perSecond: all.flatMap(({ perSecond }) => [...perSecond]),
  };
}

function bothOf(a: Template, b: Template): Template {
  const { latencyMs: _latency, burstiness: _burstiness, ...rest } = a;
  return {
    ...rest,
    calls: a.calls + b.calls,
    totalMs: sumOf(a.totalMs, b.totalMs),
    rows: sumOf(a.rows, b.rows),
  };
}

const sumOf = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? null : a + b;

/** Tables of the database and of files; null where no source shows any. */
export function combinedSchema(all: readonly SchemaEvidence[]): SchemaEvidence | null {
  const tables = all.flatMap((schema) => schema.tables);
  if (tables.length === 0) return null;
  return { tables, views: all.flatMap(({ views }) => views) };
}

/** Templates and faults of a source name it by its place among all. */
export const atSource = <T extends { readonly source: number }>(
  all: readonly T[],
  source: number,
): T[] => all.map((each) => ({ ...each, source }));
