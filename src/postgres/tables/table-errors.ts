import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import type { BuildStatement } from './table-ddl.ts';

/** What Postgres says of an error, as far as it says it. */
interface ServerError {
  readonly code?: string;
  readonly message: string;
  readonly detail?: string;
  readonly where?: string;
  readonly constraint?: string;
}

const diskFull = '53100';
const uniqueViolation = '23505';
const foreignKeyViolation = '23503';

/** Rows that Postgres did not take. */
export function copyError(table: string, cause: unknown): UserError {
  // A router of the user's says itself what is wrong with it.
  if (cause instanceof UserError) return cause;
  const error = cause as ServerError;
  if (error.code === diskFull) return diskFullError(error, cause);
  const where = error.where === undefined ? '' : ` (${error.where})`;
  return new UserError(`tables.${table}: loading its rows failed: ${error.message}${where}`, {
    exitCode: exitCodes.usage,
    hint: 'compare the types of its columns with the values that their generators make',
    cause,
  });
}

/** A table, a key or a view that Postgres did not build. */
export function buildError(statement: BuildStatement, cause: unknown): UserError {
  const error = cause as ServerError;
  if (error.code === diskFull) return diskFullError(error, cause);
  const { sql, table } = statement;
  const detail = error.detail === undefined ? '' : ` ${error.detail}`;
  const place = statement.what === 'view' ? `views.${table}` : `tables.${table}`;
  const { broken, hint } = brokenRule(statement, error) ?? {};
  const text =
    broken === undefined
      ? `${place}: Postgres says: ${error.message}.${detail}\n  ${sql}`
      : `${place}: ${broken}.${detail}`;
  return new UserError(text, {
    exitCode: exitCodes.usage,
    ...(hint !== undefined && { hint }),
    cause,
  });
}

/** The generated rows break what the scenario declares of them. */
function brokenRule(
  { what, columns }: BuildStatement,
  { code, constraint }: ServerError,
): { readonly broken: string; readonly hint: string } | null {
  const list = `(${columns.join(', ')})`;
  const named = constraint === undefined ? '' : `, ${constraint}`;
  if (code === uniqueViolation) {
    const kind = what === 'primary' ? 'primary key' : 'unique constraint';
    return {
      broken: `two of its rows have the same values in the ${kind} ${list}${named}`,
      hint:
        'generators that are unique in a table are id and padded; sequence is unique within the ' +
        'parent or the tenant',
    };
  }
  if (code === foreignKeyViolation) {
    return {
      broken: `a row points to none in the foreign key ${list}${named}`,
      hint: 'fill its columns by parent or pick, from the columns that it references',
    };
  }
  return null;
}

const diskFullError = ({ message }: ServerError, cause: unknown): UserError =>
  new UserError(`the disk is full: ${message}`, {
    exitCode: exitCodes.unusable,
    hint: 'free some space, lower rows of tables, or set TMPDIR to a folder on another disk',
    cause,
  });
