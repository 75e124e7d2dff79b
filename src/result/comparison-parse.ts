import { comparisonDocument } from './comparison-document.ts';
import { documentFormat } from './document-text.ts';

/** Reads and writes documents of `compare`. */
export const { parse: parseComparison, format: formatComparison } = documentFormat(
  comparisonDocument,
  'shardlab compare',
);
