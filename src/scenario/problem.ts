import { indentedLines } from '../base/indented-lines.ts';
import { exitCodes } from '../base/exit-codes.ts';
import { UserError } from '../base/user-error.ts';

/** Keys and indexes from the root of the document to a value. */
export type Path = readonly (string | number)[];

/** Something in the document that its author must mend. */
export interface Problem {
  readonly path: Path;
  /** Whether the key is at fault or its value: where the position points. */
  readonly at: 'key' | 'value';
  /** Index within the value, which is a text: the position points there. */
  readonly within?: number;
  /** What was found and what is allowed, in one line. */
  readonly text: string;
}

export interface Position {
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
}

/** Collects problems, so that all of them are reported at once. */
export class Problems {
  readonly all: Problem[] = [];

  add(path: Path, text: string, within?: number): void {
    this.all.push({ path, at: 'value', text, ...(within !== undefined && { within }) });
  }
}

/** `found "rnig"; allowed: ring, range; did you mean ring?` */
export function mismatch(found: unknown, allowed: string, suggestion?: string): string {
  const meant = suggestion === undefined ? '' : `; did you mean ${suggestion}?`;
  return `found ${describe(found)}; allowed: ${allowed}${meant}`;
}

/** More than that is hard to find one's way in on the line of the problem. */
const listLongest = 100;

/** The same for a list of names: a long one stands on lines of its own, after what was meant. */
export function mismatchAmong(
  found: unknown,
  names: readonly string[],
  suggestion?: string,
): string {
  const list = names.join(', ');
  if (list.length <= listLongest) return mismatch(found, list, suggestion);
  const meant = suggestion === undefined ? '' : `did you mean ${suggestion}? `;
  return `found ${describe(found)}; ${meant}allowed:${indentedLines(list)}`;
}

const longest = 60;

/** A value of a YAML document as an error message shows it. */
function describe(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value))
    return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  if (typeof value === 'object') {
    const keys = Object.keys(value);
    return keys.length === 0 ? 'an empty map' : shorten(`{ ${keys.join(', ')} }`);
  }
  // JSON has neither of them: both would be null.
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  return shorten(JSON.stringify(value) ?? typeof value);
}

function shorten(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest)}...`;
}

/** `tenants.count`, `operations[2].sql`; '' for the whole document. */
export function pathText(path: Path): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else text += text === '' ? step : `.${step}`;
  }
  return text;
}

/** One error for all problems, in the order in which they stand in the file. */
export function problemsError(
  file: string,
  problems: readonly Problem[],
  positionOf: (problem: Problem) => Position,
): UserError {
  const lines = problems
    .map((problem) => ({ problem, position: positionOf(problem) }))
    .toSorted((a, b) => a.position.line - b.position.line || a.position.column - b.position.column)
    .map(({ problem, position }) => {
      const where = `${file}:${position.line}:${position.column}`;
      const path = pathText(problem.path);
      return path === '' ? `${where}: ${problem.text}` : `${where}: ${path}: ${problem.text}`;
    });
  return new UserError([...new Set(lines)].join('\n'), { exitCode: exitCodes.usage });
}
