import { assert } from '../base/assert.ts';
import { describeIssue, type DocumentSource, readDocument } from './document-text.ts';
import { type GrowthDocument, growthDocument } from './growth-document.ts';

const source: DocumentSource = {
  schemas: [growthDocument.shape.schema.value],
  given: 'Give the JSON that `shardlab grow` has written.',
  again: 'run `shardlab grow` again',
};

/**
 * Reads a document of `grow`.
 *
 * @param text the document, JSON
 * @param file its name, for messages only
 * @throws UserError (exit code 2) that lists every problem with its path in the document
 */
export function parseGrowthDocument(text: string, file: string): GrowthDocument {
  return readDocument(text, file, growthDocument, source);
}

/**
 * Writes it: keys in the order of the schema, checked as it is when read back. One that does not
 * pass is a bug of whoever built it, not of the user.
 */
export function formatGrowthDocument(document: GrowthDocument): string {
  const parsed = growthDocument.safeParse(document, { reportInput: true });
  const problems = parsed.success ? [] : parsed.error.issues.map(describeIssue);
  assert(parsed.success, `a valid document: ${problems.join('; ')}`);
  return `${JSON.stringify(parsed.data, null, 2)}\n`;
}
