import { fact } from '../result/finding.ts';
import type { GrowthFacts } from '../result/growth-document.ts';
import type { Candidate } from './candidate.ts';
import type { GrowthContext } from './growth-case.ts';
import { instanceRemedies } from './instance-remedies.ts';
import { billRatio, monthlyCost } from './monthly-cost.ts';

type Alternatives = NonNullable<GrowthFacts['oneInstance']['alternatives']>;
type Limit = Pick<GrowthFacts['oneInstance']['limits'][number], 'limit' | 'now' | 'allowed'>;

/** Limits of the machine, which a larger one lifts. */
const ofMachine: ReadonlySet<string> = new Set(['CPU', 'disk']);
/** Nothing is full by it. */
const harmless = 'size without a reason to shard';

/** What a lead asks first: a larger instance or replicas for reads, until when, at which price. */
export function instanceAlternatives(
  { scenario, now }: GrowthContext,
  { mix, database }: Candidate,
  limits: readonly Limit[],
  monthsUntil: (limit: string, now: number, allowed: number) => number | null,
): Alternatives {
  const { cost, growth, capacity } = scenario;
  const grown = (1 + growth.load.value) ** growth.lastMonths;
  const wanted = (now.qps * Math.max(1, grown)) / capacity.utilisation;
  const wantedFactor = database === null ? null : wanted / database.low;
  const one = monthlyCost(cost, { databases: 1, bytes: now.bytes, fromOneInstance: true });
  return instanceRemedies({ cost, mix, bytes: now.bytes, wantedFactor }).map((remedy) => {
    const { kind, count, capacityFactor, bill } = remedy;
    const months = limits.flatMap(({ limit, now: used, allowed }) => {
      if (allowed === null || limit === harmless) return [];
      const lifted = limit === 'CPU' ? capacityFactor : count;
      const isLifted = ofMachine.has(limit) && (limit === 'CPU' || kind === 'larger-instance');
      return monthsUntil(limit, used, isLifted ? allowed * lifted : allowed) ?? [];
    });
    const monthsP50 = database === null || months.length === 0 ? null : Math.min(...months);
    const known = database === null ? 'unknown' : 'known';
    const numbers = {
      count,
      capacityRatio: capacityFactor,
      months: monthsP50,
      monthlyCost: bill.total.mid,
    };
    return {
      kind,
      count,
      capacityRatio: capacityFactor,
      monthsP50,
      monthlyCost: bill,
      billRatio: billRatio(bill, one).mid,
      what: fact('instance-alternative', {
        numbers,
        names: { kind, currency: cost.currency, capacity: known },
      }),
    };
  });
}
