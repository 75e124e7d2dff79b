import type {
  CharacteristicsDocument,
  UnwordedCharacteristics,
} from '../result/characteristics-document.ts';
import { assert } from '../base/assert.ts';
import { type Fact, fact } from '../result/finding.ts';
import { healthSentences } from './health.ts';
import { said } from './sentence.ts';
import { worded } from './worded.ts';

/**
 * The document with its sentences.
 *
 * @param leftOut why the scenario does without a template, by its place among all
 */
export function wordedCharacteristics(
  facts: UnwordedCharacteristics,
  leftOut: ReadonlyMap<number, Fact>,
): CharacteristicsDocument {
  return {
    ...facts,
    candidates: facts.candidates.map((candidate, index) => ({
      ...candidate,
      frequent: candidate.frequent.map(({ reason, ...each }) =>
        reason === undefined ? each : { ...each, reason: worded(reason) },
      ),
      findings: candidate.findings.map((each) =>
        worded({ ...each, place: `/candidates/${index}${each.place}` }),
      ),
    })),
    templates: facts.templates.map((template, index) => {
      const reason = leftOut.get(index);
      return reason === undefined
        ? { ...template, inScenario: true, leftOut: null }
        : { ...template, inScenario: false, leftOut: worded(reason) };
    }),
    health: facts.health.map((each) => ({ ...each, text: healthText(each) })),
    unseen: facts.unseen.map(worded),
    scenario: { ...facts.scenario, notes: facts.scenario.notes.map(worded) },
  };
}

function healthText({ code, value, numbers, names }: UnwordedCharacteristics['health'][number]) {
  const sentence = healthSentences[code];
  assert(sentence !== undefined, `a sentence for ${code}`);
  return sentence(said(fact(code, { numbers: { ...numbers, value }, names })));
}
