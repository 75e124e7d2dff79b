import { present } from '../../base/assert.ts';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import { type Fact, fact } from '../../result/finding.ts';
import { scenarioNoteCodes as codes } from '../../result/scenario-note-codes.ts';
import type { StatementReader } from '../../sql/sql-reader.ts';
import { headerComment, tenantsComment } from '../../wording/written-scenario.ts';
import type { CandidateKey, Evidence, SchemaEvidence } from '../evidence.ts';
import { chosenTables } from './chosen-tables.ts';
import { columnType } from './column-types.ts';
import { squares } from './discounted-shares.ts';
import { draftKeys } from './draft-keys.ts';
import { type DraftScenario, draftStrategies } from './draft-scenario.ts';
import { draftTables } from './draft-tables.ts';
import { fewerTenants, tenantsYaml } from './draft-tenants.ts';
import { mended } from './mended.ts';
import { nullsLeast, type PseudonymSource } from './own-values.ts';
import { rowScale } from './row-scale.ts';
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
 * A scenario that stands for what was seen: 1. who the tenants are, 2. how much fits, 3. tables,
 * 4. operations on them, 5. keys and strategies; what the scenario's rules refuse is left out.
 */
export function writtenScenario(seenAll: Evidence, choices: ScenarioChoices): WrittenScenario {
  const { schema: whole } = seenAll;
  if (whole === null || whole.tables.length === 0) {
    throw new UserError('no tables were seen, of which a scenario could be written', {
      exitCode: exitCodes.usage,
      hint: 'name a database, a dump of its tables or a file of rows beside the log',
    });
  }
  const keyed = new Set(choices.main.columns.map(({ table }) => table));
  const { schema, leftOut } = chosenTables(seenAll, whole, keyed);
  const candidates = candidatesOf(seenAll.candidates, schema);
  const evidence = { ...seenAll, schema, candidates };
  const main = candidates.find(({ key }) => key === choices.main.key) ?? choices.main;
  const tenancy = tenancyOf(evidence, schema, main);
  const scale = rowScale(schema, choices.scale, choices.roomBytes ?? roomBytes);
  const seen = tenantsSeen(evidence, tenancy);
  const tenants = Math.min(
    tenantsMost,
    Math.max(
      1,
      Math.round(seen * Math.min(1, scale.scale)),
      Math.min(seen, choices.scale === null ? tenantsKept : 1),
    ),
  );
  const shares = tenantShares(evidence, tenancy.key.key, Math.max(seen, tenants));
  const load = fewerTenants(shares.load, tenants);
  const idType = idTypeOf(evidence, tenancy);
  const tables = draftTables({
    evidence,
    schema,
    tenancy,
    tenants,
    tenantsSeen: seen,
    scale,
    pseudonyms: choices.pseudonyms,
  });
  const keys = draftKeys(candidates, main, choices.ordered);
  const bytes = whole.tables.reduce((sum, table) => {
    const { heap, indexes, toast } = table.bytes;
    return sum + heap + indexes + toast;
  }, 0);
  const largestShare = shares.basis === 'none' ? 0 : (load[0] ?? 0);
  const base: Omit<DraftScenario, 'header' | 'rate' | 'operations' | 'isAssumed' | 'now'> = {
    name: choices.name,
    schemaAddress: choices.about.schemaAddress ?? null,
    tenantsComment: tenantsComment({
      key: tenancy.key.key,
      root: tenancy.root,
      basis: shares.basis,
      counted: shares.counted,
      isSample: shares.isSample,
      seen: shares.seen,
      tenants: seen,
      written: tenants,
      largestShare,
      effective: 1 / squares(load),
      hasBytes: shares.bytes !== null,
    }),
    tenants: tenantsYaml(shares, idType, tenants),
    tables: tables.tables,
    views: schema.views.map(({ name, sql }) => ({ name, sql })),
    keys,
    strategies: draftStrategies(keys, idType === 'int8', largestShare),
  };
  const vocabulary = writerVocabulary(choices.reader);
  const { first, operations } = scenarioOperations(base, {
    evidence,
    tenancy,
    vocabulary,
    ...choices,
  });
  const rows = tables.tables.reduce((sum, table) => sum + table.rows.total, 0);
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
        rows,
        rowsSeen: schema.tables.reduce((sum, table) => sum + Math.round(table.rows.count), 0),
        coveredShare: operations.coveredShare,
        hasNulls: tables.tables.some(({ columns }) =>
          columns.some(({ nulls }) => nulls === nullsLeast),
        ),
      }),
    },
    vocabulary,
  );
  return {
    text: written.text,
    scale: scale.scale,
    coveredShare: operations.coveredShare,
    notes: [
      ...(leftOut.length === 0
        ? []
        : [
            fact(codes.tablesLeftOut, {
              severity: 'warning',
              numbers: { count: leftOut.length },
              names: { tables: leftOut.slice(0, 5) },
            }),
          ]),
      ...tables.notes,
      ...first.notes,
      ...written.notes,
      ...[...written.refused].map(([operation, reason]) =>
        fact(codes.operationRefused, { severity: 'warning', names: { operation, reason } }),
      ),
    ],
    leftOut: operations.leftOut,
  };
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
