import { assert } from '../base/assert.ts';
import type { Fact, Finding } from '../result/finding.ts';
import { adviceMeasuredSentences } from './advice-measured.ts';
import { adviceSentences } from './advice.ts';
import { alarmSentences } from './alarms.ts';
import { capacitySentences } from './capacity.ts';
import { artefactSentences } from './artefacts.ts';
import { cellNoteSentences } from './cell-notes.ts';
import { differenceSentences } from './differences.ts';
import { comparisonSentences } from './comparison.ts';
import { fateSentences } from './fates.ts';
import { runFindingSentences } from './findings.ts';
import { gateSentences } from './gate.ts';
import { growthSentences } from './growth.ts';
import { keyFindingSentences } from './key-findings.ts';
import { modelSentences } from './model.ts';
import { neighbourSentences } from './neighbours.ts';
import { profileUnseenSentences } from './profile-unseen.ts';
import { querySentences } from './queries.ts';
import { routerSentences } from './routers.ts';
import { scenarioNoteSentences } from './scenario-notes.ts';
import { allSentences, said, type Sentences } from './sentence.ts';
import { tableSentences } from './tables.ts';
import { thresholdSentences } from './thresholds.ts';
import { verdictSentences } from './verdict.ts';

/** One file for each kind of document or part of it. */
export const sentences: Sentences = allSentences([
  verdictSentences,
  runFindingSentences,
  neighbourSentences,
  cellNoteSentences,
  alarmSentences,
  modelSentences,
  gateSentences,
  querySentences,
  growthSentences,
  routerSentences,
  fateSentences,
  tableSentences,
  thresholdSentences,
  differenceSentences,
  comparisonSentences,
  keyFindingSentences,
  profileUnseenSentences,
  scenarioNoteSentences,
  adviceSentences,
  adviceMeasuredSentences,
  capacitySentences,
  artefactSentences,
]);

/** The fact with its sentence, as documents have it. */
export function worded(fact: Fact): Finding {
  const sentence = sentences[fact.code];
  assert(sentence !== undefined, `a sentence for ${fact.code}`);
  return { ...fact, text: sentence(said(fact)) };
}
