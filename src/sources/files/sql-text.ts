export const sqlText = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** A path as DuckDB takes it: with what would be a pattern of file names escaped. */
export const sqlPath = (path: string): string =>
  sqlText(path.replaceAll(/[*?[]/g, (mark) => `[${mark}]`));
