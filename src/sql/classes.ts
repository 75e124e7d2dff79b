import { type Cond, type Term, termKey } from './terms.ts';

/** Terms that are equal wherever some conditions hold. */
export class Classes {
  readonly #parents = new Map<string, string>();
  readonly #terms = new Map<string, Term>();

  constructor(conds: readonly Cond[]) {
    for (const cond of conds) {
      if (cond.kind === 'equal') this.#join(cond.left, cond.right);
    }
  }

  same(left: Term, right: Term): boolean {
    return this.#rootOf(termKey(left)) === this.#rootOf(termKey(right));
  }

  /** All terms that are equal to this one, itself included. */
  of(term: Term): Term[] {
    const root = this.#rootOf(termKey(term));
    const found = [...this.#terms].filter(([key]) => this.#rootOf(key) === root);
    const terms = found.map(([, each]) => each);
    return this.#terms.has(termKey(term)) ? terms : [term, ...terms];
  }

  /** Each class of two terms or more. */
  all(): Term[][] {
    const classes = Map.groupBy(this.#terms, ([key]) => this.#rootOf(key));
    return [...classes.values()].map((members) => members.map(([, term]) => term));
  }

  #join(left: Term, right: Term): void {
    for (const term of [left, right]) this.#terms.set(termKey(term), term);
    const [one, other] = [this.#rootOf(termKey(left)), this.#rootOf(termKey(right))];
    if (one !== other) this.#parents.set(one, other);
  }

  #rootOf(key: string): string {
    let root = key;
    for (let up = this.#parents.get(root); up !== undefined; up = this.#parents.get(root))
      root = up;
    return root;
  }
}

const known = new WeakMap<readonly Cond[], Classes>();

/** Made once for each list of conditions. */
export function classesOf(conds: readonly Cond[]): Classes {
  const before = known.get(conds);
  if (before !== undefined) return before;
  const made = new Classes(conds);
  known.set(conds, made);
  return made;
}
