import type { A_Expr, Node, SubLink } from 'libpg-query';
import type { Block, Link, Predicate } from './blocks.ts';
import type { Building, Place } from './building.ts';
import { linkBlock, linksIn, noPredicate, termOf } from './expressions.ts';
import { type Family, familyOfType } from './families.ts';
import type { Cond, Term } from './terms.ts';
import { itemsOf, nodeOf, operatorOf, textsOf } from './tree.ts';

/** What holds where a condition is true, with all sub-selects in it. */
export function readPredicate(node: Node | undefined, place: Place, building: Building): Predicate {
  if (node === undefined) return noPredicate;
  const reading = new PredicateReading(place, building);
  const conds = reading.conds(node);
  const links = [...reading.links, ...linksIn([node], place, building, reading.links)];
  return { conds, links };
}

/** Terms that may be equal at all: those of two families are compared in a third. */
export function equalTerms(left: Term | null, right: Term | null, building: Building): Cond[] {
  if (left === null || right === null) return [];
  const [one, other] = [building.familyOf(left), building.familyOf(right)];
  if (one !== undefined && other !== undefined && one !== other) return [];
  return [{ kind: 'equal', left, right }];
}

class PredicateReading {
  readonly links: Link[] = [];
  readonly #place: Place;
  readonly #building: Building;

  constructor(place: Place, building: Building) {
    this.#place = place;
    this.#building = building;
  }

