import type { Grammar } from '../../sql/grammar.ts';
import type { SqlToken } from '../../sql/tokens.ts';
import { unitsOfBytes } from '../../sql/utf8-places.ts';
import { editedSql, type SqlEdit } from '../sql-edits.ts';
import { identifier, nameOfToken } from './identifier.ts';

/** The names in a statement as they stand there, and what is written in their place. */
export class WrittenNames {
  readonly #sql: string;
  readonly #grammar: Grammar;
  readonly #tokens: readonly SqlToken[];
  readonly #starts: ReadonlyMap<number, number>;
  readonly #toUnits: (bytes: number) => number;
  readonly #edits = new Map<number, SqlEdit>();

  constructor(sql: string, grammar: Grammar) {
    this.#sql = sql;
    this.#grammar = grammar;
    this.#tokens = grammar.tokens(sql).tokens.filter(({ kind }) => kind !== 'comment');
    this.#starts = new Map(this.#tokens.map(({ start }, index) => [start, index]));
    this.#toUnits = unitsOfBytes(sql);
  }

  edited(): string {
    return editedSql(this.#sql, [...this.#edits.values()]);
  }

  /** Names with points between them, from a place on. @param count how many of them there are */
  rename(location: number | undefined, count: number, names: readonly string[]): void {
    const first = this.#indexAt(location);
    const start = this.#tokens[first]?.start;
    const end = this.#tokens[first + 2 * (count - 1)]?.end;
    if (start === undefined || end === undefined) return;
    this.#write(start, end, names, this.#tokensFrom(first, count));
  }

  /** The first token of a name behind a place. */
  renameBehind(location: number | undefined, stored: string, name: string): void {
    const from = this.#indexAt(location);
    const at = this.#tokens.findIndex(
      (token, index) => index >= from && !this.#edits.has(token.start) && is(token, stored),
    );
    const token = this.#tokens[at];
    if (token !== undefined) this.#write(token.start, token.end, [name], [token]);
  }

  /** `using (a, b)` behind a place. */
  renameUsing(location: number, stored: readonly string[], names: readonly string[]): void {
    const from = this.#toUnits(location);
    const at = this.#tokens.findIndex(
      (token, index) => token.start >= from && this.#isUsing(index, stored),
    );
    for (const [index, name] of names.entries()) {
      const token = at === -1 ? undefined : this.#tokens[at + 2 + 2 * index];
      if (token !== undefined) this.#write(token.start, token.end, [name], [token]);
    }
  }

  /** `on constraint name` at a place. */
  replaceConstraint(location: number | undefined, columns: readonly string[]): void {
    const first = this.#indexAt(location);
    const [on, , name] = this.#tokens.slice(first, first + 3);
    if (on === undefined || name === undefined) return;
    const text = columns.map((each) => identifier(each, this.#grammar)).join(', ');
    this.#edits.set(on.start, { start: on.start, end: name.end, text: `(${text})` });
  }

  /** A type's name, with its schema. */
  replaceType(location: number | undefined, count: number, type: string): void {
    const first = this.#indexAt(location);
    const start = this.#tokens[first]?.start;
    const end = this.#tokens[first + 2 * (count - 1)]?.end;
    if (start === undefined || end === undefined) return;
    this.#edits.set(start, { start, end, text: type });
  }

  #indexAt(location: number | undefined): number {
    return this.#starts.get(this.#toUnits(location ?? 0)) ?? Number.NaN;
  }

  #tokensFrom(first: number, count: number): (SqlToken | undefined)[] {
    return Array.from({ length: count }, (_, index) => this.#tokens[first + 2 * index]);
  }

  #isUsing(index: number, stored: readonly string[]): boolean {
    const [word, open] = this.#tokens.slice(index, index + 2);
    if (word?.text.toLowerCase() !== 'using' || open?.text !== '(') return false;
    return stored.every((name, at) => is(this.#tokens[index + 2 + 2 * at], name));
  }

  /** What need not change stays as it is written, in upper case or not. */
  #write(
    start: number,
    end: number,
    names: readonly string[],
    tokens: readonly (SqlToken | undefined)[],
  ): void {
    const kept = tokens.slice(-names.length);
    const texts = names.map((name, index) => {
      const token = kept[index];
      const isSame = token?.kind === 'word' && token.text.toLowerCase() === name;
      return isSame ? token.text : identifier(name, this.#grammar);
    });
    const text = texts.join('.');
    if (text !== this.#sql.slice(start, end)) this.#edits.set(start, { start, end, text });
  }
}

const is = (token: SqlToken | undefined, name: string): boolean =>
  token !== undefined && nameOfToken(token) === name;
