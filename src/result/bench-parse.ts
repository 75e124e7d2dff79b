import { benchDocument } from './bench-document.ts';
import { documentFormat } from './document-text.ts';
import { sentencesToFindings } from './older-documents.ts';

/** Reads and writes documents of `bench`. */
export const { parse: parseBenchDocument, format: formatBenchDocument } = documentFormat(
  benchDocument,
  'shardlab bench',
  {
    'shardlab/bench/v1': sentencesToFindings('shardlab/bench/v2', [
      'rows/*/reasons/*',
      'rows/*/hotPath/notes/*',
    ]),
  },
);
