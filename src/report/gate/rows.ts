import type {
  CounterDifference,
  GateCounters,
  GateDocument,
  GateStatus,
} from '../../result/gate-document.ts';
import type {
  GateTiming,
  RatioInterval,
  RouterTiming,
  TimingStatus,
} from '../../result/gate-timing.ts';
import { pairsNeeded } from '../../base/statistics/pairs-needed.ts';
import type { Tone } from '../document.ts';
import { duration, fineRatio, percent, ratio, significant } from '../../wording/format.ts';

/** What all forms of the gate's report say alike. */

export const verdictWords: Readonly<Record<GateStatus, string>> = {
  missing: 'FAILED',
  changed: 'FAILED',
  regressed: 'REGRESSED',
  undecided: 'UNDECIDED',
  pass: 'PASS',
};

export const statusTones: Readonly<Record<TimingStatus | GateStatus, Tone>> = {
  pass: 'good',
  undecided: 'doubtful',
  regressed: 'bad',
  changed: 'bad',
  missing: 'bad',
};

const dash = '—';

/** Whether the ratio means anything: of so few pairs that it has no interval it is chance. */
export const isKnown = (interval: RatioInterval | null): interval is RatioInterval =>
  interval !== null && (interval.low !== null || interval.high !== null);

/** A look-up in base and in head; like the ratio, not shown where it is chance. */
export const nanosecondsText = ({ head, baseNs, headNs }: RouterTiming): [string, string] =>
  isKnown(head) && baseNs !== null && headNs !== null
    ? [significant(baseNs), significant(headNs)]
    : [dash, dash];

export const ratioText = (interval: RatioInterval | null): string =>
  isKnown(interval) ? fineRatio(interval.ratio) : dash;

/** `0.990 to 1.020`; of too few pairs how many it takes. */
export function intervalText(interval: RatioInterval | null): string {
  if (interval === null) return dash;
  const { low, high, lowLevel, highLevel } = interval;
  if (low !== null && high !== null) return `${fineRatio(low)} to ${fineRatio(high)}`;
  if (low !== null) return `from ${fineRatio(low)}`;
  if (high !== null) return `up to ${fineRatio(high)}`;
  return `needs ${pairsNeeded(Math.max(lowLevel, highLevel))} pairs`;
}

export const noiseText = ({ noise }: RouterTiming): string =>
  noise === null ? dash : percent(noise);

/** One sentence about the exact counters. */
export function countersText(counters: GateCounters): string {
  const { routers, hashes, compared, against, differences, problems } = counters;
  const subjects = [
    `${routers.length} ${routers.length === 1 ? 'router' : 'routers'}`,
    ...(hashes === 0 ? [] : [`${hashes} key hashes`]),
  ].join(' and ');
  const where = against.length === 0 ? '' : ` against ${against.join(' and ')}`;
  const result =
    differences.length === 0 ? 'none of them differs' : `${differences.length} of them differ`;
  const gaps = problems.length === 0 ? '' : `, ${problems.length} could not be compared`;
  return `${compared} exact counters of ${subjects}${where}: ${result}${gaps}`;
}

const endedWords: Record<GateTiming['ended'], string> = {
  'every router decided': 'The measurement ended because every router was decided.',
  'time is up': 'The measurement ended because its time was used up.',
  'a router is missing': 'The measurement ended early because a router could not be timed.',
  interrupted: 'The measurement ended early because it was interrupted.',
};

/** How the times were taken. */
export function timingText(document: GateDocument): string {
  const { timing } = document;
  if (timing === null) return 'Nothing was timed.';
  const { rounds, elapsedMs, looks, alpha, ended } = timing;
  return (
    `Times were measured in ${rounds} ${rounds === 1 ? 'round' : 'rounds'}, for ` +
    `${duration(elapsedMs)}. They were evaluated ${looks.taken.length} times of ` +
    `${looks.planned.length} planned; the one-sided error over all evaluations and all ` +
    `routers is ${alpha}. ${endedWords[ended]}`
  );
}

export const columnsLegend = ({ tolerance, passBelow }: GateTiming): string => {
  const limit = ratio(1 + tolerance);
  return (
    'ns is the time of one look-up on 16 shards, with the hash of the key. ratio is head / ' +
    'base, the median over pairs of processes. noise is how much two measurements of base ' +
    'differ in the same rounds. A router is regressed if the low end of its interval is ' +
    `above ${limit} and above 1 + noise; it passes if the high end is below ` +
    `${fineRatio(passBelow)}.`
  );
};

/** A value of a counter in few characters. */
export const counterText = (value: string | number | null): string =>
  value === null ? 'none' : String(value);

/** One counter and what it should be. */
export const differenceText = ({ subject, counter, expected, found }: CounterDifference): string =>
  `${subject}: ${counter}: expected ${counterText(expected)}, found ${counterText(found)}`;

/** What came of timing a router. */
export function timedText({ status, problem, head, pairs }: RouterTiming): string {
  const times = isKnown(head)
    ? `head takes ${ratioText(head)} times as long as the base (${intervalText(head)})`
    : `too few pairs of processes were measured to compare head and base (${pairs}; ` +
      `${intervalText(head)})`;
  return problem ?? `${status}: ${times}`;
}
