import { candidateCodes } from '../../result/characteristics-codes.ts';
import type { CandidateCharacteristics } from '../../result/characteristics-document.ts';
import { type Fact, fact, type Unworded } from '../../result/finding.ts';
import { familyOfType, isKeyFamily } from '../../sql/families.ts';
import { typeBelow } from '../evidence-tables.ts';
import type { CandidateKey, SchemaEvidence } from '../evidence.ts';
import type { KeyDistribution } from './key-distribution.ts';

type Measured = Omit<Unworded<CandidateCharacteristics>, 'findings'>;

/** With fewer values than this there is little to share out; one of more than its share is hot. */
export const shardsLeast = 8;
/** Rows without a key have no shard of their own. */
export const nullsMost = 0.01;
/** Statements that move rows can be done by hand where they are as rare as this. */
export const updatesMost = 0.001;
export const rowsCoveredLeast = 0.5;
const crossShardMost = 0.01;
const errorMost = 0.1;

export function candidateFindings(
  candidate: CandidateKey,
  measured: Measured,
  distribution: KeyDistribution,
  schema: SchemaEvidence,
  writtenWithRow: number,
): Fact[] {
  return [
    ...ofValues(measured, distribution),
    ...ofRows(measured, distribution, schema),
    ...ofTypes(candidate, schema),
    ...ofLoad(measured),
    ...ofStatements(measured, writtenWithRow),
  ];
}

const warning = { severity: 'warning' } as const;

function ofValues(
  { distinct, largestShare, top, load, tables }: Measured,
  { largest, tables: looked }: KeyDistribution,
): Fact[] {
  if (largest === undefined) {
    const names = { tables: tables.map(({ table }) => table) };
    return [fact(candidateCodes.notMeasured, { ...warning, names })];
  }
  const { table } = largest;
  const facts = [
    fact(candidateCodes.sharesOfTable, { numbers: { rows: largest.rows }, names: { table } }),
  ];
  const shards = shardsLeast;
  if (distinct < shards) {
    facts.push(fact(candidateCodes.fewValues, { ...warning, numbers: { distinct, shards } }));
  }
  const hottest = load.largestShare > (largestShare ?? 0) ? load.top[0] : top[0];
  const share = hottest?.share ?? 0;
  if (share > 1 / shards) {
    const basis = hottest === top[0] ? 'rows' : load.basis;
    const names = { value: hottest?.value, basis };
    const numbers = { largestShare: share, shards };
    facts.push(fact(candidateCodes.hotValue, { ...warning, numbers, names }));
  }
  const doubtful = looked.filter((each) => each.distinctDoubtful);
  if (doubtful.length > 0) {
    const names = { tables: doubtful.map((each) => each.table) };
    facts.push(fact(candidateCodes.doubtful, { numbers: { distinct }, names }));
  }
  return facts;
}

function ofRows(
  { rows, monotonic, nullFraction, distinct, tables }: Measured,
  { largest, tables: looked }: KeyDistribution,
  schema: SchemaEvidence,
): Fact[] {
  const facts: Fact[] = [];
  if (monotonic === true) {
    const names = { table: largest?.table };
    facts.push(fact(candidateCodes.monotonic, { ...warning, names }));
  }
  const empty = looked.filter((each) => each.nullFraction > 0);
  if (empty.length > 0) {
    const severity = nullFraction > nullsMost ? 'warning' : 'info';
    const nulls = empty.reduce((sum, each) => sum + each.nullFraction * each.rows, 0);
    const numbers = { nullFraction, rows: Math.round(nulls) };
    const names = { tables: empty.map(({ table }) => table) };
    facts.push(fact(candidateCodes.nulls, { severity, numbers, names }));
  }
  const share = coveredShare(tables, schema);
  if (share < rowsCoveredLeast) {
    const numbers = { share, rows, rowsOfAll: rowsOfAll(schema) };
    facts.push(fact(candidateCodes.coversFewRows, { numbers }));
  }
  if (largest !== undefined && groupsNothing(largest)) {
    const names = { table: largest.table };
    facts.push(fact(candidateCodes.groupsNothing, { numbers: { distinct }, names }));
  }
  return facts;
}

const rowsOfAll = ({ tables }: SchemaEvidence): number =>
  tables.reduce((sum, { rows }) => sum + rows.count, 0);

/** Share of all rows that lie in the tables of a key; 1 where there are none at all. */
export function coveredShare(
  tables: readonly { readonly table: string }[],
  schema: SchemaEvidence,
): number {
  const own = new Set(tables.map(({ table }) => table));
  const covered = schema.tables.reduce(
    (sum, { name, rows }) => sum + (own.has(name) ? rows.count : 0),
    0,
  );
  const all = rowsOfAll(schema);
  return all === 0 ? 1 : covered / all;
}

/** Estimates of distinct values are off by some percent. */
export const groupsNothing = ({
  rows,
  nullFraction,
  distinct,
}: {
  readonly rows: number;
  readonly nullFraction: number;
  readonly distinct: number;
}): boolean => rows > 1 && distinct >= 0.95 * rows * (1 - nullFraction);

/** Routers take whole numbers, texts and UUIDs. */
function ofTypes({ columns }: CandidateKey, { tables }: SchemaEvidence): Fact[] {
  const [first] = columns;
  const table = tables.find(({ name }) => name === first?.table);
  return (first?.columns ?? []).flatMap((name) => {
    const column = table?.columns.find((each) => each.name === name);
    if (column === undefined || isKeyFamily(familyOfType(typeBelow(column)))) return [];
    return [fact(candidateCodes.typeNotRouted, { names: { column: name, type: column.type } })];
  });
}

function ofLoad({ load, largestShare, crossShardTransactions }: Measured): Fact[] {
  const facts: Fact[] = [];
  const { basis } = load;
  if (basis !== 'rows' && largestShare !== null && load.largestShare >= 2 * largestShare) {
    const numbers = { rowsShare: largestShare, loadShare: load.largestShare };
    facts.push(fact(candidateCodes.loadMoreSkewed, { numbers, names: { basis } }));
  }
  const errorShare = load.top[0]?.error ?? 0;
  if (errorShare > errorMost * load.largestShare) {
    facts.push(fact(candidateCodes.loadUncertain, { ...warning, numbers: { errorShare } }));
  }
  const luck = standardError(load);
  if (basis === 'written' && luck > errorMost * load.largestShare) {
    const numbers = { counted: load.counted, luck };
    facts.push(fact(candidateCodes.loadOfFew, { ...warning, numbers }));
  }
  const { share = null, several = 0, all = 0 } = crossShardTransactions ?? {};
  if (share !== null && share > crossShardMost) {
    facts.push(fact(candidateCodes.crossShard, { ...warning, numbers: { share, several, all } }));
  }
  return facts;
}

/** Of the share of the heaviest value, by the number that was counted. */
const standardError = ({ largestShare, counted }: Measured['load']): number =>
  counted === 0 ? 0 : Math.sqrt((largestShare * (1 - largestShare)) / counted);

function ofStatements({ keyUpdates }: Measured, writtenWithRow: number): Fact[] {
  const facts: Fact[] = [];
  if (keyUpdates !== null && keyUpdates > 0) {
    const severity = keyUpdates > updatesMost ? 'warning' : 'info';
    facts.push(fact(candidateCodes.updated, { severity, numbers: { share: keyUpdates } }));
  }
  if (writtenWithRow > 0) {
    const numbers = { share: writtenWithRow };
    facts.push(fact(candidateCodes.writtenWithRow, { ...warning, numbers }));
  }
  return facts;
}
