import { characteristicsDocument } from './characteristics-document.ts';
import { documentFormat } from './document-text.ts';

/** Reads and writes documents of `profile`. */
export const { parse: parseCharacteristics, format: formatCharacteristics } = documentFormat(
  characteristicsDocument,
  'shardlab profile',
);
