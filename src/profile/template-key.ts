/** `= any ($1)`, `in ($1, $2)`, and rows of VALUES: lists of several values, or of any number. */
const lists =
  /(?:=\s*any|<>\s*all)\s*\(\s*(?:\$|array)|\bin\s*\(\s*\$\d+\s*,|\)\s*,\s*(?:row\s*)?\(\s*\$/i;

/**
 * By which a template is told from others. A fingerprint takes a list for one value, but what asks
 * one shard for a value may ask several for a list.
 *
 * @param shortened whether it stands for those with lists of several values or rows
 */
export const templateKey = (sql: string, fingerprint: string, shortened = false): string =>
  shortened || lists.test(sql) ? `${fingerprint} of lists` : fingerprint;
