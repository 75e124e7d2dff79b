/** A part of a text, by its indexes, and what is to stand there instead. */
export interface SqlEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Edits may not overlap; of two at one place the first in the list comes first. */
export function editedSql(sql: string, edits: readonly SqlEdit[]): string {
  let text = '';
  let at = 0;
  for (const edit of edits.toSorted((one, other) => one.start - other.start)) {
    text += sql.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return text + sql.slice(at);
}
