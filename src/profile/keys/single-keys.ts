import { present } from '../../base/assert.ts';
import type { CandidateKey } from '../evidence.ts';
import { type ColumnReferences, rootOf } from './class-roots.ts';
import type { ColumnClass } from './column-classes.ts';
import type { ColumnUses } from './column-uses.ts';
import { byChoice, type FoundKey, inOrder, type KeyChoice, shareFixing } from './found-key.ts';
import { idOf, type KeyColumn } from './key-columns.ts';

/** A column is a candidate by WHERE alone where so many of all calls fix it there. */
const shareLeast = 0.05;

/** The key that a class of columns makes; undefined where nothing speaks for it. */
export function singleKey(
  { members, because }: ColumnClass,
  references: ColumnReferences,
  uses: ColumnUses,
): FoundKey | undefined {
  const root = rootOf(members, references);
  const columns = chosenColumns(members, root, references, uses);
  const weight = columns.reduce((sum, each) => sum + each.weight, 0);
  const reasons = new Set<CandidateKey['because'][number]>(because);
  if (columns.length < 2 && !because.has('foreign key')) reasons.delete('several tables');
  if (members.some((each) => isAskedFor(each, uses))) reasons.add('where clause');
  if (members.some(({ table }) => table.kind === 'file')) reasons.add('file column');
  const isOfNames = reasons.size === 1 && reasons.has('several tables');
  if (reasons.size === 0 || (isOfNames && members.some(isProse))) return undefined;
  return {
    columns: columns.map((each) => ({ table: each.table, columns: each.columns })),
    root: root?.table.name ?? null,
    top: (root ?? topOf(members, references)).table.name,
    because: inOrder(reasons),
    weight: Math.min(1, weight),
    rows: rowsOf(members),
  };
}

/** One column of each table, in order of the tables' names. */
export function chosenColumns(
  members: readonly KeyColumn[],
  root: KeyColumn | undefined,
  references: ColumnReferences,
  uses: ColumnUses,
): KeyChoice[] {
  const tops = root === undefined ? members.filter((each) => references.isTop(idOf(each))) : [root];
  const steps = references.stepsFrom(tops.map(idOf));
  const choiceOf = (member: KeyColumn): KeyChoice => {
    const { table, column, place } = member;
    const id = idOf(member);
    return {
      table: table.name,
      columns: [column.name],
      places: [member === root ? -1 : place],
      steps: steps.get(id) ?? Number.POSITIVE_INFINITY,
      notNull: column.notNull || table.primary.includes(column.name),
      weight: shareFixing(uses, id),
    };
  };
  const byTable = Map.groupBy(members.map(choiceOf), ({ table }) => table);
  return [...byTable.values()].flatMap((choices) => choices.toSorted(byChoice)[0] ?? []);
}

function topOf(members: readonly KeyColumn[], references: ColumnReferences): KeyColumn {
  const top = members.find((each) => references.isTop(idOf(each)));
  return top ?? present(members[0], 'a column of the class');
}

/**
 * Texts of which most are there once, in no index: names and titles, not what rows share. Where one
 * table has such a column, those of its name in others are the names of other things.
 */
function isProse(member: KeyColumn): boolean {
  const { table, column, family } = member;
  const { stats, enumLabels } = column;
  if (family === 'int' || family === 'uuid' || enumLabels.length > 0 || stats === null)
    return false;
  return !isIndexed(member) && stats.distinct > table.rows.count / 2;
}

const isIndexed = ({ table, column, place }: KeyColumn): boolean =>
  Number.isFinite(place) ||
  [...table.unique, ...table.indexes.map(({ columns }) => columns)].some(
    ([first]) => first === column.name,
  );

/** What is only inserted counts where an index says that somebody asks for it. */
function isAskedFor(member: KeyColumn, { calls, fixed, inserted }: ColumnUses): boolean {
  const id = idOf(member);
  const asked = fixed.get(id) ?? 0;
  const counted = asked + (asked > 0 || isIndexed(member) ? (inserted.get(id) ?? 0) : 0);
  return calls > 0 && counted >= shareLeast * calls;
}

function rowsOf(members: readonly KeyColumn[]): number {
  const tables = new Set(members.map(({ table }) => table));
  return [...tables].reduce((sum, { rows }) => sum + rows.count, 0);
}
