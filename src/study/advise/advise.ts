import { adviceFacts } from '../../advice/advice.ts';
import { firmness } from '../../advice/firmness.ts';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import type { AdviceDocument } from '../../result/advice-document.ts';
import type { Fact } from '../../result/finding.ts';
import type { LoadedScenario } from '../scenario/load-scenario.ts';
import { drawnRowsNotes } from '../scenario/drawn-rows.ts';
import { advisedOverlay } from './advised-overlay.ts';
import { drifting } from './drifting.ts';
import { adviceAssumptions } from './advice-assumptions.ts';
import { transactionsUnseen } from './apart.ts';
import { loadByShard } from './load-by-shard.ts';
import { hotTenants } from './hot-tenants.ts';
import { measure, measuring } from './measure.ts';
import { saltedCandidates } from './salted-candidates.ts';
import { withTails } from './simulated-tails.ts';
import { nowOf, remediesOf, settingOf } from './setting.ts';
import { wordedAdvice } from './worded-advice.ts';

/** What is to be advised on; nothing of it needs a database. */
export interface AdviseRequest {
  /** Its strategies are the candidates. */
  readonly loaded: LoadedScenario;
  readonly shardCounts: readonly number[];
  /** What else speaks for trying something before shards. */
  readonly before?: readonly Fact[];
  /** Placements that bands are over. */
  readonly draws: number;
  readonly about: Pick<AdviceDocument, 'startedAt' | 'command' | 'shardlab'>;
  /** Hears what is being done, and how much of the whole is. */
  readonly report: (text: string, fraction: number) => void;
}

/**
 * The document of `advise`: 1. measure every candidate; 2. decide; 3. say it. What to use next is
 * written by whoever asks, who says so in `next`.
 */
export async function advise(request: AdviseRequest): Promise<AdviceDocument> {
  const { loaded, shardCounts, draws, about, report, before = [] } = request;
  const { scenario, workload } = loaded;
  checkOperations(loaded);
  const now = nowOf(loaded);
  report('reading the keys', 0);
  const all = measuring(loaded, now.bytes, draws);
  const measured = await measure(all, shardCounts, report);
  const setting = settingOf(all, now);
  report('choosing salts', 0.8);
  const salted = saltedCandidates(all, measured.candidates, setting);
  const candidates = measured.candidates.concat(salted);
  const remedies = remediesOf(all, setting);
  const asked = { ...measured, candidates, setting, remedies, before };
  const decision = await withTails(all, asked, (done) =>
    report('simulating response times', 0.8 + 0.15 * done),
  );
  report('how firm the answer is', 0.95);
  const hot = await hotTenants(all, decision);
  const facts = {
    ...adviceFacts(decision),
    hotTenants: hot,
    overlay: advisedOverlay(all, decision, hot),
    ...drifting(all, decision),
    firmness: firmness(decision, scenario.seed, scenario.growth.ownRateSpread),
  };
  return {
    schema: 'shardlab/advice/v1',
    name: scenario.name,
    description: scenario.description,
    seed: scenario.seed,
    ...about,
    now: { ...now, tenants: workload.tenants.count },
    objectives: { ...setting.objectives, shardCounts: [...shardCounts] },
    basis: {
      shardQps: setting.capacity?.shard ?? null,
      instanceQps: setting.capacity?.instance ?? null,
      utilisation: setting.utilisation,
      leadMonths: setting.leadMonths,
      horizonMonths: setting.horizonMonths,
      draws,
      arrivals: all.arrivals.count,
      currency: setting.currency,
    },
    ...wordedAdvice(facts, [...transactionsUnseen(workload), ...drawnRowsNotes(loaded)]),
    loadByShard: loadByShard(all, decision),
    next: [],
    assumptions: adviceAssumptions(scenario),
  };
}

function checkOperations({ scenario, workload }: LoadedScenario): void {
  if (workload.operations.length > 0) return;
  throw new UserError(
    `${scenario.name} has no operations, so nothing says what keys are good for`,
    {
      exitCode: exitCodes.usage,
      hint: 'Give the scenario its operations, or profile a log of them.',
    },
  );
}
