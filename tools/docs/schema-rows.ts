import { asCode } from './markdown.ts';

/** The parts of JSON Schema (draft 7) that zod writes for the documents of this program. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly default?: unknown;
  readonly description?: string;
  readonly $ref?: string;
  /** Exported constant that made it, where its doc comments are. */
  readonly constant?: string;
}

/** A field of a document: where it stands, and what may stand there. */
export interface SchemaRow {
  readonly path: string;
  readonly schema: JsonSchema;
  readonly required: boolean;
  /** What its doc comment is filed under. */
  readonly source: string;
}

/** All fields below a schema, those of all forms of one part together, in their order. */
export function schemaRows(
  schema: JsonSchema,
  path: string,
  source = '',
  /** Exported constants that are told elsewhere: what stands within them is left out. */
  elsewhere: ReadonlySet<string> = new Set(),
): SchemaRow[] {
  const from = schema.constant ?? source;
  if (path !== '' && elsewhere.has(from)) return [];
  const rows = [
    ...Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
      const at = path === '' ? name : `${path}.${name}`;
      const required = schema.required?.includes(name) ?? false;
      const named = `${from}.${name}`;
      const row: SchemaRow = { path: at, schema: field, required, source: named };
      return [row].concat(schemaRows(field, at, named, elsewhere));
    }),
    ...(schema.anyOf ?? []).flatMap((form) => schemaRows(form, path, from, elsewhere)),
    ...(schema.items === undefined ? [] : schemaRows(schema.items, `${path}[]`, from, elsewhere)),
    ...(typeof schema.additionalProperties === 'object'
      ? schemaRows(schema.additionalProperties, `${path}.<name>`, from, elsewhere)
      : []),
  ];
  return withoutRepeats(rows);
}

/** Forms of one part share fields, such as `count`: each is told once. */
function withoutRepeats(rows: readonly SchemaRow[]): SchemaRow[] {
  const seen = new Map<string, SchemaRow>();
  for (const row of rows) {
    const before = seen.get(row.path)?.schema.description ?? '';
    if (before === '') seen.set(row.path, row);
  }
  return [...seen.values()];
}

/** What may stand there, in words; `linkOf` has those of constants that are told elsewhere. */
export function schemaType(
  schema: JsonSchema,
  linkOf: (constant: string) => string | undefined = () => undefined,
): string {
  const link = schema.constant === undefined ? undefined : linkOf(schema.constant);
  if (link !== undefined) return link;
  const typeOf = (part: JsonSchema): string => schemaType(part, linkOf);
  if (schema.const !== undefined) return asCode(valueText(schema.const));
  if (schema.enum !== undefined) return schema.enum.map((one) => asCode(valueText(one))).join(', ');
  if (schema.anyOf !== undefined) {
    return [...new Set(schema.anyOf.map(typeOf))].filter((type) => type !== '').join(' or ');
  }
  if (schema.items !== undefined) return `list of: ${typeOf(schema.items)}`;
  if (schema.properties !== undefined) return mapText(schema);
  if (typeof schema.additionalProperties === 'object') {
    return `map from names to: ${typeOf(schema.additionalProperties)}`;
  }
  return typeof schema.type === 'object'
    ? schema.type.map((type) => leafType({ ...schema, type })).join(' or ')
    : leafType(schema);
}

function leafType(schema: JsonSchema): string {
  if (schema.type === 'string' || schema.pattern !== undefined)
    return stringType(schema.pattern ?? '');
  if (schema.type === 'integer' || schema.type === 'number') return numberType(schema);
  if (schema.type === 'boolean') return 'true or false';
  return schema.type === undefined ? 'any value' : String(schema.type);
}

/** The keys of a map; those that may be left out have a question mark. */
function mapText({ properties = {}, required = [] }: JsonSchema): string {
  const keys = Object.keys(properties).map((key) => (required.includes(key) ? key : `${key}?`));
  return asCode(keys.length === 0 ? '{}' : `{ ${keys.join(', ')} }`);
}

/** Quantities are texts with units: what their pattern asks for. */
const quantities: readonly (readonly [part: string, words: string])[] = [
  ['+-', 'amount, perhaps with a spread, such as `900/s +- 10 %`'],
  ['(/s|/m|/h)', 'rate, such as `800/s`'],
  ['(ms|s|m|h)', 'time, such as `15s`'],
  ['(B|kB', 'size, such as `64MB`'],
  ['%?', 'share, such as `30%`'],
];

function stringType(pattern: string): string {
  const bare = pattern.replaceAll('\\+', '+');
  return quantities.find(([part]) => bare.includes(part))?.[1] ?? 'text';
}

/** Bounds that are only the ends of what a number can be are not told. */
function numberType({ type, minimum, exclusiveMinimum, maximum }: JsonSchema): string {
  const word = type === 'integer' ? 'whole number' : 'number';
  const above = exclusiveMinimum === undefined ? '' : ` above ${exclusiveMinimum}`;
  const from =
    minimum === undefined || minimum <= Number.MIN_SAFE_INTEGER ? '' : ` from ${minimum}`;
  const unlimited = maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER;
  // A share may end a hair above 1, for rounding's sake.
  const to = unlimited ? '' : ` to ${Number(maximum.toPrecision(8))}`;
  return `${word}${above}${from}${to}`;
}

/** A value as YAML and JSON both read it. */
export const valueText = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);
