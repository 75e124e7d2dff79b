import { assert } from '../base/assert.ts';
import { type BenchDocument, benchDocument } from './bench-document.ts';
import { describeIssue, type DocumentSource, readDocument } from './document-text.ts';

const source: DocumentSource = {
  schemas: [benchDocument.shape.schema.value],
  given: 'Give the JSON that `shardlab bench` has written.',
  again: 'run `shardlab bench` again',
};

/**
 * Reads a document of `bench`.
 *
 * @param text the document, JSON
 * @param file its name, for messages only
 * @throws UserError (exit code 2) that lists every problem with its path in the document
 */
export function parseBenchDocument(text: string, file: string): BenchDocument {
  return readDocument(text, file, benchDocument, source);
}

/**
 * Writes it: keys in the order of the schema, checked as it is when read back. One that does not
 * pass is a bug of whoever built it, not of the user.
 */
export function formatBenchDocument(document: BenchDocument): string {
  const parsed = benchDocument.safeParse(document, { reportInput: true });
  const problems = parsed.success ? [] : parsed.error.issues.map(describeIssue);
  assert(parsed.success, `a valid document: ${problems.join('; ')}`);
  return `${JSON.stringify(parsed.data, null, 2)}\n`;
}
