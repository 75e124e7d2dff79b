import { assert } from '../base/assert.ts';
import {
  describeIssue,
  type DocumentSource,
  invalidDocument,
  readDocument,
} from './document-text.ts';
import { isSameCell } from './cells.ts';
import { sentencesToFindings } from './older-documents.ts';
import { type Cell, type RunResult, runResult } from './types.ts';

const schema = runResult.shape.schema.value;
const version1 = 'shardlab/result/v1';

/** Where version 1 has sentences and nothing else. */
const sentencesOfVersion1 = [
  'environment/notes/*',
  'findings/*',
  'cells/*/notes/*',
  'cells/*/verdict/reasons/*',
  'cells/*/alarms/*/note',
];

const source: DocumentSource = {
  schemas: [schema, version1],
  upgrades: { [version1]: sentencesToFindings(schema, sentencesOfVersion1) },
  given: 'Give the result.json that a run has written.',
  again: 'run the scenario again',
};

/**
 * Reads a result document.
 *
 * @param text the document, JSON
 * @param file its name, for messages only
 * @throws UserError (exit code 2) that lists every problem with its path in the document
 */
export function parseRunResult(text: string, file: string): RunResult {
  const result = readDocument(text, file, runResult, source);
  const contradictions = contradictionsIn(result);
  const repeated = repeatedCells(result);
  if (contradictions.length + repeated.length > 0) {
    throw invalidDocument(file, [...contradictions, ...repeated], source);
  }
  return result;
}

/**
 * Writes a result document: keys in the order of the schema, checked as it is when read back.
 * A result that does not pass is a bug of whoever built it, not of the user.
 */
export function formatRunResult(result: RunResult): string {
  const parsed = runResult.safeParse(result, { reportInput: true });
  const problems = parsed.success
    ? [...contradictionsIn(parsed.data), ...repeatedCells(parsed.data)]
    : parsed.error.issues.map(describeIssue);
  assert(parsed.success && problems.length === 0, `a valid result: ${problems.join('; ')}`);
  const { spoilt } = parsed.data;
  const cells = parsed.data.cells.map(sorted);
  const written = { ...parsed.data, cells, ...(spoilt && { spoilt: spoilt.map(sorted) }) };
  return `${JSON.stringify(written, null, 2)}\n`;
}

/** Errors are counted in the order they happened to arrive in: sorted, two runs can be diffed. */
const sorted = (cell: Cell): Cell => ({ ...cell, load: withSortedErrors(cell.load) });

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

/** What each field allows but the fields together do not. */
const contradictionsIn = ({ cells, spoilt = [] }: RunResult): string[] => [
  ...cells.flatMap((cell, index) => contradictionsOf(cell, `cells[${index}]`)),
  ...spoilt.flatMap((cell, index) => contradictionsOf(cell, `spoilt[${index}]`)),
];

function contradictionsOf(cell: Cell, path: string): string[] {
  if (cell.status !== 'ok') return [];
  const problems: string[] = [];
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

/** A strategy may stand there at several shard counts, once at each. */
function repeatedCells({ cells }: RunResult): string[] {
  return cells.flatMap((cell, index) =>
    cells.findIndex((other) => isSameCell(other, cell)) === index
      ? []
      : [
          `cells[${index}].strategy: ${JSON.stringify(cell.strategy)} is there twice with a ` +
            `shardCount of ${cell.shardCount}`,
        ],
  );
}
