import { unseenCodes } from '../result/characteristics-codes.ts';
import type { StatementReader } from '../sql/sql-reader.ts';
import { evidenceTables } from './evidence-tables.ts';
import type { CandidateKey, SchemaEvidence, Template, Unseen } from './evidence.ts';
import { TemplateAnalyst } from './keys/analysed-templates.ts';
import { ColumnReferences } from './keys/class-roots.ts';
import { ColumnClasses } from './keys/column-classes.ts';
import { columnUses } from './keys/column-uses.ts';
import { CompositeKeys } from './keys/composite-keys.ts';
import type { FoundKey } from './keys/found-key.ts';
import { byText, keyColumnsIn } from './keys/key-columns.ts';
import { namedKeys } from './keys/key-names.ts';
import { referencesIn } from './keys/references.ts';
import { singleKey } from './keys/single-keys.ts';

export interface FoundCandidates {
  readonly candidates: readonly CandidateKey[];
  /** How many are not among them. */
  readonly leftOut: number;
  /** The same, for the document. */
  readonly unseen: readonly Unseen[];
}

/** More than these are not measured; columns of files do not count. */
export const candidatesMost = 40;

/** What could be the shard key, in order of the tables that have it. */
export function candidateKeys(
  schema: SchemaEvidence,
  templates: readonly Template[],
  reader: StatementReader,
): readonly CandidateKey[] {
  return foundCandidates(schema, templates, reader).candidates;
}

export function foundCandidates(
  schema: SchemaEvidence,
  templates: readonly Template[],
  reader: StatementReader,
): FoundCandidates {
  const analyst = new TemplateAnalyst(evidenceTables(schema), reader);
  const uses = columnUses(templates, analyst);
  const columns = keyColumnsIn(schema);
  const references = referencesIn(schema, uses.joins, columns);
  const classes = new ColumnClasses(columns, references, uses);
  const steps = new ColumnReferences(references);
  const singles = classes.all().flatMap((each) => singleKey(each, steps, uses) ?? []);
  const composites = new CompositeKeys(schema, columns, classes, references, uses);
  const carried = composites.all();
  const all = [...singles, ...carried, ...composites.prefixes(carried)];
  const kept = promising(all);
  const leftOut = all.length - kept.length;
  const numbers = { count: leftOut };
  const unseen = leftOut === 0 ? [] : [{ code: unseenCodes.candidatesLeftOut, names: {}, numbers }];
  return { candidates: namedKeys(kept), leftOut, unseen };
}

/**
 * Half of the places for what most calls fix, the other half for what most tables have. A key of
 * many tables that nobody asks for and a column that everybody asks for may both be right.
 */
function promising(found: readonly FoundKey[]): FoundKey[] {
  const isOfFile = ({ because }: FoundKey): boolean => because.includes('file column');
  const byTables = found.filter((each) => !isOfFile(each)).toSorted(byTablesCovered);
  const asked = byTables
    .filter(({ weight }) => weight > 0)
    .toSorted((one, other) => other.weight - one.weight)
    .slice(0, candidatesMost / 2);
  const kept = new Set(asked);
  for (const each of byTables) if (kept.size < candidatesMost) kept.add(each);
  return found.filter((each) => isOfFile(each) || kept.has(each)).toSorted(byTablesCovered);
}

function byTablesCovered(one: FoundKey, other: FoundKey): number {
  return (
    other.columns.length - one.columns.length ||
    other.weight - one.weight ||
    other.rows - one.rows ||
    byText(JSON.stringify(one.columns), JSON.stringify(other.columns))
  );
}
