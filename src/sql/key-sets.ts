import type { BoundKey, KeyValue } from '../scenario/layout-types.ts';
import type { Instance } from './blocks.ts';
import { classesOf } from './classes.ts';
import { canonical, type Family } from './families.ts';
import { type Cond, type Term, termKey } from './terms.ts';

/** What is known of a parameter before it has a value. */
export interface ParameterFacts {
  /** Parameters with the same text have the same value in each arrival. */
  readonly identity: string;
  /** What routing takes the value from; null: it cannot be known without running the statement. */
  readonly value: KeyValue | null;
  readonly family: Family | undefined;
  /** Whether its type is that of what it stands beside, as that of $1 is. */
  readonly untyped?: true;
}

export type KeySet =
  | { readonly kind: 'keys'; readonly keys: readonly FoundKey[] }
  | { readonly kind: 'range'; readonly low: KeyValue; readonly high: KeyValue };

export interface FoundKey {
  readonly identity: string;
  readonly bound: BoundKey;
  /** Whether it stands for several, the values of a list. */
  readonly list: boolean;
}

interface FoundValue {
  readonly identity: string;
  readonly value: KeyValue;
  readonly list: boolean;
}

/** The keys of those rows that can change the outcome; undefined: they may have any. */
export function keySetOf(
  instance: Instance,
  columns: readonly string[],
  parameters: readonly ParameterFacts[],
): KeySet | undefined {
  const finding = new KeyFinding(instance, columns, parameters);
  const keys = finding.keys(instance.conds);
  return keys === undefined ? finding.range(instance.conds) : { kind: 'keys', keys };
}

/** A statement with more alternatives than this is taken not to fix the key. */
const branchesMost = 20_000;

class KeyFinding {
  readonly #instance: Instance;
  readonly #columns: readonly string[];
  readonly #parameters: readonly ParameterFacts[];
  #branches = 0;

  constructor(
    instance: Instance,
    columns: readonly string[],
    parameters: readonly ParameterFacts[],
  ) {
    this.#instance = instance;
    this.#columns = columns;
    this.#parameters = parameters;
  }

  keys(conds: readonly Cond[]): readonly FoundKey[] | undefined {
    const own = this.#sole(conds);
    if (own !== undefined) return [own];
    for (const cond of conds) {
      if (cond.kind !== 'either' || !this.#mayFix(cond, conds)) continue;
      // Two long lists have as many branches as pairs.
      if (this.#branches + cond.branches.length > branchesMost) return undefined;
      const others = conds.filter((each) => each !== cond);
      const found = this.#ofBranches(cond.branches, others);
      if (found !== undefined) return distinctKeys(found);
    }
    return undefined;
  }

  /** undefined as soon as one of them leaves the key open. */
  #ofBranches(
    branches: readonly (readonly Cond[])[],
    others: readonly Cond[],
  ): readonly FoundKey[] | undefined {
    const found: FoundKey[] = [];
    for (const branch of branches) {
      this.#branches += 1;
      const keys = this.keys([...others, ...branch]);
      if (keys === undefined) return undefined;
      for (const key of keys) found.push(key);
    }
    return found;
  }

  /** Whether each branch speaks of the key's columns, or of what is equal to one of them. */
  #mayFix({ branches }: Extract<Cond, { kind: 'either' }>, conds: readonly Cond[]): boolean {
    const classes = classesOf(conds);
    const own = this.#columns.flatMap((column) => classes.of(this.#term(column)));
    const known = new Set(own.map(termKey));
    return branches.every((branch) => branch.some((cond) => speaksOf(cond, known)));
  }

  /** The one key that equalities (and a list) leave. */
  #sole(conds: readonly Cond[]): FoundKey | undefined {
    const found = this.#columns.map((column) => this.#value(column, conds));
    const values = found.flatMap((each) => each ?? []);
    const lists = values.filter(({ list }) => list);
    if (values.length < found.length || lists.length > 1 || found.length === 0) return undefined;
    return {
      identity: values.map(({ identity }) => identity).join('\n'),
      bound: { values: values.map(({ value }) => value) },
      list: lists.length > 0,
    };
  }

  #value(column: string, conds: readonly Cond[]): FoundValue | undefined {
    const term = this.#term(column);
    const classes = classesOf(conds);
    const values = classes.of(term).flatMap((each) => this.#valueOf(each, column) ?? []);
    const [first] = values.toSorted((one, other) => (one.identity < other.identity ? -1 : 1));
    if (first !== undefined) return first;
    for (const cond of conds) {
      if (cond.kind !== 'list' || !classes.same(cond.term, term)) continue;
      const list = this.#valueOf(cond.list, column);
      if (list !== undefined && 'parameter' in list.value) {
        return { ...list, value: { ...list.value, list: true }, list: true };
      }
    }
    return undefined;
  }

  #term(column: string): Term {
    return { kind: 'column', instance: this.#instance.id, column };
  }

  #valueOf(term: Term, column: string): FoundValue | undefined {
    const family = this.#instance.families.get(column);
    if (term.kind === 'constant') {
      const isSame = term.family === undefined || term.family === family;
      const text = isSame ? canonical(term.text, family) : undefined;
      if (text === undefined) return undefined;
      return { identity: `constant ${text}`, value: { constant: text }, list: false };
    }
    const facts = term.kind === 'parameter' ? this.#parameters[term.number - 1] : undefined;
    if (facts === undefined || facts.value === null) return undefined;
    const isOther = family !== undefined && facts.family !== family;
    if (isOther && facts.untyped !== true) return undefined;
    return { identity: facts.identity, value: facts.value, list: false };
  }

  range(conds: readonly Cond[]): KeySet | undefined {
    const [column] = this.#columns;
    if (column === undefined || this.#columns.length > 1) return undefined;
    const classes = classesOf(conds);
    const bound = (kind: 'low' | 'high'): KeyValue | undefined => {
      const values = conds.flatMap((cond) =>
        cond.kind === kind && classes.same(cond.term, this.#term(column))
          ? (this.#valueOf(cond.bound, column) ?? [])
          : [],
      );
      return values[0]?.value;
    };
    const [low, high] = [bound('low'), bound('high')];
    return low === undefined || high === undefined ? undefined : { kind: 'range', low, high };
  }
}

function speaksOf(cond: Cond, terms: ReadonlySet<string>): boolean {
  if (cond.kind === 'either') {
    return cond.branches.some((branch) => branch.some((each) => speaksOf(each, terms)));
  }
  const sides = cond.kind === 'equal' ? [cond.left, cond.right] : [cond.term];
  return sides.some((term) => terms.has(termKey(term)));
}

function distinctKeys(keys: readonly FoundKey[]): FoundKey[] {
  return [...new Map(keys.map((key) => [key.identity, key])).values()];
}
