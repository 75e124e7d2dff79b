import type { SeenNames } from './seen-names.ts';
import { columnKey } from './seen-names.ts';
import type { SeenValues } from './seen-values.ts';
import type { StatementNames } from './statement-names.ts';

/** Types of columns from casts, from values, from columns like them, and from their names. */
export class InferredTypes {
  readonly #known = new Map<string, string>();
  readonly #byName = new Map<string, string>();
  readonly #values: ReadonlyMap<string, SeenValues>;

  constructor(
    seen: SeenNames,
    statements: readonly { readonly names: StatementNames }[],
    values: ReadonlyMap<string, SeenValues>,
  ) {
    this.#values = values;
    for (const [key, { type }] of values) if (type !== null) this.#known.set(key, type);
    for (const { names } of statements) {
      for (const { of, type } of names.types) this.#hint(seen.columnKey(of), type);
    }
    this.#spread(seen, statements);
    for (const [key, type] of this.#known) {
      const name = key.split('\u001F')[1] ?? '';
      if (!this.#byName.has(name)) this.#byName.set(name, type);
    }
  }

  of(table: string, column: string): { readonly type: string; readonly hasNulls: boolean } {
    const key = columnKey(table, column);
    const type = this.#known.get(key) ?? this.#byName.get(column) ?? typeByName(column);
    return { type, hasNulls: this.#values.get(key)?.hasNulls === true };
  }

  /** What SQL says is more certain than what values look like, unless these do not fit. */
  #hint(key: string | undefined, written: string): void {
    const type = formats[written];
    if (key === undefined || type === undefined) return;
    const known = this.#known.get(key);
    const isNarrower = known === 'numeric' || (known === 'text' && type !== 'jsonb');
    if (known === undefined || (!isNarrower && known !== type && type !== 'bigint')) {
      this.#known.set(key, type);
    }
  }

  #spread(seen: SeenNames, statements: readonly { readonly names: StatementNames }[]): void {
    const pairs = statements.flatMap(({ names }) =>
      names.alike.map(([one, other]) => [seen.columnKey(one), seen.columnKey(other)] as const),
    );
    // A chain of columns is seldom longer.
    for (let step = 0; step < 4; step += 1) {
      for (const [one, other] of pairs) {
        if (one === undefined || other === undefined) continue;
        const type = this.#known.get(one) ?? this.#known.get(other);
        if (type === undefined) continue;
        if (!this.#known.has(one)) this.#known.set(one, type);
        if (!this.#known.has(other)) this.#known.set(other, type);
      }
    }
  }
}

/** Names in casts, as format_type writes them. */
const formats: Readonly<Record<string, string>> = {
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  numeric: 'numeric',
  float4: 'real',
  float8: 'double precision',
  text: 'text',
  varchar: 'text',
  bpchar: 'text',
  uuid: 'uuid',
  bool: 'boolean',
  date: 'date',
  timestamp: 'timestamp without time zone',
  timestamptz: 'timestamp with time zone',
  time: 'time without time zone',
  interval: 'interval',
  json: 'json',
  jsonb: 'jsonb',
  bytea: 'bytea',
  inet: 'inet',
};

/** Where nothing else is known. */
function typeByName(column: string): string {
  if (/(?:^|_)(?:id|count|quantity|qty|number|cents)$/i.test(column)) return 'bigint';
  if (/(?:^|_)(?:price|amount|total|balance|cost|fee|rate)$/i.test(column)) return 'numeric';
  if (/_at$|_time$|^(?:created|updated)/i.test(column)) return 'timestamp with time zone';
  return /^(?:is|has)_/i.test(column) ? 'boolean' : 'text';
}
