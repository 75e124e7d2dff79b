import { adviceDocument } from './advice-document.ts';
import { documentFormat } from './document-text.ts';

/** Reads and writes documents of `advise`. */
export const { parse: parseAdviceDocument, format: formatAdviceDocument } = documentFormat(
  adviceDocument,
  'shardlab advise',
);
