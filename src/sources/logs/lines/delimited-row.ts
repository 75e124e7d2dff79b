const quote = 0x22;

/**
 * One row of delimited text whose quoted fields may go on over several lines. Strict: what follows
 * a closing quote must be a delimiter, so that a row which is cut is noticed at the next quote.
 */
export class DelimitedRow {
  readonly #delimiter: string;
  readonly #delimiterCode: number;
  /** Of a quoted field that is not closed yet. */
  #open: string[] | null = null;
  /** null: empty and not quoted, which is how NULL is written. */
  fields: (string | null)[] = [];

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
    this.#delimiterCode = delimiter.charCodeAt(0);
  }

  /** done: `fields` are whole, and the next line begins another row. */
  feed(line: string): 'open' | 'done' | 'broken' {
    if (this.#open === null) {
      this.fields = [];
      return this.#from(line, 0);
    }
    const end = closing(line, 0);
    if (end === -1) {
      this.#open.push(line);
      return 'open';
    }
    this.#open.push(line.slice(0, end));
    this.fields.push(unquoted(this.#open.join('\n')));
    this.#open = null;
    return this.#behind(line, end);
  }

  reset(): void {
    this.#open = null;
    this.fields = [];
  }

  #from(line: string, start: number): 'open' | 'done' | 'broken' {
    let at = start;
    for (;;) {
      if (line.charCodeAt(at) === quote) {
        const end = closing(line, at + 1);
        if (end === -1) {
          this.#open = [line.slice(at + 1)];
          return 'open';
        }
        this.fields.push(unquoted(line.slice(at + 1, end)));
        if (end + 1 === line.length) return 'done';
        if (line.charCodeAt(end + 1) !== this.#delimiterCode) return this.#broken();
        at = end + 2;
      } else {
        const end = line.indexOf(this.#delimiter, at);
        const field = line.slice(at, end === -1 ? line.length : end);
        if (field.includes('"')) return this.#broken();
        this.fields.push(field === '' ? null : field);
        if (end === -1) return 'done';
        at = end + 1;
      }
    }
  }

  #behind(line: string, end: number): 'open' | 'done' | 'broken' {
    if (end + 1 === line.length) return 'done';
    if (line.charCodeAt(end + 1) !== this.#delimiterCode) return this.#broken();
    return this.#from(line, end + 2);
  }

  #broken(): 'broken' {
    this.reset();
    return 'broken';
  }
}

/** Of the quote that closes; -1: none does. Two quotes stand for one. */
function closing(line: string, from: number): number {
  let at = line.indexOf('"', from);
  while (at !== -1 && line.charCodeAt(at + 1) === quote) at = line.indexOf('"', at + 2);
  return at;
}

const unquoted = (text: string): string => (text.includes('"') ? text.replaceAll('""', '"') : text);
