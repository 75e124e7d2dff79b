import type { Block, Instance, JoinRel, Link, Rel, SelectBlock, SetBlock } from './blocks.ts';
import { instancesIn, instancesOf } from './instances.ts';
import { classesOf } from './classes.ts';
import { type Cond, strictInstances, type Term, termKey, termsOf } from './terms.ts';

/**
 * Says of each use of a table what holds for those of its rows that can change the outcome: rows
 * for which it does not hold could as well be on another shard.
 */
export function placeConds(blocks: readonly Block[]): void {
  const placed = new Set<Block>();
  for (const block of blocks) placeBlock(block, [], placed);
}

/** @param outer what holds where the block's rows are used, of them or of the rows around it */
function placeBlock(block: Block, outer: readonly Cond[], placed: Set<Block>): void {
  // A CTE that writes runs by itself, whatever those who use it ask for.
  if (block.kind === 'write') {
    if (placed.has(block)) return;
    placed.add(block);
    placeWrite(block, placed);
    return;
  }
  const inner = isBarrier(block) ? allowed(outer, block) : outer;
  if (block.kind === 'set') placeSet(block, inner, placed);
  else placeSelect(block, inner, placed);
}

function placeSelect(block: SelectBlock, outer: readonly Cond[], placed: Set<Block>): void {
  const conds = region(block.rel, [...outer, ...predicateConds(block.where)]);
  placeRel(block.rel, conds, placed);
  placeLinks([...block.where.links, ...block.links], conds, placed);
}

function placeLinks(links: readonly Link[], conds: readonly Cond[], placed: Set<Block>): void {
  for (const { block, inward } of links) placeBlock(block, [...conds, ...inward], placed);
}

/** What a condition says, with what the sub-selects say that must have a row. */
function predicateConds({ conds, links }: SelectBlock['where']): readonly Cond[] {
  return [...conds, ...links.flatMap(({ block, positive }) => (positive ? exported(block) : []))];
}

/** What holds for each row that a block gives. */
export function exported(block: Block): readonly Cond[] {
  if (block.kind === 'select') {
    // Aggregates without GROUP BY give a row of no rows at all.
    if (block.features.group?.length === 0) return [];
    return region(block.rel, predicateConds(block.where));
  }
  if (block.kind === 'write') {
    const held = block.made.length === 1 ? (block.made[0]?.holds ?? []) : [];
    return [...exported(block.source), ...held];
  }
  return commonConds(block);
}

/** Columns of a set operation that have the same value in each of its arms. */
function commonConds({ arms, operation, rows, outputs }: SetBlock): Cond[] {
  const [left, right] = arms.map((arm) => classesOf(exported(arm)));
  return outputs.flatMap((_, index) => {
    const one = arms[0].outputs[index]?.term;
    const other = arms[1].outputs[index]?.term;
    if (one === null || one === undefined || left === undefined) return [];
    const values = left.of(one).filter((term) => term.kind !== 'column');
    const both =
      operation === 'except'
        ? values
        : values.filter(
            (value) => other !== null && other !== undefined && right?.same(other, value),
          );
    return both.map((value) => equal(columnOf(rows, index), value));
  });
}

const columnOf = ({ id }: Instance, index: number): Term => ({
  kind: 'column',
  instance: id,
  column: String(index),
});

const equal = (left: Term, right: Term): Cond => ({ kind: 'equal', left, right });

const alike = (left: Term, right: Term): Cond => ({ kind: 'equal', left, right, nulls: true });

/** What holds in a tree of joins where some conditions are known to, with its own. */
function region(rel: Rel, known: readonly Cond[]): readonly Cond[] {
  let conds = known;
  // What one join says may refuse the rows that another would fill up with NULL.
  for (;;) {
    const own = ownConds(rel, strictInstances(conds));
    const next = [...known, ...own];
    if (next.length === conds.length) return conds;
    conds = next;
  }
}

function ownConds(rel: Rel, strict: ReadonlySet<number>): readonly Cond[] {
  if (rel.kind === 'block') return exported(rel.block);
  if (rel.kind !== 'join') return [];
  const type = effectiveType(rel, strict);
  const left = ownConds(rel.left, strict);
  if (type === 'inner') {
    return [...left, ...ownConds(rel.right, strict), ...predicateConds(rel.on)];
  }
  if (type === 'left') return left;
  return type === 'right' ? ownConds(rel.right, strict) : [];
}

/** A join whose filled-up rows are refused is a narrower one. */
function effectiveType(
  { type, left, right }: JoinRel,
  strict: ReadonlySet<number>,
): JoinRel['type'] | 'right' {
  const needs = (rel: Rel): boolean => instancesIn(rel).some(({ id }) => strict.has(id));
  if (type === 'inner' || (type === 'left' && needs(right))) return 'inner';
  if (type === 'left') return 'left';
  if (needs(left)) return needs(right) ? 'inner' : 'left';
  return needs(right) ? 'right' : 'full';
}

