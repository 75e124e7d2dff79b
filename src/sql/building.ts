import type { Node, SelectStmt } from 'libpg-query';
import { suggest } from '../base/suggest.ts';
import type { SqlProblem } from '../scenario/vocabulary.ts';
import type { Block, Instance } from './blocks.ts';
import type { Catalog } from './catalog.ts';
import type { Family } from './families.ts';
import type { Scope } from './scope.ts';
import type { Term } from './terms.ts';

/** A CTE by its name, as each of its uses reads it anew. */
export interface NamedQuery {
  readonly read: (at: number) => Block | Instance;
  readonly columns: readonly string[];
}

export type NamedQueries = ReadonlyMap<string, NamedQuery>;

/** Where an expression stands. */
export interface Place {
  readonly scope: Scope;
  readonly queries: NamedQueries;
}

/** A name that stands for nothing. */
export interface NameProblem extends SqlProblem {
  readonly what: 'table' | 'table or alias' | 'column';
  readonly name: string;
}

/** What is gathered while a statement is read. */
export class Building {
  readonly catalog: Catalog;
  readonly instances: Instance[] = [];
  readonly problems: NameProblem[] = [];
  /** Blocks of CTEs that write, which run whether or not they are used. */
  readonly writes: Block[] = [];
  /** Names of functions whose value differs between two calls. */
  readonly volatile: string[] = [];
  locks = false;
  /** Reads a sub-select; those who read its parts are read by it in turn. */
  readonly readSelect: (select: SelectStmt, place: Place) => Block;
  readonly #placeOf: (bytes: number) => number;
  readonly #familyOfParameter: (number: number) => Family | undefined;
  readonly #blocks = new Map<Node, Block>();
  /** Place of the use of a view, of whose own SQL no place is one in the statement. */
  #viewAt: number | null = null;
  readonly #views: string[] = [];

  constructor(
    catalog: Catalog,
    readSelect: (select: SelectStmt, place: Place, building: Building) => Block,
    placeOf: (bytes: number) => number,
    familyOfParameter: (number: number) => Family | undefined,
  ) {
    this.catalog = catalog;
    this.readSelect = (select, place) => readSelect(select, place, this);
    this.#placeOf = placeOf;
    this.#familyOfParameter = familyOfParameter;
  }

  at(location: number | undefined): number {
    return this.#viewAt ?? this.#placeOf(location ?? 0);
  }

  instance(
    table: string | null,
    at: number,
    families: ReadonlyMap<string, Family | undefined>,
  ): Instance {
    const made: Instance = { id: this.instances.length, table, at, families, conds: [] };
    this.instances.push(made);
    return made;
  }

  /** A sub-select is read once, however often the expression around it is looked at. */
  once(node: Node, read: () => Block): Block {
    const before = this.#blocks.get(node);
    // Of a view or a CTE that is used twice, the instances of each use are its own.
    if (before !== undefined) return before;
    const block = read();
    this.#blocks.set(node, block);
    return block;
  }

  /** Reads the SQL of a view, or of a CTE once more, as part of the statement. */
  anew<T>(read: () => T, view?: { readonly name: string; readonly at: number }): T | undefined {
    if (view !== undefined && this.#views.includes(view.name)) return undefined;
    const [blocks, outerAt] = [[...this.#blocks], this.#viewAt];
    this.#blocks.clear();
    if (view !== undefined) {
      this.#views.push(view.name);
      this.#viewAt ??= view.at;
    }
    const made = read();
    if (view !== undefined) this.#views.pop();
    this.#viewAt = outerAt;
    this.#blocks.clear();
    for (const [node, block] of blocks) this.#blocks.set(node, block);
    return made;
  }

  familyOf(term: Term): Family | undefined {
    if (term.kind === 'constant') return term.family;
    if (term.kind === 'parameter') return this.#familyOfParameter(term.number);
    return this.instances[term.instance]?.families.get(term.column);
  }

  unknown(what: NameProblem['what'], name: string, among: readonly string[], at: number): void {
    // The view's own SQL is looked at where it is written.
    if (this.#viewAt !== null) return;
    const meant = suggest(name.split('.').at(-1) ?? name, [...new Set(among)]);
    const end = meant === undefined ? '' : `; did you mean ${meant}?`;
    const text = `there is no ${what} ${name}${end}`;
    if (this.problems.some((each) => each.at === at)) return;
    this.problems.push({ what, name, text, at });
  }
}
