import { documentFormat } from './document-text.ts';
import { growthDocument } from './growth-document.ts';

/** Reads and writes documents of `grow`. */
export const { parse: parseGrowthDocument, format: formatGrowthDocument } = documentFormat(
  growthDocument,
  'shardlab grow',
);
