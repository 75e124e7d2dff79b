import { present } from '../../base/assert.ts';
import { sum } from '../../base/statistics/moments.ts';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import { type Fact, fact } from '../../result/finding.ts';
import { scenarioNoteCodes as codes } from '../../result/scenario-note-codes.ts';
import type { StatementReader } from '../../sql/sql-reader.ts';
import { headerComment, tenantsComment } from '../../wording/written-scenario.ts';
import type { CandidateKey, Evidence, SchemaEvidence, TableEvidence } from '../evidence.ts';
import { chosenTables } from './chosen-tables.ts';
import { columnType } from './column-types.ts';
import { squares } from './discounted-shares.ts';
import type { DraftTable } from './draft.ts';
import { draftKeys } from './draft-keys.ts';
import { type DraftedTables, draftStrategies } from './draft-scenario.ts';
import { draftTables } from './draft-tables.ts';
import { fewerTenants, tenantsYaml } from './draft-tenants.ts';
import { type Mended, mended } from './mended.ts';
import { nullsLeast, type PseudonymSource } from './own-values.ts';
import { type RowScale, rowScale } from './row-scale.ts';
import { scenarioOperations } from './scenario-operations.ts';
import { type Tenancy, tenancyOf } from './tenancy.ts';
import { tenantShares } from './tenant-shares.ts';
import { writerVocabulary } from './writer-vocabulary.ts';

export interface ScenarioChoices {
  readonly name: string;
  readonly main: CandidateKey;
  /** Names of candidates, the most promising first. */
  readonly ordered: readonly string[];
  /** Rows of the scenario over rows that were seen; null: what fits. */
  readonly scale: number | null;
  /** Share of the calls that operations are to stand for. */
  readonly coverage: number;
  /** What the rows may take; absent: 256 MB. */
  readonly roomBytes?: number;
  readonly reader: StatementReader;
  readonly pseudonyms: PseudonymSource;
  readonly about: { readonly startedAt: string; readonly schemaAddress?: string };
}

export interface WrittenScenario {
  /** YAML. */
  readonly text: string;
  readonly scale: number;
  readonly coveredShare: number | null;
  /** What the scenario has not, or has otherwise. */
  readonly notes: readonly Fact[];
  /** Why a template is in no operation, by its index. */
  readonly leftOut: ReadonlyMap<number, Fact>;
}

const roomBytes = 256e6;
const tenantsMost = 10_000_000;
/** Fewer are not scaled down: shares of few tenants would be others. */
const tenantsKept = 10_000;

/**
 * A scenario that stands for what was seen: 1. which tables, and who the tenants are, 2. how much
 * fits, 3. tables, keys and strategies, 4. operations on them; what the scenario's rules refuse is
 * left out.
 */
export function writtenScenario(all: Evidence, choices: ScenarioChoices): WrittenScenario {
  const chosen = chosenEvidence(all, choices.main);
  const { evidence, schema, whole } = chosen;
  const tenancy = tenancyOf(evidence, schema, chosen.main);
  const scale = rowScale(schema, choices.scale, choices.roomBytes ?? roomBytes);
  const counts = tenantCounts(evidence, tenancy, scale, choices.scale !== null);
  const { draft, notes } = draftOf(chosen, tenancy, scale, counts, choices);
  const vocabulary = writerVocabulary(choices.reader);
  const wanted = { evidence, tenancy, vocabulary, ...choices };
  const { first, operations } = scenarioOperations(draft, wanted);
  const bytes = sum(whole.tables.map((table) => allBytes(table.bytes)));
  const written = mended(
    {
      ...first.draft,
      operations: operations.operations,
      isAssumed: operations.isAssumed,
      rate: operations.rate,
      now: { load: operations.rate.seen, bytes: bytes > 0 ? bytes : null },
      header: headerComment({
        startedAt: choices.about.startedAt,
        sources: evidence.sources.map(({ name }) => name),
        scale: scale.scale,
        rows: sum(draft.tables.map(({ rows }) => rows.total)),
        rowsSeen: sum(schema.tables.map(({ rows }) => Math.round(rows.count))),
        coveredShare: operations.coveredShare,
        hasNulls: draft.tables.some(hasLeastNulls),
      }),
    },
    vocabulary,
  );
  return {
    text: written.text,
    scale: scale.scale,
    coveredShare: operations.coveredShare,
    notes: [...leftOutNotes(chosen.leftOut), ...notes, ...first.notes, ...mendedNotes(written)],
    leftOut: operations.leftOut,
  };
}

const allBytes = ({ heap, indexes, toast }: TableEvidence['bytes']): number =>
  heap + indexes + toast;

const hasLeastNulls = ({ columns }: DraftTable): boolean =>
  columns.some(({ nulls }) => nulls === nullsLeast);

interface ChosenEvidence {
  /** With the tables of the scenario alone. */
  readonly evidence: Evidence;
  readonly schema: SchemaEvidence;
  readonly whole: SchemaEvidence;
  readonly main: CandidateKey;
  readonly leftOut: readonly string[];
}

