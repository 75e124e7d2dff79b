import type { AdviceDocument, AdviceFacts } from '../../result/advice-document.ts';
import type { Fact } from '../../result/finding.ts';
import { worded } from '../../wording/worded.ts';

type Worded = Pick<
  AdviceDocument,
  | 'recommendation'
  | 'instance'
  | 'fullestShard'
  | 'candidates'
  | 'hotTenants'
  | 'drift'
  | 'waiting'
  | 'findings'
>;

/** With a sentence for each fact, and where it stands in the document. */
export function wordedAdvice(
  {
    recommendation,
    firmness,
    instance,
    fullestShard,
    candidates,
    hotTenants,
    overlay,
    drift,
    waiting,
  }: AdviceFacts,
  notes: readonly Fact[],
): Worded {
  const at = (place: string) => (found: Fact) => worded({ ...found, place });
  const advice = at('/recommendation')(recommendation.advice);
  return {
    recommendation: {
      ...recommendation,
      sentence: advice.text,
      advice,
      reasons: recommendation.reasons.map(at('/recommendation')),
      overlay,
      firmness: {
        ...firmness,
        firstChange: at('/recommendation/firmness')(firmness.firstChange),
      },
    },
    instance,
    fullestShard,
    candidates: candidates.map((candidate, index) => ({
      ...candidate,
      reasons: candidate.reasons.map(at(`/candidates/${index}`)),
    })),
    hotTenants: hotTenants.map(({ options, finding, ...each }, index) => {
      const here = at(`/hotTenants/${index}`);
      const named = options.map((one) => ({ ...one, reasons: one.reasons.map(here) }));
      return { ...each, options: named, finding: here(finding) };
    }),
    drift: drift && { ...drift, findings: drift.findings.map(at('/drift')) },
    waiting: waiting && { ...waiting, finding: at('/waiting')(waiting.finding) },
    findings: notes.map(worded),
  };
}
