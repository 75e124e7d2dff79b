import { type Fact, fact } from '../result/finding.ts';
import type { Course } from './course.ts';
import { type Drift, driftOf, partsNeeded } from './stationarity.ts';

/** What has changed within the window; null is what has not, or could not be tested. */
export interface Drifts {
  readonly responseMs: Drift | null;
  readonly queued: Drift | null;
  readonly acceptedFraction: Drift | null;
}

/** Changes smaller than these do not matter to a reader, however certain they are. */
const responseRatio = 1.25;
const queuedRatio = 2;
const queuedLeast = 1;
const acceptedPoints = 0.05;

/** A median is known to about 1 % at best: the buckets are that wide after interpolation. */
const logFloor = 0.01;
const queuedFloor = 0.05;
const acceptedFloor = 0.01;

export function driftsOf(course: Course): Drifts {
  const { cycleParts } = course.shape;
  const queued = driftOf(course.queued().map(Math.log1p), { noiseFloor: queuedFloor, cycleParts });
  const accepted = driftOf(acceptedFractions(course), { noiseFloor: acceptedFloor, cycleParts });
  return {
    responseMs: where(responseDrift(course), ({ first, last }) => {
      return Math.abs(Math.log(last / first)) > Math.log(responseRatio);
    }),
    queued: where(queued && inverse(queued, Math.expm1), ({ first, last }) => {
      const [less, more] = [Math.min(first, last), Math.max(first, last)];
      return more - less >= queuedLeast && more >= queuedRatio * less;
    }),
    acceptedFraction: where(accepted, ({ first, last }) => Math.abs(last - first) > acceptedPoints),
  };
}

/** What changed, from the first third of the window to the last. */
export function drifting({ responseMs, queued, acceptedFraction }: Drifts): Fact[] {
  const facts: Fact[] = [];
  if (responseMs !== null) {
    const { first, last } = responseMs;
    facts.push(drifted('response-drifting', { firstMs: first, lastMs: last }));
  }
  if (queued !== null) {
    const { first, last } = queued;
    facts.push(drifted('queue-drifting', { firstQueued: first, lastQueued: last }));
  }
  if (acceptedFraction !== null) {
    const { first, last } = acceptedFraction;
    facts.push(drifted('accepted-drifting', { firstFraction: first, lastFraction: last }));
  }
  return facts;
}

function drifted(code: string, numbers: Fact['numbers']): Fact {
  return fact(code, { severity: 'error', numbers });
}

function where(drift: Drift | null, matters: (drift: Drift) => boolean): Drift | null {
  return drift !== null && matters(drift) ? drift : null;
}

function inverse({ first, last }: Drift, of: (value: number) => number): Drift {
  return { first: of(first), last: of(last) };
}

/** Tested by the logarithm, in which noise is alike at all heights. */
function responseDrift(course: Course): Drift | null {
  const { cycleParts, parts } = course.shape;
  for (let together = 1; parts / together >= partsNeeded; together += 1) {
    // Parts of a cycle are compared with their like, so they are not put together.
    if (together > 1 && cycleParts > 1) return null;
    const medians = course.responseMsP50(together).filter((p50) => p50 !== null);
    if (medians.length < Math.floor(parts / together)) continue;
    const drift = driftOf(medians.map(Math.log), { noiseFloor: logFloor, cycleParts });
    return drift && inverse(drift, Math.exp);
  }
  return null;
}

function acceptedFractions({ offered, accepted }: Course): number[] {
  return Array.from(offered, (count, part) => (count === 0 ? 1 : (accepted[part] ?? 0) / count));
}
