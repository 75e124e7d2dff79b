import type { Decision } from '../advice/advice.ts';
import { driftFindings } from '../advice/drift/drift-findings.ts';
import { waitingFor } from '../advice/drift/waiting.ts';
import type { AdviceFacts } from '../result/advice-document.ts';
import type { DriftFacts } from '../result/advice-drift.ts';
import { growthInput } from '../scenario/growth-input.ts';

/** What time does to the sample of advice; the alarms are made up. */
export function sampleTime({
  choice: { best },
  kind,
  setting,
  stay,
}: Decision): Pick<AdviceFacts, 'drift' | 'waiting'> {
  if (best === null) return { drift: null, waiting: null };
  const { moves } = growthInput.parse({});
  const waiting = waitingFor({ candidate: best.candidate, setting }, stay, moves);
  if (kind === 'stay') return { drift: null, waiting };
  const { strategy, shardCount } = best.candidate;
  const drift: Omit<DriftFacts, 'findings'> = {
    strategy,
    shardCount,
    spread: 0.05,
    futures: 100,
    horizonMonths: 120,
    alarms: [
      {
        alarm: 'shard-full',
        limit: 0.7,
        months: { p10: 9, p50: 13, p90: 20 },
        fraction: 1,
      },
      {
        alarm: 'uneven',
        limit: 1.3,
        months: { p10: 11, p50: null, p90: null },
        fraction: 0.4,
      },
      {
        alarm: 'disk-full',
        limit: 0.7,
        months: { p10: null, p50: null, p90: null },
        fraction: 0,
      },
    ],
    moves: {
      maxOverMeanMost: 1.3,
      aYear: { p50: 2, p90: 5 },
      loadFraction: { p50: 0.03, p90: 0.06 },
      stuckFraction: 0,
    },
  };
  return { drift: { ...drift, findings: driftFindings(drift, true) }, waiting };
}
