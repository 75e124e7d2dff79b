import { type Fact, fact } from '../result/finding.ts';
import type { Decision } from './advice.ts';
import type { Setting } from './candidate-figures.ts';
import type { Ceiling, CeilingName } from './ceilings.ts';
import type { Stay } from './instance.ts';
import type { JudgedRemedy } from './remedies.ts';

/** To have something else than shards. */
export function remedyAdvice({ remedy, months }: JudgedRemedy, setting: Setting): Fact {
  const { kind, count, monthlyCost } = remedy;
  const numbers = {
    count,
    months: months.trend,
    neededMonths: setting.objectives.months,
    monthlyCost,
  };
  const names = { currency: setting.currency };
  return fact(`advice-stay-${kind}`, { numbers, names });
}

/** What the other ways would do: where shards are the answer, and where nothing is. */
export function remedyGrounds({ kind, stay, judgedRemedies, instead, setting }: Decision): Fact[] {
  if (stay.isEnough !== false || setting.capacity === null) return [];
  return judgedRemedies
    .filter((each) => each !== instead)
    .map(({ remedy, months, isEnough }) => {
      const { count, monthlyCost, capacityFactor } = remedy;
      const numbers = { count, monthlyCost, capacityRatio: capacityFactor, months: months.trend };
      const names = {
        currency: setting.currency,
        kind: remedy.kind,
        enough: isEnough && kind === 'nothing-helps' ? 'enough' : 'compared',
      };
      return fact('advice-remedy-would', { numbers, names });
    });
}

const ofSize: ReadonlySet<CeilingName> = new Set(['disk', 'size', 'backup', 'restore', 'memory']);

/** Where the size is what is full, older rows may go: how many, and whether the load is next. */
export function archiveFirst({ first, limits }: Stay, setting: Setting): Fact[] {
  if (first === null || !ofSize.has(first.limit)) return [];
  const { months } = setting.objectives;
  const grown = first.now * (1 + setting.trends.bytes.value) ** months;
  const archivedFraction = 1 - first.allowed / grown;
  if (archivedFraction <= 0) return [];
  const next = nextOfLoad(limits);
  const isNext = next !== null && next.months.trend !== null && next.months.trend < months;
  const numbers = {
    archivedFraction,
    neededMonths: months,
    loadMonths: isNext ? next.months.trend : null,
  };
  return [fact('advice-archive-first', { numbers, names: { limit: first.limit } })];
}

function nextOfLoad(limits: readonly Ceiling[]): Ceiling | null {
  const [next] = limits
    .filter(({ limit, months }) => !ofSize.has(limit) && months.trend !== null)
    .toSorted((a, b) => (a.months.trend ?? 0) - (b.months.trend ?? 0));
  return next ?? null;
}