  conds(node: Node): Cond[] {
    const bool = nodeOf(node, 'BoolExpr');
    if (bool?.boolop === 'AND_EXPR') return (bool.args ?? []).flatMap((each) => this.conds(each));
    if (bool?.boolop === 'OR_EXPR') {
      // What a sub-select of a branch says holds in that branch only.
      const own = new PredicateReading(this.#place, this.#building);
      const branches = (bool.args ?? []).filter((each) => !isFalse(each));
      return either(branches.map((each) => own.conds(each)));
    }
    if (bool?.boolop === 'NOT_EXPR')
      return (bool.args ?? []).flatMap((each) => this.#negated(each));
    const test = nodeOf(node, 'BooleanTest');
    if (test?.booltesttype === 'IS_TRUE' && test.arg !== undefined) return this.conds(test.arg);
    const link = nodeOf(node, 'SubLink');
    if (link !== undefined) return this.#linkConds(node, link);
    const expression = nodeOf(node, 'A_Expr');
    return expression === undefined ? [] : this.#comparison(expression);
  }

  #term(node: Node | undefined): Term | null {
    return termOf(node, this.#place, this.#building);
  }

  #equal(left: Node | undefined, right: Node | undefined): Cond[] {
    const [lefts, rights] = [rowOf(left), rowOf(right)];
    if (lefts !== undefined && rights !== undefined) {
      return lefts.flatMap((each, index) => this.#equal(each, rights[index]));
    }
    const [row, select] = lefts === undefined ? [rights, left] : [lefts, right];
    if (row !== undefined) return this.#rowEqual(row, select);
    const [one, other] = [this.#term(left), this.#term(right)];
    const conds = equalTerms(one, other, this.#building);
    return conds.length === 0
      ? []
      : [...conds, ...this.#scalarConds(left), ...this.#scalarConds(right)];
  }

  /** `(a, b) = (select ...)`: they are the values of one of its rows. */
  #rowEqual(row: readonly Node[], select: Node | undefined): Cond[] {
    const ties = this.#scalarConds(select);
    if (select === undefined || nodeOf(select, 'SubLink') === undefined) return ties;
    const { outputs } = linkBlock(select, this.#place, this.#building);
    const equal = row.flatMap((each, index) =>
      equalTerms(this.#term(each), outputs[index]?.term ?? null, this.#building),
    );
    return [...ties, ...equal];
  }

  /** The value of a scalar sub-select is that of one of its rows. */
  #scalarConds(node: Node | undefined): Cond[] {
    const link = nodeOf(node, 'SubLink');
    if (node === undefined || link?.subLinkType !== 'EXPR_SUBLINK') return [];
    const block = linkBlock(node, this.#place, this.#building);
    this.links.push({ block, inward: [], positive: isPlain(block), at: this.#at(link) });
    return [];
  }

  #at(link: SubLink): number {
    return this.#building.at(link.location);
  }

  #comparison({ kind, name, lexpr, rexpr }: A_Expr): Cond[] {
    const operator = operatorOf(name);
    if (kind === 'AEXPR_OP' && operator === '=') return this.#equal(lexpr, rexpr);
    if (kind === 'AEXPR_OP' && operator in flipped) return this.#bound(operator, lexpr, rexpr);
    if (kind === 'AEXPR_NOT_DISTINCT') return this.#equal(lexpr, rexpr).map(orNull);
    if (kind === 'AEXPR_IN' && operator === '=') return this.#oneOf(lexpr, itemsOf(rexpr) ?? []);
    if (kind === 'AEXPR_OP_ANY' && operator === '=') return this.#anyOf(lexpr, rexpr);
    if (kind === 'AEXPR_BETWEEN') {
      const [low, high] = itemsOf(rexpr) ?? [];
      return [...this.#bound('>=', lexpr, low), ...this.#bound('<=', lexpr, high)];
    }
    return [];
  }

  #bound(operator: string, left: Node | undefined, right: Node | undefined): Cond[] {
    const [one, other] = [this.#term(left), this.#term(right)];
    if (one === null || other === null) return [];
    if (one.kind !== 'column') {
      return other.kind === 'column' ? this.#bound(flipped[operator] ?? '', right, left) : [];
    }
    if (other.kind === 'column') return [];
    if (equalTerms(one, other, this.#building).length === 0) return [];
    return [{ kind: operator.startsWith('>') ? 'low' : 'high', term: one, bound: other }];
  }

  #oneOf(left: Node | undefined, items: readonly Node[]): Cond[] {
    return either(items.map((item) => this.#equal(left, item)));
  }

  #anyOf(left: Node | undefined, right: Node | undefined): Cond[] {
    const array = nodeOf(right, 'TypeCast')?.arg ?? right;
    const elements = nodeOf(array, 'A_ArrayExpr')?.elements;
    if (elements !== undefined) {
      const isSame = array === right || this.#isOf(left, elementFamily(right));
      return isSame ? this.#oneOf(left, elements) : [];
    }
    const [term, list] = [this.#term(left), this.#term(array)];
    if (term?.kind !== 'column' || list?.kind !== 'parameter') return [];
    const isCast = array !== right;
    const [one, other] = [this.#building.familyOf(term), this.#building.familyOf(list)];
    if (isCast && one !== (other ?? elementFamily(right))) return [];
    return equalTerms(term, list, this.#building).length === 0
      ? []
      : [{ kind: 'list', term, list }];
  }

  /** Whether what is compared with a list is of the type that the list is cast to. */
  #isOf(node: Node | undefined, family: Family | undefined): boolean {
    const term = this.#term(node);
    return term !== null && family !== undefined && this.#building.familyOf(term) === family;
  }

  /** What holds where a condition is false: of `a <> b`, a = b; of an OR, all its parts are. */
  #negated(node: Node | undefined): Cond[] {
    const bool = nodeOf(node, 'BoolExpr');
    if (bool?.boolop === 'OR_EXPR') return (bool.args ?? []).flatMap((each) => this.#negated(each));
    if (bool?.boolop === 'NOT_EXPR') return (bool.args ?? []).flatMap((each) => this.conds(each));
    const expression = nodeOf(node, 'A_Expr');
    const isUnequal = expression?.kind === 'AEXPR_OP' && operatorOf(expression.name) === '<>';
    return isUnequal ? this.#equal(expression.lexpr, expression.rexpr) : [];
  }

  #linkConds(node: Node, link: SubLink): Cond[] {
    const isAny =
      link.subLinkType === 'ANY_SUBLINK' &&
      (link.operName === undefined || operatorOf(link.operName) === '=');
    if (!isAny && link.subLinkType !== 'EXISTS_SUBLINK') return [];
    const block = linkBlock(node, this.#place, this.#building);
    const tested = rowOf(link.testexpr) ?? [link.testexpr];
    const inward = isAny
      ? tested.flatMap((each, index) =>
          equalTerms(this.#term(each), block.outputs[index]?.term ?? null, this.#building),
        )
      : [];
    this.links.push({ block, inward, positive: isPlain(block), at: this.#at(link) });
    return inward;
  }
}

/** The constant `false`, as tools that put conditions together begin with. */
function isFalse(node: Node): boolean {
  const constant = nodeOf(node, 'A_Const')?.boolval;
  return constant !== undefined && constant.boolval !== true;
}

/** Both may be NULL, as IS NOT DISTINCT FROM has it. */
const orNull = (cond: Cond): Cond => (cond.kind === 'equal' ? { ...cond, nulls: true } : cond);

const flipped: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

/** A condition of one branch is that branch; without branches nothing is known. */
function either(branches: readonly (readonly Cond[])[]): Cond[] {
  const [first] = branches;
  if (first === undefined) return [];
  return branches.length === 1 ? [...first] : [{ kind: 'either', branches }];
}

function rowOf(node: Node | undefined): readonly Node[] | undefined {
  return nodeOf(node, 'RowExpr')?.args;
}

/** Whether a row of the block is one for which its conditions hold: not so of `count(*)`. */
const isPlain = (block: Block): boolean =>
  block.kind === 'select' && block.features.group === null && block.rows === undefined;

/** Of `$1::int8[]`: int. */
function elementFamily(node: Node | undefined): Family | undefined {
  const type = nodeOf(node, 'TypeCast')?.typeName;
  if (type?.arrayBounds === undefined) return undefined;
  const name = textsOf(type.names).at(-1);
  return name === undefined ? undefined : familyOfType(name);
}
