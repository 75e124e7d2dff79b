import { GrowingNumbers } from './growing-numbers.ts';
import { KeyCodes, marks } from './key-codes.ts';
import { ListFrames } from './list-frames.ts';
import * as ends from './literal-ends.ts';
import { LiteralPlaces } from './literal-places.ts';
import { beginsExpression, bindsCloser, isOperator, operatorEnd } from './operator-end.ts';
import { isSameWord } from './same-word.ts';
import { isType, keepsOrdinal, modifiersEnd } from './kept-numbers.ts';

/** What the token before was, as far as the next one depends on it. */
const after = { none: 0, word: 1, operand: 2, comma: 3, opener: 4 } as const;

/**
 * Turns statements into keys, in which literals are replaced by marks: texts that differ only in
 * literals, in the length of lists of them, in comments and in white space have the same key.
 * Numbers that are no values stay: places in ORDER BY and GROUP BY, and lengths of types. What a
 * scan finds is valid until the next one; nothing is allocated for most texts.
 */
export class TokenScanner {
  readonly codes = new KeyCodes();
  readonly literals = new LiteralPlaces();
  readonly frames = new ListFrames(this.codes);
  /** Largest number of its own parameters; 0 without any. */
  parameters = 0;
  /** Places in the key of the semicolons that are in no brackets. */
  readonly semicolons = new GrowingNumbers();

  private sql = '';
  private position = 0;
  private before: number = after.none;
  private wordStart = 0;
  private wordEnd = 0;
  /** Words since `::` (0 for that itself) or AS; -1: not behind any. */
  private castWords = -1;
  private depth = 0;
  /** Brackets around the ORDER BY or GROUP BY that is being read; -1: none. */
  private byDepth = -1;

  scan(sql: string): void {
    this.reset(sql);
    while (this.position < sql.length) {
      const code = sql.charCodeAt(this.position);
      if (ends.isSpace(code)) {
        this.position += 1;
        this.codes.space();
      } else if (ends.startsName(code)) this.word();
      else this.other(code);
    }
    while (this.frames.isBelow(-1)) this.frames.end();
  }

  private reset(sql: string): void {
    this.codes.reset(sql.length);
    this.frames.reset();
    this.literals.reset();
    this.semicolons.length = 0;
    this.parameters = 0;
    this.sql = sql;
    this.position = 0;
    this.before = after.none;
    this.castWords = -1;
    this.depth = 0;
    this.byDepth = -1;
  }

  private other(code: number): void {
    const { sql, position } = this;
    const next = sql.charCodeAt(position + 1);
    const isNumber = (code >= 48 && code <= 57) || (code === 46 && next >= 48 && next <= 57);
    if (isNumber) this.number(position, 0);
    else if (code === 39) this.string(position, position, 'plain');
    else if (code === 34) this.quotedName(position, position);
    else if (code === 36) this.dollar();
    else if ((code === 45 && next === 45) || (code === 47 && next === 42)) this.comment();
    else if (isOperator(code)) this.operator(code);
    else if (code === 40 || code === 91) this.opener(code);
    else if (code === 41 || code === 93) this.closer(code);
    else if (code === 44) this.comma();
    else this.punctuation(code, next);
  }

  private word(): void {
    const { sql, position } = this;
    const end = ends.nameEnd(sql, position + 1);
    const next = sql.charCodeAt(end);
    if (next === 39 && end === position + 1 && this.prefixed(position, end)) return;
    if (next === 38 && end === position + 1 && this.unicode(position, end)) return;
    this.token(position, end, after.word);
    this.wordStart = position;
    this.wordEnd = end;
    const length = end - position;
    if (this.castWords >= 0) this.castWords += 1;
    if (length === 2) this.shortWord(sql.charCodeAt(position) | 32, sql.charCodeAt(end - 1) | 32);
    else if (length === 6 && this.byDepth === this.depth && this.isWord('select')) {
      this.byDepth = -1;
    }
  }

  /** BY and AS. */
  private shortWord(first: number, last: number): void {
    if (first === 98 && last === 121) this.byDepth = this.depth;
    if (first === 97 && last === 115) this.castWords = 0;
  }

  /** e'', b'' and x''; n'' is short for a type and its literal. */
  private prefixed(start: number, quote: number): boolean {
    const letter = this.sql.charCodeAt(start) | 32;
    if (letter === 110) {
      this.codes.copy('nchar', 0, 5);
      this.codes.space();
      this.string(quote, quote, 'plain');
      return true;
    }
    if (letter !== 101 && letter !== 98 && letter !== 120) return false;
    this.string(start, quote, letter === 101 ? 'escapes' : 'bits');
    return true;
  }

  private unicode(start: number, and: number): boolean {
    if ((this.sql.charCodeAt(start) | 32) !== 117) return false;
    const quote = this.sql.charCodeAt(and + 1);
    if (quote === 39) this.string(start, and + 1, 'plain');
    else if (quote === 34) this.quotedName(start, and + 1);
    return quote === 39 || quote === 34;
  }

  private string(start: number, quote: number, quoting: ends.Quoting): void {
    const plain = ends.stringEnd(this.sql, quote, quoting);
    const end = quote === start + 2 ? ends.withEscape(this.sql, plain) : plain;
    if (end === ends.open) this.unended();
    else this.literal(start, end, 0, marks.string);
  }

  private literal(start: number, end: number, negative: number, mark: number): void {
    this.literals.add(start, end, negative);
    this.codes.push(mark);
    this.told(after.operand);
    this.position = end;
  }

