import {
  characteristicsSchema,
  type UnwordedCharacteristics,
} from '../result/characteristics-document.ts';
import { fact } from '../result/finding.ts';
import type { TableSet } from '../scenario/table-types.ts';
import type { TableUse } from '../sql/default-placement.ts';
import type { StatementReader } from '../sql/sql-reader.ts';
import { candidateFindings } from './characteristics/candidate-findings.ts';
import {
  isNamedLikeId,
  mostPromisingFirst,
  type RankedCandidate,
} from './characteristics/candidate-order.ts';
import {
  inverse,
  keyDistribution,
  type KeyDistribution,
} from './characteristics/key-distribution.ts';
import {
  bestLoad,
  heatMapOf,
  keyLoad,
  topMost,
  transactionsOf,
} from './characteristics/key-load.ts';
import { keyPlacing } from './characteristics/key-placing.ts';
import { lostConstraints } from './characteristics/lost-constraints.ts';
import { queriesRow, templateRows } from './characteristics/query-rows.ts';
import { shownValue, type ValueNames } from './characteristics/shown-values.ts';
import { statementShares } from './characteristics/statement-shares.ts';
import { tableRow } from './characteristics/table-rows.ts';
import { usesOfTables } from './characteristics/table-uses.ts';
import { weighedStatements, type WeighedStatements } from './characteristics/weighed-statements.ts';
import { evidenceTables } from './evidence-tables.ts';
import type { CandidateKey, Evidence, SchemaEvidence } from './evidence.ts';
import { TemplateAnalyst } from './keys/analysed-templates.ts';

export type { ValueNames } from './characteristics/shown-values.ts';

export interface CharacteristicsOptions {
  readonly reader: StatementReader;
  /** Names of values in the document. */
  readonly pseudonyms: ValueNames;
  readonly about: Pick<UnwordedCharacteristics, 'name' | 'startedAt' | 'command' | 'shardlab'>;
}

/**
 * What was seen, and what each candidate would make of it. Shares of the calls are of statements
 * that use a table of the schema; what is not among them is told under `unseen`. Templates stand in
 * the order of the evidence.
 */
export function characteristics(
  evidence: Evidence,
  { reader, pseudonyms, about }: CharacteristicsOptions,
): Omit<UnwordedCharacteristics, 'scenario'> {
  const schema = evidence.schema ?? { tables: [], views: [] };
  const set = evidenceTables(schema);
  const statements = weighedStatements(
    evidence.queries?.templates ?? [],
    new TemplateAnalyst(set, reader),
  );
  const uses = usesOfTables(schema, statements);
  const context = { evidence, schema, set, statements, uses, pseudonyms };
  const candidates = evidence.candidates.map((each) => candidateCharacteristics(each, context));
  return {
    schema: characteristicsSchema,
    ...about,
    sources: evidence.sources.map(({ kind, name, read, about: of }) => {
      return { kind, name, read: { ...read }, about: { ...of } };
    }),
    tables: schema.tables.map(tableRow),
    candidates: mostPromisingFirst(candidates, schema),
    templates: evidence.queries === null ? [] : templateRows(evidence.queries),
    queries: evidence.queries === null ? null : queriesRow(evidence.queries, statements),
    health: evidence.health.map(({ names, numbers, ...each }) => {
      return { ...each, numbers: { ...numbers }, names: writable(names), text: '' };
    }),
    unparsed: evidence.unparsed.map(({ source, line, reason, count }) => {
      return { source: evidence.sources[source]?.name ?? '', line, reason, count };
    }),
    unseen: [
      ...evidence.unseen.map(({ code, names, numbers }) =>
        fact(code, { severity: 'warning', names, numbers }),
      ),
      ...statements.unseen,
    ],
  };
}

const writable = (names: Readonly<Record<string, string | readonly string[]>>) =>
  Object.fromEntries(
    Object.entries(names).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : [...value],
    ]),
  );

interface Context {
  readonly evidence: Evidence;
  readonly schema: SchemaEvidence;
  readonly set: TableSet;
  readonly statements: WeighedStatements;
  readonly uses: ReadonlyMap<string, TableUse>;
  readonly pseudonyms: ValueNames;
}

function candidateCharacteristics(
  candidate: CandidateKey,
  { evidence, schema, set, statements, uses, pseudonyms }: Context,
): RankedCandidate {
  const { key, columns } = candidate;
  const shown = shownValue(candidate, schema, pseudonyms);
  const distribution = keyDistribution(candidate, evidence.values, schema);
  const load = evidence.load.filter((each) => each.key === key);
  const placing = keyPlacing(candidate, set, uses);
  const { shares, boundByKey, writtenWithRow } = statementShares(candidate, statements, placing);
  const measured = {
    key,
    tables: columns.map((each) => ({ table: each.table, columns: [...each.columns] })),
    ...spreadOf(distribution, shown),
    ...shares,
    crossShardTransactions: transactionsOf(load),
    lostConstraints: lostConstraints(schema, placing),
    referenceTables: placing.layouts
      .filter(({ placement }) => placement === 'reference')
      .map(({ table }) => table),
    load: keyLoad(load, distribution, shown),
    heatMap: heatMapOf(load, evidence.queries, shown),
    distinctOverTime: [...(bestLoad(load)?.distinctOverTime ?? [])],
  };
  const findings = candidateFindings(candidate, measured, distribution, schema, writtenWithRow);
  const isNamedId = isNamedLikeId(candidate);
  const isOfFile = candidate.because.includes('file column');
  return { candidate: { ...measured, findings }, boundByKey, isNamedId, isOfFile };
}

function spreadOf(distribution: KeyDistribution, shown: (value: string) => string) {
  const { rows, tables, largest, distinct, distinctDoubtful, nullFraction, basis } = distribution;
  const largestShare = largest?.top[0]?.share ?? null;
  return {
    rows,
    distinct,
    distinctDoubtful,
    largestShare,
    top: (largest?.top ?? []).slice(0, topMost).map(({ value, share }) => {
      return { value: shown(value), share };
    }),
    effective: inverse(largest?.sumOfSquares),
    usefulShards: inverse(largestShare),
    nullFraction,
    monotonic: largest?.monotonic ?? null,
    byTable: tables.map((each) => ({
      table: each.table,
      rows: each.rows,
      distinct: each.distinct,
      largestShare: each.top[0]?.share ?? null,
      nullFraction: each.nullFraction,
      physicalCorrelation: each.physicalCorrelation,
      basis: each.basis,
    })),
    basis,
  };
}
