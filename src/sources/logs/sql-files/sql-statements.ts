/**
 * Splits a script for psql into its statements, line by line, so that a file of any size can be
 * read. Postgres' own tokenizer wants the whole text at once; `sql-statements.test.ts` holds the
 * two together.
 */

export interface SqlSink {
  /**
   * @param sql without comments before it, and without its semicolon
   * @param line where it begins, from 1
   * @param place its column, in UTF-16 units from 1, and the line where it ends
   */
  statement(sql: string, line: number, place: StatementPlace): void;
  /** A comment of one line that is no part of a statement, with its hyphens. */
  comment?(text: string, line: number): void;
  /** A backslash command of psql. */
  command(line: number): void;
  /** A line of data of `copy ... from stdin`. */
  data(line: number): void;
}

export interface StatementPlace {
  readonly column: number;
  readonly endLine: number;
}

type Mode = 'plain' | 'quote' | 'escaped quote' | 'name' | 'dollar' | 'comment' | 'data';

const special = /['"$;\\()]|--|\/\*/g;
const ends: Readonly<Record<string, RegExp>> = {
  quote: /''|'/g,
  // A backslash takes the next character along, also the end of the line.
  'escaped quote': /\\(?:[^]|$)|''|'/g,
  name: /"/g,
};
const dollarTag = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;
const commentPart = /\/\*|\*\//g;
const partOfName = /[\w$\u0080-\uffff]/;
const lastWord = /[\w$\u0080-\uffff]*$/;
const numberOrParameter = /^\$?\d+$/;
/** Commands that send the statement before them, and `\;`, which is a semicolon. */
const sends = /^\\(?:;|(?:g|gx|gset|gexec|gdesc|watch|crosstabview|parse)(?:\s|$))/;
const copyFromInput = /^copy\b[^]*\bfrom\s+stdin\b/i;
const atomicBody = /^create\s+(?:or\s+replace\s+)?(?:function|procedure)\b[^]*\bbegin\s+atomic\b/i;
const atomicEnd = /\bend\s*$/i;

export class SqlStatements {
  readonly #sink: SqlSink;
  #mode: Mode = 'plain';
  /** Of a dollar quote. */
  #tag = '';
  /** Of comments within each other. */
  #depth = 0;
  /** Semicolons in brackets end nothing: those of `create rule`. */
  #brackets = 0;
  #pieces: string[] = [];
  #startLine = 0;
  #startColumn = 0;
  #text = '';
  #number = 0;
  /** What of the line comes before it is kept, or left out. */
  #from = 0;
  /** Behind the last quote on the line, where a name cannot go on. */
  #closed = 0;

  constructor(sink: SqlSink) {
    this.#sink = sink;
  }

  line(text: string, number: number): void {
    if (this.#mode === 'data') {
      if (text.trimEnd() === '\\.') this.#mode = 'plain';
      else this.#sink.data(number);
      return;
    }
    this.#text = text;
    this.#number = number;
    this.#from = 0;
    this.#closed = 0;
    for (let at = 0; at !== -1 && at <= text.length; ) {
      at = this.#mode === 'plain' ? this.#plain(at) : this.#within(at);
    }
    this.#keep(text.length);
    if (this.#pieces.length > 0) this.#pieces.push('\n');
  }

  /** The line of a statement whose quote or comment never ends; null: there is none. */
  end(): number | null {
    const isOpen = this.#mode !== 'plain' && this.#mode !== 'data' && this.#pieces.length > 0;
    if (isOpen) return this.#startLine;
    this.#finish();
    return null;
  }

  /** Goes to the next character that means something; gives where to go on, -1: nowhere. */
  #plain(from: number): number {
    special.lastIndex = from;
    const found = special.exec(this.#text);
    if (found === null) return -1;
    const at = found.index;
    switch (found[0]) {
      case "'":
        this.#mode = this.#isEscaped(at) ? 'escaped quote' : 'quote';
        return at + 1;
      case '"':
        this.#mode = 'name';
        return at + 1;
      case '$':
        return this.#dollar(at);
      case '(':
        this.#brackets += 1;
        return at + 1;
      case ')':
        this.#brackets = Math.max(0, this.#brackets - 1);
        return at + 1;
      case ';':
        if (this.#brackets > 0) return at + 1;
        this.#keep(at);
        this.#from = at + 1;
        return this.#isInBody() ? this.#semicolonStays(at) : this.#finish(at + 1);
      case '\\':
        return this.#command(at);
      default:
        return this.#comment(at, found[0]);
    }
  }

  #within(from: number): number {
    if (this.#mode === 'dollar') {
      const end = this.#text.indexOf(this.#tag, from);
      if (end === -1) return -1;
      this.#mode = 'plain';
      this.#closed = end + this.#tag.length;
      return this.#closed;
    }
    const isComment = this.#mode === 'comment';
    const end = isComment ? commentPart : (ends[this.#mode] ?? commentPart);
    end.lastIndex = from;
    const found = end.exec(this.#text);
    if (found === null) {
      if (isComment && this.#pieces.length === 0) this.#from = this.#text.length;
      return -1;
    }
    const behind = found.index + found[0].length;
    if (isComment) this.#depth += found[0] === '/*' ? 1 : -1;
    if (isComment ? this.#depth === 0 : /^['"]$/.test(found[0])) {
      this.#mode = 'plain';
      this.#closed = behind;
    }
    if (isComment && this.#pieces.length === 0) this.#from = behind;
    return behind;
  }

  #isEscaped(at: number): boolean {
    const isE = /^e$/i.test(this.#text.charAt(at - 1));
    return isE && !partOfName.test(this.#text.charAt(at - 2));
  }

  #dollar(at: number): number {
    dollarTag.lastIndex = at;
    const [tag] = dollarTag.exec(this.#text) ?? [];
    if (tag === undefined || this.#isInName(at)) return at + 1;
    this.#mode = 'dollar';
    this.#tag = tag;
    return at + tag.length;
  }

  #isInName(at: number): boolean {
    const [word] = lastWord.exec(this.#text.slice(Math.max(this.#closed, at - 64), at)) ?? [''];
    return word !== '' && !numberOrParameter.test(word);
  }

  #comment(at: number, opened: string): number {
    this.#keep(at);
    if (opened === '/*') {
      this.#mode = 'comment';
      this.#depth = 1;
      return at + 2;
    }
    if (this.#pieces.length === 0) {
      this.#from = this.#text.length;
      this.#sink.comment?.(this.#text.slice(at), this.#number);
    }
    return -1;
  }

  /** The rest of the line is psql's. */
  #command(at: number): number {
    this.#keep(at);
    const command = this.#text.slice(at);
    if (sends.test(command)) {
      const behind = command.startsWith('\\;') ? at + 2 : this.#text.length;
      this.#from = behind;
      return this.#finish(behind);
    }
    this.#sink.command(this.#number);
    this.#from = this.#text.length;
    return -1;
  }

  /** Adds what of the line is not yet kept to the statement; one begins with its first letter. */
  #keep(to: number): void {
    const from = this.#from;
    const piece = this.#text.slice(from, to);
    this.#from = to;
    if (this.#pieces.length > 0) {
      if (piece !== '') this.#pieces.push(piece);
      return;
    }
    const begun = piece.trimStart();
    if (begun === '') return;
    this.#startLine = this.#number;
    this.#startColumn = from + piece.length - begun.length + 1;
    this.#pieces.push(begun);
  }

  /** Whether the semicolon stands in a body of SQL, `begin atomic ... end`. */
  #isInBody(): boolean {
    if (!/^create$/i.test((this.#pieces[0] ?? '').slice(0, 6))) return false;
    const text = this.#pieces.join('');
    return atomicBody.test(text) && !atomicEnd.test(text);
  }

  #semicolonStays(at: number): number {
    this.#from = at;
    return at + 1;
  }

  #finish(at = 0): number {
    const sql = this.#pieces.join('').trimEnd();
    this.#pieces = [];
    this.#brackets = 0;
    if (sql !== '') {
      const place = { column: this.#startColumn, endLine: this.#number };
      this.#sink.statement(sql, this.#startLine, place);
      if (copyFromInput.test(sql)) {
        this.#mode = 'data';
        // psql reads data from the next line on.
        this.#from = this.#text.length;
        return -1;
      }
    }
    return at;
  }
}
