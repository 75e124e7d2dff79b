import type { Report } from '../../host/quiet-progress.ts';
import { withCountedRows } from '../../profile/counted-rows.ts';
import type {
  CandidateKey,
  ChildShape,
  Evidence,
  HealthFact,
  KeyLoad,
  KeyValues,
  SchemaEvidence,
  Unseen,
} from '../../profile/evidence.ts';
import { keyBinder } from '../../profile/key-binder.ts';
import { KeyObserver } from '../../sources/logs/observing/key-observer.ts';
import type { PostgresSource } from '../../sources/postgres/open-postgres.ts';
import type { Grammar } from '../../sql/grammar.ts';
import type { StatementReader } from '../../sql/sql-reader.ts';
import type { Gathered } from './gathered.ts';
import { type ReadLog, renamedBy } from './opened-evidence.ts';
import type { ProfileChoices } from './profile-choices.ts';
import type { OpenedSource } from './sources.ts';

export interface Measuring {
  readonly opened: readonly OpenedSource[];
  readonly logs: readonly ReadLog[];
  readonly gathered: Gathered;
  readonly candidates: readonly CandidateKey[];
  readonly reader: StatementReader;
  readonly grammar: Grammar;
  readonly choices: ProfileChoices;
  readonly report: Report;
  readonly signal: AbortSignal;
}

/** What rows and statements say of the candidates. */
interface OfKeys {
  readonly values: readonly KeyValues[];
  readonly shapes: readonly ChildShape[];
  readonly load: readonly KeyLoad[];
  readonly health: readonly HealthFact[];
  readonly unseen: readonly Unseen[];
  /** For `read` of the source. */
  readonly read: Readonly<Record<string, number>>;
}

const nothing: OfKeys = { values: [], shapes: [], load: [], health: [], unseen: [], read: {} };

/** Everything that all sources show, once it is known which keys to look at. */
export async function measured(measuring: Measuring): Promise<Evidence> {
  const { opened, gathered, candidates } = measuring;
  const found: OfKeys[] = [];
  for (const each of opened) found.push(await ofSource(each, measuring));
  const observed = await observedLoad(measuring);
  const values = found.flatMap((each) => each.values);
  const { schema } = gathered;
  return {
    ...gathered,
    schema: schema === null ? null : withCountedRows(schema, values),
    sources: gathered.sources.map((source, index) => ({
      ...source,
      read: { ...source.read, ...found[index]?.read },
    })),
    candidates,
    values,
    shapes: found.flatMap(({ shapes }) => shapes),
    load: [...observed, ...found.flatMap(({ load }) => load)],
    health: found.flatMap(({ health }) => health),
    unseen: [...gathered.unseen, ...found.flatMap(({ unseen }) => unseen)],
  };
}

async function ofSource(each: OpenedSource, measuring: Measuring): Promise<OfKeys> {
  measuring.signal.throwIfAborted();
  if (each.kind === 'postgres') return ofDatabase(each.source, measuring);
  if (each.kind === 'statements') return nothing;
  const candidates = measuring.candidates.filter(({ columns }) =>
    columns.some(({ table }) => table === each.source.table.name),
  );
  return { ...nothing, ...(await each.source.measure(candidates)) };
}

async function ofDatabase(
  { session, schema }: PostgresSource,
  { candidates, choices, report, signal }: Measuring,
): Promise<OfKeys> {
  const [{ measureKeys }, { healthFacts }] = await Promise.all([
    import('../../sources/postgres/keys/measure-keys.ts'),
    import('../../sources/postgres/health/health-facts.ts'),
  ]);
  const { exact, sampleRows } = choices;
  let done = 0;
  const most = Math.max(1, candidates.length * 3);
  const keys = await measureKeys(session, schema, candidates, {
    exact,
    sampleRows,
    signal,
    report: () => report('looking at keys in the database', 0.3 + 0.4 * share((done += 1) / most)),
  });
  const health = await healthFacts(session, schema);
  return { ...keys, health: health.facts, unseen: [...keys.unseen, ...health.unseen] };
}

const share = (done: number): number => Math.min(1, done);

/** Logs are read again: which parameter is the value of a key is known by now. */
async function observedLoad(measuring: Measuring): Promise<KeyLoad[]> {
  const { logs, candidates, gathered, reader, grammar, report, signal } = measuring;
  const { schema } = gathered;
  if (schema === null || candidates.length === 0) return [];
  const binder = keyBinder(schema, candidates, reader);
  const load: KeyLoad[] = [];
  for (const { source, time, database } of logs) {
    const observer = new KeyObserver(
      candidates.map((candidate) => ({ key: candidate.key, types: typesOf(candidate, schema) })),
      {
        grammar,
        renamed: renamedBy(schema, grammar),
        binder,
        time,
        oneSession: source.kind === 'sql',
      },
    );
    let records = 0;
    for await (const batch of source.records()) {
      signal.throwIfAborted();
      for (const record of batch) {
        if ((record.database ?? null) === database) observer.add(record);
      }
      records += batch.length;
      report(`reading values of keys: ${records} statements`, 0.8);
    }
    load.push(...observer.finish());
  }
  return load;
}

/** Of the first table that has the key. */
function typesOf({ columns: [first] }: CandidateKey, { tables }: SchemaEvidence): string[] {
  const table = tables.find(({ name }) => name === first?.table);
  return (first?.columns ?? []).map(
    (column) => table?.columns.find(({ name }) => name === column)?.type ?? 'text',
  );
}
