import { documentFormat } from './document-text.ts';
import { growthDocument } from './growth-document.ts';
import { sentencesToFindings } from './older-documents.ts';

/** Where version 1 has sentences and nothing else. */
const sentencesOfVersion1 = [
  'recommendation/text',
  'recommendation/reasons/*',
  'recommendation/act',
  'capacity/*/basis',
  'capacity/*/why',
  'capacity/*/firstToFill/why',
  'cost/*/verdict/reasons/*',
  'plans/*/warnings/*',
  'plans/*/rule/moves/*/reason',
  'plans/*/rule/ignored/*/reason',
  'largestTenants/*/text',
  'largestTenants/*/remedies/*/how',
  'oneInstance/limits/*/text',
  'oneInstance/advice/*',
  'findings/*',
];

/** These names say now what the sentence is. */
const renamed = {
  'recommendation/text': 'advice',
  'largestTenants/*/text': 'limit',
  'oneInstance/limits/*/text': 'meaning',
};

/** Reads and writes documents of `grow`. */
export const { parse: parseGrowthDocument, format: formatGrowthDocument } = documentFormat(
  growthDocument,
  'shardlab grow',
  {
    'shardlab/growth/v1': sentencesToFindings('shardlab/growth/v2', sentencesOfVersion1, renamed),
  },
);
