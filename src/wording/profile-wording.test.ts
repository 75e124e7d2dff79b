import { expect, test } from 'vitest';
import { candidateCodes, statementCodes, unseenCodes } from '../result/characteristics-codes.ts';
import { scenarioNoteCodes } from '../result/scenario-note-codes.ts';
import { healthCodes, healthUnseenCodes } from '../sources/postgres/health/health-codes.ts';
import { keysUnseenCodes } from '../sources/postgres/keys/keys-unseen-codes.ts';
import { healthSentences } from './health.ts';
import { postgresUnseenCodes } from '../sources/postgres/unseen-codes.ts';
import { sentences } from './worded.ts';

test('whatever profile finds has a sentence', () => {
  const codes = [
    ...Object.values(candidateCodes),
    ...statementCodes,
    ...Object.values(unseenCodes),
    ...healthUnseenCodes,
    ...keysUnseenCodes,
    ...Object.values(scenarioNoteCodes),
    ...postgresUnseenCodes,
  ];
  expect(codes.filter((code) => !(code in sentences))).toEqual([]);
});

test('every number of a server has a sentence, and no other', () => {
  expect(Object.keys(healthSentences).toSorted()).toEqual([...healthCodes].toSorted());
});
