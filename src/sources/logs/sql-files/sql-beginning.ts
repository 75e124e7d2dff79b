const words =
  'select|insert|update|delete|merge|with|values|table|begin|start|commit|end|rollback|abort|' +
  'savepoint|release|set|reset|show|discard|declare|fetch|move|close|copy|call|do|explain|' +
  'analyze|vacuum|lock|listen|unlisten|notify|prepare|execute|deallocate|create|alter|drop|' +
  'truncate|refresh|reindex|cluster|grant|revoke|comment|security|import|reassign|checkpoint|load';

const beginning = new RegExp(`\\s*(?:[(;]|--|/\\*|$|(?:${words})\\b)`, 'iy');

/** Whether SQL may begin there. */
export function beginsSql(text: string, at: number): boolean {
  beginning.lastIndex = at;
  return beginning.test(text);
}

const made =
  '(?:table|index|unique|view|function|schema|extension|type|sequence|temp|temporary|unlogged|' +
  'role|user|database|procedure|trigger|materialized|rule|domain|default|policy)\\b';

const name = '[^\\s;,]+';
const beginnings = [
  '--',
  '/\\*',
  '\\\\',
  '\\(\\s*select\\b',
  '(?:select|insert|update|delete|with)\\s*$',
  'select\\s',
  'insert\\s+into\\b',
  `update\\s+${name}\\s*(?:set\\b|$)`,
  'delete\\s+from\\b',
  'merge\\s+into\\b',
  `with\\s+(?:recursive\\s+)?${name}\\s*(?:\\(|as\\b|$)`,
  'values\\s*\\(',
  `copy\\s+${name}\\s*(?:\\(|from\\b)`,
  'begin\\s*(?:;|work|transaction|$)',
  'start\\s+transaction\\b',
  `set\\s+${name}\\s*(?:=|to\\b)`,
  'do\\s+\\$',
  'explain\\s',
  `call\\s+${name}\\(`,
  'truncate\\s',
  `(?:create(?:\\s+or\\s+replace)?|alter|drop)\\s+${made}`,
];
/** Narrower, for a table of data may begin with a column `table` or `start date`. */
const first = new RegExp(`^\\s*(?:${beginnings.join('|')})`, 'i');

export const isNamedSql = (file: string): boolean =>
  /\.(?:sql|psql|ddl|dml|pgsql)(?:\.gz)?$/i.test(file);

/** Whether the first lines of a file are SQL. */
export function isSqlText(lines: readonly string[]): boolean {
  const line = lines.find((each) => each.trim() !== '');
  return line !== undefined && first.test(line) && lines.some((each) => each.includes(';'));
}
