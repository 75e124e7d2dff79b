import type { Course } from './course.ts';
import { type Drift, driftOf, partsNeeded } from './stationarity.ts';
import { ms, percent } from './wording.ts';

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

/** One sentence for each of them. */
export function drifting(drifts: Drifts): string[] {
  const { responseMs, queued, acceptedFraction } = drifts;
  const reasons: string[] = [];
  const thirds = (format: (value: number) => string, { first, last }: Drift): string =>
    `from ${format(first)} in the first third of the window to ${format(last)} in the last`;
  if (responseMs !== null) {
    reasons.push(
      `The median response time changed ${thirds(ms, responseMs)}, more than chance explains: no ` +
        'one number stands for the whole window.',
    );
  }
  if (queued !== null) {
    reasons.push(
      `The queries that waited for a connection changed ${thirds((n) => n.toFixed(1), queued)}: ` +
        'what is measured depends on how long the window is.',
    );
  }
  if (acceptedFraction !== null) {
    reasons.push(
      `The share of the offered operations that were accepted changed ` +
        `${thirds(percent, acceptedFraction)}.`,
    );
  }
  return reasons;
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
