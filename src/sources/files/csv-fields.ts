/** A record of separated text: its fields, and where it ends. */
export interface CsvRecord {
  readonly fields: readonly string[];
  /** Place in the text after its line end. */
  readonly end: number;
  /** Whether the text ended before it did. */
  readonly open: boolean;
}

/**
 * The records of a beginning of a file by RFC 4180; any of CR LF, LF and CR ends a line. Lines
 * without anything are left out. What a file's end cut off is not among them.
 *
 * @param whole whether the text is all of the file
 */
export function csvRecords(
  text: string,
  delimiter: string,
  { most, whole }: { readonly most: number; readonly whole: boolean },
): (readonly string[])[] {
  const records: (readonly string[])[] = [];
  let at = 0;
  while (at < text.length && records.length < most) {
    const record = csvRecord(text, at, delimiter);
    // A last line without its end may be half a line.
    if (!whole && (record.open || record.end === text.length)) break;
    at = record.end;
    if (record.fields.length > 1 || record.fields[0] !== '') records.push(record.fields);
  }
  return records;
}

function csvRecord(text: string, start: number, delimiter: string): CsvRecord {
  const fields: string[] = [];
  let at = start;
  for (;;) {
    const field = text[at] === '"' ? quotedField(text, at) : { value: '', end: at, open: false };
    const end = fieldEnd(text, field.end, delimiter);
    fields.push(field.value + text.slice(field.end, end));
    if (text[end] === delimiter) {
      at = end + 1;
      continue;
    }
    const crLf = text[end] === '\r' && text[end + 1] === '\n';
    return { fields, end: Math.min(text.length, end + (crLf ? 2 : 1)), open: field.open };
  }
}

function quotedField(text: string, start: number): { value: string; end: number; open: boolean } {
  let value = '';
  let at = start + 1;
  for (;;) {
    const close = text.indexOf('"', at);
    if (close === -1) return { value: value + text.slice(at), end: text.length, open: true };
    value += text.slice(at, close);
    if (text[close + 1] !== '"') return { value, end: close + 1, open: false };
    value += '"';
    at = close + 2;
  }
}

function fieldEnd(text: string, start: number, delimiter: string): number {
  let at = start;
  while (at < text.length) {
    const mark = text[at];
    if (mark === delimiter || mark === '\n' || mark === '\r') return at;
    at += 1;
  }
  return at;
}
