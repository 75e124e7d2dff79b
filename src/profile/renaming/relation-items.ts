import type { RangeVar } from 'libpg-query';
import type { Grammar } from '../../sql/grammar.ts';
import { nodeOf, soleStatement, textsOf } from '../../sql/tree.ts';
import type { ViewEvidence } from '../evidence.ts';
import { type Columns, columnsOf, type NameItem, type NameScope } from './name-scope.ts';
import { outputsOf } from './output-names.ts';
import type { StoredNames, StoredRelation } from './stored-names.ts';

/** What tables, views and CTEs are in a statement, by their names. */
export class RelationItems {
  readonly names: StoredNames;
  readonly anywhere: Columns;
  readonly #grammar: Grammar;

  constructor(names: StoredNames, grammar: Grammar) {
    this.names = names;
    this.#grammar = grammar;
    this.anywhere = (stored) => names.columnAnywhere(stored);
  }

  /** The scenario's name; undefined where it is a CTE's, the system's or not known. */
  nameOf({ schemaname, relname = '' }: RangeVar, scope: NameScope): string | undefined {
    if (schemaname === undefined && scope.queries.has(relname)) return undefined;
    const found = this.#relation(schemaname, relname);
    return found?.kind === 'table' ? found.table.name : found?.view.name;
  }

  item(relation: RangeVar, scope: NameScope): NameItem {
    const { schemaname, relname = '', alias } = relation;
    const own = alias?.aliasname;
    const renamed = own ?? this.nameOf(relation, scope) ?? relname;
    const columns = this.#columns(schemaname, relname, scope);
    const named = textsOf(alias?.colnames);
    const given = new Map(named.map((each) => [each, each]));
    const all = new Map([...(columns.all ?? []), ...given]);
    const find: Columns = (stored) => given.get(stored) ?? columns.find(stored);
    return { alias: own ?? relname, renamed, columns: find, all, open: columns.all === undefined };
  }

  /** Columns of a unique constraint (or a unique index) of a table. */
  constraint({ schemaname, relname = '' }: RangeVar, name: string): readonly string[] | undefined {
    const found = this.#relation(schemaname, relname);
    if (found?.kind !== 'table') return undefined;
    const index = found.table.indexes.find((each) => each.name === name && each.unique);
    return index?.columns.every((each) => /^[a-z_]\w*$/.test(each)) === true
      ? index.columns
      : undefined;
  }

  #relation(schemaname: string | undefined, relname: string): StoredRelation | undefined {
    const isSystem = schemaname === 'pg_catalog' || schemaname === 'information_schema';
    return isSystem ? undefined : this.names.relation(schemaname, relname);
  }

  /** `all` undefined: there may be others. */
  #columns(
    schemaname: string | undefined,
    relname: string,
    scope: NameScope,
  ): { readonly find: Columns; readonly all?: ReadonlyMap<string, string> } {
    const query = schemaname === undefined ? scope.queries.get(relname) : undefined;
    if (query !== undefined) return { find: columnsOf(query), all: query };
    const found = this.#relation(schemaname, relname);
    if (found === undefined) return { find: () => undefined };
    if (found.kind === 'table') return { find: columnsOf(found.columns), all: found.columns };
    const outputs = this.#viewOutputs(found.view);
    return { find: (stored) => this.#viewColumn(stored, outputs) };
  }

  /** Its SQL has the scenario's names already; what it names itself has kept its name. */
  #viewColumn(stored: string, outputs: ReadonlySet<string>): string | undefined {
    if (outputs.has(stored)) return stored;
    const anywhere = this.anywhere(stored);
    return anywhere !== undefined && outputs.has(anywhere) ? anywhere : undefined;
  }

  #viewOutputs({ sql }: ViewEvidence): ReadonlySet<string> {
    const parsed = this.#grammar.parse(sql.replace(/;\s*$/, ''));
    if ('fault' in parsed) return new Set();
    const select = nodeOf(soleStatement(parsed.tree), 'SelectStmt');
    let at = select;
    while (at?.larg !== undefined) at = at.larg;
    const nothing: NameScope = { items: [], outer: null, queries: new Map() };
    return new Set(outputsOf(at?.targetList ?? [], nothing, () => undefined).values());
  }
}
