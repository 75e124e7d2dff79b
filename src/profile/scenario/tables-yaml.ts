import type { DraftColumn, DraftForeign, DraftTable } from './draft.ts';
import { commentLines, decimal, flowList, flowText, wrappedLines } from './yaml-text.ts';

/** `tables:` as lines of YAML. */
export function tablesYaml(tables: readonly DraftTable[]): string[] {
  return ['tables:', ...tables.flatMap(tableYaml)];
}

function tableYaml(table: DraftTable): string[] {
  const { name, per, rows, columns, primary, unique, foreign, indexes, comment } = table;
  return [
    ...comment.flatMap((line) => commentLines(line, '  ')),
    `  ${name}:`,
    ...(per === null ? [] : [`    per: ${per}`]),
    ...rowsYaml(rows.flow),
    '    columns:',
    ...columns.map(columnYaml),
    ...(primary.length === 0 ? [] : [`    primary: ${columnsFlow(primary)}`]),
    ...listYaml('unique', unique),
    ...(foreign.length === 0 ? [] : ['    foreign:', ...foreign.map(foreignYaml)]),
    ...listYaml('indexes', indexes),
  ];
}

/** Many numbers stand in lines of their own. */
function rowsYaml(flow: string): string[] {
  const total = /^\{ total: (\d+)/.exec(flow)?.[1];
  if (total === undefined || flow.length < 96) return [`    rows: ${flow}`];
  const lists = [...flow.matchAll(/(top|quantiles): \[(.*?)\]/g)];
  return [
    '    rows:',
    `      total: ${total}`,
    ...lists.flatMap(([whole, name = '', list = '']) =>
      whole.length < 96 ? [`      ${whole}`] : numbersYaml(name, list),
    ),
  ];
}

const numbersYaml = (name: string, list: string): string[] =>
  [`      ${name}: [`].concat(wrappedLines(list, '        '), '      ]');

function listYaml(name: string, lists: readonly (readonly string[])[]): string[] {
  if (lists.length === 0) return [];
  return [`    ${name}: ${flowList(lists.map((columns) => flowList(columns)))}`];
}

const columnsFlow = (columns: readonly string[]): string =>
  columns.length === 1 ? (columns[0] ?? '') : flowList(columns);

function foreignYaml({ columns, table, references, onDelete }: DraftForeign): string {
  const target =
    references.length === 1 ? `${table}.${references[0]}` : `"${table}(${references.join(', ')})"`;
  const deletes = onDelete === 'no action' ? '' : `, on_delete: ${onDelete}`;
  return `      - { columns: ${columnsFlow(columns)}, references: ${target}${deletes} }`;
}

function columnYaml(column: DraftColumn): string {
  const comment = column.comment === '' ? '' : ` # ${column.comment}`;
  return `      ${column.name}: ${columnFlow(column)}${comment}`;
}

function columnFlow({ made, type, default: sql, nulls }: DraftColumn): string {
  const more = [
    ...(type === null || isUsual(made, type) ? [] : [`type: ${typeText(type)}`]),
    ...(sql === null ? [] : [`default: ${JSON.stringify(sql)}`]),
    ...(nulls > 0 ? [`null: ${decimal(nulls)}`] : []),
  ];
  const own = madeFlow(made);
  if (own === null) {
    const hasType = more.some((part) => part.startsWith('type'));
    return `{ ${[...(hasType ? [] : ['type: text']), ...more].join(', ')} }`;
  }
  const isWord = made.by === 'tenant' || made.by === 'sequence' || made.by === 'timestamp';
  if (more.length === 0 && isWord) return made.by;
  if (more.length === 0 && made.by === 'id' && made.style === 'serial') return 'id';
  return `{ ${[own, ...more].join(', ')} }`;
}

function madeFlow(made: DraftColumn['made']): string | null {
  switch (made.by) {
    case 'tenant':
    case 'sequence':
    case 'timestamp':
      return `${made.by}: true`;
    case 'id':
      return `id: ${made.style}`;
    case 'parent':
      return `parent: ${made.table}.${made.column}`;
    case 'pick':
      return [
        `pick: ${made.table}.${made.column}`,
        ...(made.remote === undefined ? [] : [`remote: ${made.remote}`]),
      ].join(', ');
    case 'values':
      return made.flow;
    case 'nothing':
      return null;
  }
}

const typeText = (type: string): string => (/^[a-z][a-z0-9 ]*$/.test(type) ? type : flowText(type));

/** What the generator makes by itself. */
const usual: Readonly<Record<string, readonly string[]>> = {
  sequence: ['integer', 'int4'],
  timestamp: ['timestamptz', 'timestamp with time zone'],
  text: ['text'],
  words: ['text'],
  padded: ['text'],
  choice: ['text'],
  date: ['date'],
  json: ['jsonb'],
  serial: ['bigint', 'int8'],
  snowflake: ['bigint', 'int8'],
  uuid4: ['uuid'],
  uuid7: ['uuid'],
};

function isUsual(made: DraftColumn['made'], type: string): boolean {
  if (made.by === 'parent' || made.by === 'pick') return true;
  const generator =
    made.by === 'values' ? made.flow.replace(/:.*$/s, '') : made.by === 'id' ? made.style : made.by;
  return usual[generator]?.includes(type) ?? false;
}
