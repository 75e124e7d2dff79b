import type { A_Const, ColumnRef, Node, TypeCast } from 'libpg-query';
import type { Block, Link, Predicate } from './blocks.ts';
import type { Building, Place } from './building.ts';
import { type Family, familyOfType } from './families.ts';
import { resolveColumn } from './scope.ts';
import type { Term } from './terms.ts';
import { nodeOf, textsOf, typeNameOf } from './tree.ts';

/** What an expression plainly is; null: something that is computed. */
export function termOf(node: Node | undefined, place: Place, building: Building): Term | null {
  if (node === undefined) return null;
  const column = nodeOf(node, 'ColumnRef');
  if (column !== undefined) return columnTerm(column, place, building);
  const parameter = nodeOf(node, 'ParamRef');
  if (parameter !== undefined) return { kind: 'parameter', number: parameter.number ?? 0 };
  const constant = nodeOf(node, 'A_Const');
  if (constant !== undefined) return constantTerm(constant);
  const cast = nodeOf(node, 'TypeCast');
  if (cast !== undefined) return castTerm(cast, place, building);
  const collated = nodeOf(node, 'CollateClause');
  if (collated !== undefined) {
    const name = textsOf(collated.collname).at(-1) ?? '';
    return exactCollations.has(name) ? termOf(collated.arg, place, building) : null;
  }
  return scalarTerm(node, place, building);
}

/** Those in which equal texts are the same text. */
const exactCollations = new Set(['C', 'POSIX', 'default', 'C.UTF-8', 'ucs_basic']);

function columnTerm(column: ColumnRef, place: Place, building: Building): Term | null {
  const names = textsOf(column.fields);
  if (names.length !== column.fields?.length) return null;
  const found = resolveColumn(names, place.scope);
  if ('term' in found) return found.term;
  const what = found.unknown === 'table' ? 'table or alias' : 'column';
  const name = found.unknown === 'table' ? (names.at(-2) ?? '') : names.join('.');
  building.unknown(what, name, found.among, building.at(column.location));
  return null;
}

function constantTerm(constant: A_Const): Term | null {
  if (constant.ival !== undefined) {
    return { kind: 'constant', text: String(constant.ival.ival ?? 0), family: 'int' };
  }
  const number = constant.fval?.fval;
  // Integers that do not fit into four bytes.
  if (number !== undefined && /^-?\d+$/.test(number)) {
    return { kind: 'constant', text: number, family: 'int' };
  }
  if (constant.sval === undefined) return null;
  return { kind: 'constant', text: constant.sval.sval ?? '', family: undefined };
}

/** A cast within a family changes no value; any other may, or hides from which one it came. */
function castTerm(cast: TypeCast, place: Place, building: Building): Term | null {
  const term = termOf(cast.arg, place, building);
  const type = typeNameOf(cast.typeName);
  if (term === null || type === '') return null;
  const family = familyOfType(type);
  const own = building.familyOf(term);
  if (term.kind === 'constant' && own === undefined) return { ...term, family };
  if (term.kind === 'parameter' && own === undefined) return rounding.has(family) ? null : term;
  return own === family ? term : null;
}

/** Types whose values become others where they are written to a key, or have several texts. */
const rounding: ReadonlySet<Family> = new Set(['numeric', 'float4', 'float8', 'bpchar']);

/** `(select x ...)`: its value, where it has a row. */
function scalarTerm(node: Node, place: Place, building: Building): Term | null {
  const link = nodeOf(node, 'SubLink');
  if (link?.subLinkType !== 'EXPR_SUBLINK') return null;
  const { outputs } = linkBlock(node, place, building);
  return outputs.length === 1 ? (outputs[0]?.term ?? null) : null;
}

export function linkBlock(node: Node, place: Place, building: Building): Block {
  const select = nodeOf(nodeOf(node, 'SubLink')?.subselect, 'SelectStmt') ?? {};
  return building.once(node, () => building.readSelect(select, place));
}

/**
 * Looks at every name in an expression and finds the sub-selects in it; those that are known
 * already, because a condition was read from them, are left out.
 */
export function linksIn(
  nodes: readonly (Node | undefined)[],
  place: Place,
  building: Building,
  known: readonly Link[] = [],
): Link[] {
  const links: Link[] = [];
  const blocks = new Set(known.map(({ block }) => block));
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const node = value as Node;
    const column = nodeOf(node, 'ColumnRef');
    if (column !== undefined) columnTerm(column, place, building);
    const link = nodeOf(node, 'SubLink');
    if (link !== undefined) {
      const block = linkBlock(node, place, building);
      const at = building.at(link.location);
      if (!blocks.has(block)) links.push({ block, inward: [], positive: false, at });
      blocks.add(block);
      visit(link.testexpr);
      return;
    }
    noteVolatile(node, building);
    for (const below of Object.values(value)) visit(below);
  };
  for (const node of nodes) visit(node);
  return links;
}

/** Those that give another value with each call or on each shard. */
const volatileFunctions = new Set([
  'random',
  'random_normal',
  'gen_random_uuid',
  'uuidv4',
  'uuidv7',
  'nextval',
  'currval',
  'lastval',
  'setval',
  'clock_timestamp',
  'timeofday',
  'txid_current',
  'pg_current_xact_id',
  'now',
  'statement_timestamp',
  'transaction_timestamp',
  'uuid_generate_v4',
]);

function noteVolatile(node: Node, building: Building): void {
  const call = nodeOf(node, 'FuncCall');
  if (call !== undefined) {
    const name = textsOf(call.funcname).at(-1) ?? '';
    if (volatileFunctions.has(name)) building.volatile.push(name);
  }
  const value = nodeOf(node, 'SQLValueFunction');
  if (
    value?.op?.startsWith('SVFOP_CURRENT_T') === true ||
    value?.op?.startsWith('SVFOP_LOCALT') === true
  )
    building.volatile.push('current_timestamp');
}

export const noPredicate: Predicate = { conds: [], links: [] };