function placeRel(rel: Rel, conds: readonly Cond[], placed: Set<Block>): void {
  if (rel.kind === 'instance') rel.instance.conds = conds;
  if (rel.kind === 'block') placeBlock(rel.block, conds, placed);
  if (rel.kind !== 'join') return;
  const type = effectiveType(rel, strictInstances(conds));
  rel.effective = type;
  const on = predicateConds(rel.on);
  const isFree = type === 'full';
  const filled = (side: Rel, other: Rel): readonly Cond[] =>
    isFree ? conds : region(side, [...conds, ...on, ...ownConds(other, strictInstances(on))]);
  const left = type === 'right' || isFree ? filled(rel.left, rel.right) : conds;
  const right = type === 'left' || isFree ? filled(rel.right, rel.left) : conds;
  placeRel(rel.left, type === 'inner' ? conds : left, placed);
  placeRel(rel.right, type === 'inner' ? conds : right, placed);
  // For each pair of rows that it is asked of.
  placeLinks(rel.on.links, type === 'inner' ? conds : [...conds, ...on], placed);
}

function placeWrite(block: Extract<Block, { kind: 'write' }>, placed: Set<Block>): void {
  placeBlock(block.source, [], placed);
  const source = exported(block.source);
  for (const { instance, holds } of block.made) instance.conds = [...source, ...holds];
  placeLinks(block.links, source, placed);
}

/** Rows of a set operation: each arm has those conditions, said of its own columns. */
function placeSet(block: SetBlock, outer: readonly Cond[], placed: Set<Block>): void {
  const { arms, rows, self } = block;
  if (self !== undefined) {
    placeRecursive(block, self, placed);
    return;
  }
  rows.conds = [...outer, ...commonConds(block)];
  const known = new Set(outer.flatMap(termsOf).map(termKey));
  for (const arm of arms) {
    const same = arm.outputs.flatMap(({ term }, index): Cond[] => {
      if (term === null) return [];
      const column = columnOf(rows, index);
      // What an arm gives may be NULL, as an outer join leaves it, unless it is asked for.
      return [known.has(termKey(column)) ? equal(term, column) : alike(term, column)];
    });
    placeBlock(arm, [...outer, ...same], placed);
  }
}

/**
 * A recursive CTE: a column has a value in all rows where it has it in those it begins with, and
 * each step passes it on.
 */
function placeRecursive(block: SetBlock, self: Instance, placed: Set<Block>): void {
  const [base, step] = block.arms;
  const classes = classesOf(exported(base));
  let held = block.outputs.flatMap((_, index) => {
    const term = base.outputs[index]?.term;
    if (term === null || term === undefined) return [];
    const values = classes.of(term).filter(({ kind }) => kind !== 'column');
    return values.map((value) => ({ index, value }));
  });
  for (;;) {
    const known = held.map(({ index, value }) => equal(columnOf(self, index), value));
    const after = classesOf([...exported(step), ...known]);
    const kept = held.filter(({ index, value }) => {
      const term = step.outputs[index]?.term;
      return term !== null && term !== undefined && after.same(term, value);
    });
    if (kept.length === held.length) break;
    held = kept;
  }
  const conds = held.map(({ index, value }) => equal(columnOf(self, index), value));
  block.rows.conds = held.map(({ index, value }) => equal(columnOf(block.rows, index), value));
  placeBlock(base, [], placed);
  placeBlock(step, conds, placed);
}

/** Whether its rows depend on more than the rows that the statement around it asks for. */
function isBarrier({ features }: Extract<Block, { features: unknown }>): boolean {
  const { group, distinct, limit, offset, windows } = features;
  return group !== null || distinct !== null || limit || offset || windows.length > 0;
}

/**
 * What may be asked of the rows that a block makes its own from: of columns by which it groups or
 * looks through windows, and nothing where it takes so many.
 */
function allowed(conds: readonly Cond[], block: SelectBlock | SetBlock): readonly Cond[] {
  const inside = new Set(instancesOf(block).map(({ id }) => id));
  const open = new Set(openTerms(block).map(termKey));
  const isAllowed = (term: Term): boolean =>
    term.kind !== 'column' || !inside.has(term.instance) || open.has(termKey(term));
  const strict = new Set(conds.flatMap(termsOf).map(termKey));
  return classesOf(conds)
    .all()
    .flatMap((members) => {
      const [first, ...others] = members.filter(isAllowed);
      if (first === undefined) return [];
      const isStrict = members.some((term) => strict.has(termKey(term)));
      return others.map((other) => (isStrict ? equal(first, other) : alike(first, other)));
    });
}

function openTerms({ features }: SelectBlock | SetBlock): readonly Term[] {
  const { group, distinct, limit, offset, windows } = features;
  if (limit || offset) return [];
  const lists = [
    ...windows,
    ...(group === null ? [] : [group]),
    ...(distinct === null ? [] : [distinct]),
  ];
  const [first = [], ...others] = lists;
  const keys = others.map((terms) => new Set(terms.map(termKey)));
  return first.filter((term) => keys.every((set) => set.has(termKey(term))));
}
