import { benchDocument } from './bench-document.ts';
import { documentFormat } from './document-text.ts';

/** Reads and writes documents of `bench`. */
export const { parse: parseBenchDocument, format: formatBenchDocument } = documentFormat(
  benchDocument,
  'shardlab bench',
);
