import { assert } from '../base/assert.ts';
import { exitCodes, UserError } from '../base/user-error.ts';
import { type Cell, type RunResult, runResult } from './types.ts';

const knownSchemas: readonly unknown[] = [runResult.shape.schema.value];

/**
 * Reads a result document.
 *
 * @param text the document, JSON
 * @param file its name, for messages only
 * @throws UserError (exit code 2) that lists every problem with its path in the document
 */
export function parseRunResult(text: string, file: string): RunResult {
  const json = parseJson(text, file);
  rejectUnknownSchema(json, file);
  const parsed = runResult.safeParse(json, { reportInput: true });
  if (!parsed.success) {
    throw invalid(file, parsed.error.issues.map(describeIssue));
  }
  const contradictions = parsed.data.cells.flatMap(contradictionsOf);
  const repeated = repeatedStrategies(parsed.data);
  if (contradictions.length + repeated.length > 0) {
    throw invalid(file, [...contradictions, ...repeated]);
  }
  return parsed.data;
}

/**
 * Writes a result document: keys in the order of the schema, checked as it is when read back.
 * A result that does not pass is a bug of whoever built it, not of the user.
 */
export function formatRunResult(result: RunResult): string {
  const parsed = runResult.safeParse(result, { reportInput: true });
  const problems = parsed.success
    ? [...parsed.data.cells.flatMap(contradictionsOf), ...repeatedStrategies(parsed.data)]
    : parsed.error.issues.map(describeIssue);
  assert(parsed.success && problems.length === 0, `a valid result: ${problems.join('; ')}`);
  const cells = parsed.data.cells.map((cell) => ({ ...cell, load: withSortedErrors(cell.load) }));
  return `${JSON.stringify({ ...parsed.data, cells }, null, 2)}\n`;
}

/** Errors are counted in the order they happened to arrive in: sorted, two runs can be diffed. */
function withSortedErrors(load: Cell['load']): Cell['load'] {
  if (load === null) return null;
  return {
    ...load,
    errorsByCode: sortedByKey(load.errorsByCode),
    errorMessages: sortedByKey(load.errorMessages),
  };
}

function sortedByKey<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function parseJson(text: string, file: string): unknown {
  try {
    const json: unknown = JSON.parse(text);
    return json;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UserError(`${file} is no JSON: ${reason}`, {
      exitCode: exitCodes.usage,
      hint: 'Give the result.json that a run has written.',
      cause,
    });
  }
}

function rejectUnknownSchema(json: unknown, file: string): void {
  if (typeof json !== 'object' || json === null || !('schema' in json)) {
    throw new UserError(`${file} is no result of shardlab: it has no "schema"`, {
      exitCode: exitCodes.usage,
      hint: 'Give the result.json that a run has written.',
    });
  }
  if (knownSchemas.includes(json.schema)) return;
  throw new UserError(
    `${file}: schema is ${JSON.stringify(json.schema)}; known: ${knownSchemas.join(', ')}`,
    {
      exitCode: exitCodes.usage,
      hint: 'Read it with the version of shardlab that wrote it, or run the scenario again.',
    },
  );
}

function invalid(file: string, problems: readonly string[]): UserError {
  const noun = problems.length === 1 ? 'problem' : 'problems';
  const lines = problems.map((problem) => `  ${problem}`).join('\n');
  return new UserError(`${file} has ${problems.length} ${noun}:\n${lines}`, {
    exitCode: exitCodes.usage,
    hint: 'Results are not meant to be edited by hand: run the scenario again.',
  });
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly input?: unknown;
}

function describeIssue(issue: Issue): string {
  const found = issue.input === undefined || typeof issue.input === 'object';
  const value = found ? '' : ` (found ${JSON.stringify(issue.input)})`;
  return `${pathOf(issue.path)}: ${issue.message}${value}`;
}

/** `cells[2].shards[0].writeQps`. */
function pathOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return '(document)';
  return path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`;
      return index === 0 ? String(part) : `.${String(part)}`;
    })
    .join('');
}

/** What each field allows but the fields together do not. */
function contradictionsOf(cell: Cell, index: number): string[] {
  if (cell.status !== 'ok') return [];
  const problems: string[] = [];
  const path = `cells[${index}]`;
  if (cell.shards.length !== cell.shardCount) {
    problems.push(
      `${path}.shards: ${cell.shards.length} entries for a shardCount of ${cell.shardCount}`,
    );
  }
  if (cell.load !== null) {
    const { arrivals, ok, failed, timedOut, dropped } = cell.load;
    const sum = ok + failed + timedOut + dropped;
    if (arrivals !== sum) {
      problems.push(
        `${path}.load.arrivals: ${arrivals} is not ok + failed + timedOut + dropped = ${sum}`,
      );
    }
  }
  return problems;
}

function repeatedStrategies(result: RunResult): string[] {
  const names = result.cells.map((cell) => cell.strategy);
  return names.flatMap((name, index) =>
    names.indexOf(name) === index
      ? []
      : [`cells[${index}].strategy: ${JSON.stringify(name)} is there twice`],
  );
}