function chosenEvidence(all: Evidence, wanted: CandidateKey): ChosenEvidence {
  const { schema: whole } = all;
  if (whole === null || whole.tables.length === 0) {
    throw new UserError('no tables were seen, of which a scenario could be written', {
      exitCode: exitCodes.usage,
      hint: 'name a database, a dump of its tables or a file of rows beside the log',
    });
  }
  const keyed = new Set(wanted.columns.map(({ table }) => table));
  const { schema, leftOut } = chosenTables(all, whole, keyed);
  const candidates = candidatesOf(all.candidates, schema);
  const main = candidates.find(({ key }) => key === wanted.key) ?? wanted;
  return { evidence: { ...all, schema, candidates }, schema, whole, main, leftOut };
}

interface TenantCounts {
  readonly seen: number;
  readonly written: number;
}

function tenantCounts(
  evidence: Evidence,
  tenancy: Tenancy,
  { scale }: RowScale,
  isAsked: boolean,
): TenantCounts {
  const seen = tenantsSeen(evidence, tenancy);
  const kept = Math.min(seen, isAsked ? 1 : tenantsKept);
  const written = Math.max(1, Math.round(seen * Math.min(1, scale)), kept);
  return { seen, written: Math.min(tenantsMost, written) };
}

function draftOf(
  { evidence, schema, main }: ChosenEvidence,
  tenancy: Tenancy,
  scale: RowScale,
  { seen, written }: TenantCounts,
  choices: ScenarioChoices,
): { readonly draft: DraftedTables; readonly notes: readonly Fact[] } {
  const { pseudonyms } = choices;
  const shares = tenantShares(evidence, tenancy.key.key, Math.max(seen, written));
  const load = fewerTenants(shares.load, written);
  const idType = idTypeOf(evidence, tenancy);
  const counts = { tenants: written, tenantsSeen: seen, sharesOf: shares.table };
  const { tables, notes } = draftTables({
    evidence,
    schema,
    tenancy,
    scale,
    pseudonyms,
    ...counts,
  });
  const keys = draftKeys(evidence, main, choices.ordered);
  const largestShare = shares.basis === 'none' ? 0 : (load[0] ?? 0);
  const draft = {
    name: choices.name,
    schemaAddress: choices.about.schemaAddress ?? null,
    tenantsComment: tenantsComment({
      ...shares,
      key: tenancy.key.key,
      root: tenancy.root,
      tenants: seen,
      written,
      largestShare,
      effective: 1 / squares(load),
      hasBytes: shares.bytes !== null,
    }),
    tenants: tenantsYaml(shares, idType, written),
    tables,
    views: schema.views.map(({ name, sql }) => ({ name, sql })),
    keys,
    strategies: draftStrategies(keys, idType === 'int8', largestShare),
  };
  return { draft, notes };
}

function leftOutNotes(tables: readonly string[]): Fact[] {
  if (tables.length === 0) return [];
  const numbers = { count: tables.length };
  const names = { tables: tables.slice(0, 5) };
  return [fact(codes.tablesLeftOut, { severity: 'warning', numbers, names })];
}

function mendedNotes({ notes, refused }: Mended): Fact[] {
  const operations = [...refused].map(([operation, reason]) =>
    fact(codes.operationRefused, { severity: 'warning', names: { operation, reason } }),
  );
  return [...notes, ...operations];
}

/** In the tables of the scenario alone. */
function candidatesOf(all: readonly CandidateKey[], { tables }: SchemaEvidence): CandidateKey[] {
  const names = new Set(tables.map(({ name }) => name));
  return all.flatMap((candidate) => {
    const columns = candidate.columns.filter(({ table }) => names.has(table));
    return columns.length === 0 ? [] : [{ ...candidate, columns }];
  });
}

/** Rows of the table that has each once, or the values of the key. */
function tenantsSeen({ schema, values, load }: Evidence, { key, root }: Tenancy): number {
  const table = schema?.tables.find(({ name }) => name === root);
  const counted = values.filter((each) => each.key === key.key).map(({ distinct }) => distinct);
  const observed = load.filter((each) => each.key === key.key).map(({ distinct }) => distinct);
  const inTables = (schema?.tables ?? []).flatMap(({ name, columns }) => {
    const own = key.columns.find((each) => each.table === name)?.columns[0];
    return columns.flatMap((column) => (column.name === own ? (column.stats?.distinct ?? 0) : []));
  });
  if (table !== undefined && table.rows.count > 0) return Math.round(table.rows.count);
  return Math.max(1, Math.round(Math.max(0, ...counted, ...observed, ...inTables)));
}

/** Type of the tenants' ids: that of the key's column, as far as tenants can have it. */
function idTypeOf({ schema }: Evidence, { key, root }: Tenancy): 'int8' | 'uuid' | 'text' {
  const first = key.columns.find(({ table }) => table === root) ?? key.columns[0];
  const column = schema?.tables
    .find(({ name }) => name === first?.table)
    ?.columns.find(({ name }) => name === first?.columns[0]);
  const { kind } = columnType(present(column, 'column of the key'));
  return kind === 'integer' ? 'int8' : kind === 'uuid' ? 'uuid' : 'text';
}