  /** @param negative 1 with a minus before it, which is a part of it */
  private number(start: number, negative: number): void {
    const { sql } = this;
    const end = ends.numberEnd(sql, start);
    const isFirst = this.before === after.word && this.isWord('by');
    const isListed = this.byDepth === this.depth && (isFirst || this.before === after.comma);
    if (isListed && negative === 0 && keepsOrdinal(sql, start, end)) {
      this.token(start, end, after.operand);
    } else this.literal(start, end, negative, marks.number);
  }

  private quotedName(start: number, quote: number): void {
    const plain = ends.quotedNameEnd(this.sql, quote);
    const end = quote === start ? plain : ends.withEscape(this.sql, plain);
    if (end === ends.open) {
      this.unended();
      return;
    }
    const cast = this.castWords;
    this.token(start, end, after.operand);
    this.castWords = cast < 0 ? -1 : cast + 1;
  }

  private dollar(): void {
    const { sql, position } = this;
    const digit = sql.charCodeAt(position + 1);
    if (digit >= 48 && digit <= 57) {
      let end = position + 2;
      while (sql.charCodeAt(end) >= 48 && sql.charCodeAt(end) <= 57) end += 1;
      this.parameters = Math.max(this.parameters, parseInt(sql.slice(position + 1, end), 10));
      this.token(position, end, after.operand);
      return;
    }
    const end = ends.dollarEnd(sql, position);
    if (end === undefined) this.token(position, position + 1, after.none);
    else if (end === ends.open) this.unended();
    else this.literal(position, end, 0, marks.string);
  }

  private comment(): void {
    const end = ends.gapEnd(this.sql, this.position);
    if (end === ends.open) this.unended();
    else this.position = end;
    this.codes.space();
  }

  private operator(code: number): void {
    const end = operatorEnd(this.sql, this.position);
    if (code === 45 && end === this.position + 1 && this.signed(end)) return;
    this.token(this.position, end, after.none);
  }

  /** A minus that is a part of the number behind it, as it is to the grammar. */
  private signed(end: number): boolean {
    const { sql, before } = this;
    if (before === after.operand) return false;
    if (before === after.word && !beginsExpression(sql.slice(this.wordStart, this.wordEnd))) {
      return false;
    }
    const start = ends.gapEnd(sql, end);
    const code = sql.charCodeAt(start);
    const digit = code === 46 ? sql.charCodeAt(start + 1) : code;
    if (start === ends.open || !(digit >= 48 && digit <= 57)) return false;
    const behind = ends.gapEnd(sql, ends.numberEnd(sql, start));
    if (behind === ends.open || bindsCloser(sql, behind)) return false;
    this.number(start, 1);
    return true;
  }

  private opener(code: number): void {
    const { sql, position, depth } = this;
    const behindWord = this.before === after.word;
    const isCast = this.castWords === 1;
    if (code === 40 && (isCast || (behindWord && isType(sql, this.wordStart, this.wordEnd)))) {
      const end = modifiersEnd(sql, position);
      if (end !== undefined) {
        this.token(position, end, after.operand);
        return;
      }
    }
    if (behindWord && code === 40 && this.isWord('values')) {
      this.codes.settle();
      this.frames.begin(depth, true, this.literals.length);
    }
    const isList = behindWord && this.isWord(code === 40 ? 'in' : 'array');
    this.token(position, position + 1, after.opener);
    this.depth = depth + 1;
    if (isList) this.frames.begin(this.depth, false, this.literals.length);
  }

  private closer(code: number): void {
    const { frames } = this;
    while (frames.isBelow(this.depth)) frames.end();
    if (frames.awaits(this.depth) && !frames.inRows) {
      frames.element(this.literals.length);
      frames.end();
    }
    if (this.byDepth === this.depth) this.byDepth = -1;
    this.codes.close(code);
    this.told(after.operand);
    this.position += 1;
    this.depth = Math.max(0, this.depth - 1);
    if (!frames.awaits(this.depth) || !frames.inRows) return;
    frames.element(this.literals.length);
    const next = ends.gapEnd(this.sql, this.position);
    if (this.sql.charCodeAt(next) !== 44) frames.end();
  }

  private comma(): void {
    const { frames } = this;
    const awaited = frames.awaits(this.depth);
    if (awaited && !frames.inRows) frames.element(this.literals.length);
    this.codes.comma();
    if (awaited) frames.next(this.literals.length);
    this.told(after.comma);
    this.position += 1;
  }

  private punctuation(code: number, next: number): void {
    const { position, castWords } = this;
    if (code === 59) {
      this.byDepth = -1;
      if (this.depth === 0) this.semicolons.push(this.codes.length);
      this.codes.close(code);
      this.told(after.none);
      this.position += 1;
      return;
    }
    const isCast = code === 58 && next === 58;
    const isRange = code === 46 && next === 46;
    this.token(position, position + (isCast || isRange ? 2 : 1), after.none);
    if (isCast) this.castWords = 0;
    // A qualified name is one.
    else if (code === 46 && castWords > 0) this.castWords = castWords - 1;
  }

  /** A token that stays as it is. */
  private token(start: number, end: number, kind: number): void {
    const cast = this.castWords;
    this.codes.copy(this.sql, start, end);
    this.told(kind);
    if (kind === after.word) this.castWords = cast;
    this.position = end;
  }

  private told(kind: number): void {
    this.before = kind;
    this.castWords = -1;
  }

  private unended(): void {
    this.codes.push(marks.open);
    this.position = this.sql.length;
  }

  /** Whether the last word is this one, in any case. */
  private isWord(word: string): boolean {
    return isSameWord(this.sql, this.wordStart, this.wordEnd, word);
  }
}
