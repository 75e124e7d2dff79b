import type {
  FoundComment,
  FoundStatement,
  FoundStatements,
} from '../../../queries/found-statement.ts';
import { type SqlSink, SqlStatements, type StatementPlace } from './sql-statements.ts';

/** The statements of a whole script with the comments that belong to them. */
export function foundStatements(text: string): FoundStatements {
  const finding = new StatementFinding();
  const statements = new SqlStatements(finding);
  for (const [index, line] of text.split(/\r?\n/).entries()) statements.line(line, index + 1);
  return finding.found(statements.end());
}

class StatementFinding implements SqlSink {
  readonly #statements: FoundStatement[] = [];
  readonly #stray: FoundComment[] = [];
  /** Since the last statement. */
  #comments: FoundComment[] = [];
  #commandLines = 0;
  #dataLines = 0;

  statement(sql: string, line: number, { column, endLine }: StatementPlace): void {
    const above = directlyAbove(this.#comments, line);
    this.#stray.push(...this.#comments.slice(0, this.#comments.length - above.length));
    this.#comments = [];
    this.#statements.push({ sql, line, column, endLine, comments: above, calls: 1 });
  }

  comment(text: string, line: number): void {
    const last = this.#statements.at(-1);
    if (last?.endLine !== line) this.#comments.push({ text, line });
    // Behind the semicolon, it is about what stands before it.
    else this.#statements[this.#statements.length - 1] = withComment(last, { text, line });
  }

  command(): void {
    this.#commandLines += 1;
  }

  data(): void {
    this.#dataLines += 1;
  }

  found(open: number | null): FoundStatements {
    return {
      statements: this.#statements,
      strayComments: [...this.#stray, ...this.#comments],
      commandLines: this.#commandLines,
      dataLines: this.#dataLines,
      open,
    };
  }
}

const withComment = (statement: FoundStatement, comment: FoundComment): FoundStatement => ({
  ...statement,
  comments: [...statement.comments, comment],
});

/** Without an empty line between, and none before the statement. */
function directlyAbove(comments: readonly FoundComment[], line: number): readonly FoundComment[] {
  const first = comments.findLastIndex(
    (comment, index) => comment.line !== line - (comments.length - index),
  );
  return comments.slice(first + 1);
}
