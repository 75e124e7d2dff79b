import { isAlwaysHeld, isNeverHeld, type SearchStep, type TriedRate } from './search-step.ts';

/** Where the objective stops to hold, as far as windows show it. */
export interface Edge {
  /** The largest rate that holds; null: none was seen to. */
  readonly held: TriedRate | null;
  /** The next one that was tried, which does not; null: none was seen. */
  readonly broken: TriedRate | null;
}

/** A window that chance may have made so counts for half of a clear one. */
const weightOf = ({ isClear }: SearchStep): number => (isClear ? 2 : 1);

function weigh(rates: readonly TriedRate[], isHeld: boolean): number {
  return rates
    .flatMap(({ steps }) => steps)
    .filter(({ outcome }) => (outcome === 'held') === isHeld)
    .reduce((sum, step) => sum + weightOf(step), 0);
}

/**
 * More load never makes an objective hold, so there is one rate up to which it does. Windows differ
 * by chance, so the edge is put where the fewest of them contradict it, whatever their order: one
 * hiccup of the machine does not lead the search astray. Where two places are as good it is the
 * lower one, until more windows have been measured.
 *
 * @param rates the lowest first
 */
export function edgeOf(rates: readonly TriedRate[]): Edge {
  let best = { place: 0, against: Number.POSITIVE_INFINITY };
  for (let place = 0; place <= rates.length; place += 1) {
    const against = weigh(rates.slice(0, place), false) + weigh(rates.slice(place), true);
    if (against < best.against) best = { place, against };
  }
  return { held: rates[best.place - 1] ?? null, broken: rates[best.place] ?? null };
}

/** Rates a second between which the answer lies. */
export interface RateInterval {
  /** 0: no rate was held in all of its windows. */
  readonly low: number;
  /** null: every rate was held in some window. */
  readonly high: number | null;
}

/**
 * From the largest rate up to which every window held, to the smallest from which none did: rates
 * whose windows disagree lie within.
 */
export function intervalOf(rates: readonly TriedRate[]): RateInterval {
  const sure = rates.findIndex((rate) => !isAlwaysHeld(rate));
  const low = rates[(sure < 0 ? rates.length : sure) - 1]?.ratePerSecond ?? 0;
  const lastHeld = rates.findLastIndex((rate) => !isNeverHeld(rate));
  return { low, high: rates[lastHeld + 1]?.ratePerSecond ?? null };
}
