/** Rows of a table that a reader may be expected to look through. */
export const rowLimit = 400;

/** The note below a table with the rows that were left out; its own note first. */
export function noteWith(note: string | null, leftOut: string | null): string | null {
  const parts = [note, leftOut].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(' ');
}
