import { samplesFor } from '../../metrics/percentiles.ts';
import type { Scenario } from '../../scenario/types.ts';
import { integer } from '../../wording/format.ts';

/** Each operation costs the sending thread more than a microsecond: it never sends so many. */
export const sendableMax = 1e6;

/**
 * Why no cell of a run can be VALID, in sentences; empty where only the run itself can tell.
 * @param measured operations in the window of each cell; null: known only to the run (closed loop)
 */
export function certainlyNotValid(scenario: Scenario, measured: number | null): string[] {
  if (measured === null) return [];
  const { durationMs } = scenario;
  const perSecond = measured / (durationMs / 1000);
  if (perSecond > sendableMax) {
    return [
      `No cell can be VALID: ${integer(perSecond)} operations a second are offered, and the load ` +
        `generator, which is one process, sends fewer than ${integer(sendableMax)} a second. ` +
        `Offer less (--rate), or use \`shardlab simulate\`.`,
    ];
  }
  if (measured >= samplesFor.p99) return [];
  const seconds = Math.ceil((durationMs / 1000) * (surelyEnough / Math.max(1, measured)));
  return [
    `Every cell will be TOO-FEW-SAMPLES, which is not VALID: ${integer(measured)} operations are ` +
      `measured in each, and a p99 needs ${integer(samplesFor.p99)}. Measure longer ` +
      `(--duration ${seconds}s), or at a higher rate.`,
  ];
}

/** Three standard deviations of a Poisson count above what is needed. */
const surelyEnough = samplesFor.p99 + 3 * Math.sqrt(samplesFor.p99);
