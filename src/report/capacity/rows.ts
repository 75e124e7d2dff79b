import type { CapacityDocument, CapacityStrategy } from '../../result/capacity-document.ts';
import type { CapacityStep } from '../../result/capacity-step.ts';
import { listed, ms, percent, short } from '../../wording/format.ts';
import type { Tone } from '../document.ts';
import { name } from '../text.ts';

/** What the parts of a capacity report take from its document. */

/** `tenant_id/jump`, and `tenant_id/jump on 8 shards` where it stands at several counts. */
export function titleOf(
  { strategy, shardCount }: CapacityStrategy,
  { strategies }: Pick<CapacityDocument, 'strategies'>,
): string {
  const several = strategies.filter((each) => each.strategy === strategy).length > 1;
  return several ? `${name(strategy)} on ${shardCount} shards` : name(strategy);
}

const words: Readonly<Record<CapacityStrategy['status'], { text: string; tone: Tone }>> = {
  found: { text: 'found', tone: 'good' },
  'at-least': { text: 'at least', tone: 'doubtful' },
  'not-met': { text: 'not met', tone: 'bad' },
  unfinished: { text: 'not confirmed', tone: 'doubtful' },
  failed: { text: 'failed', tone: 'bad' },
  interrupted: { text: 'interrupted', tone: 'doubtful' },
};

export const wordOf = ({ status }: CapacityStrategy) => words[status];

/** `740`, and `≥ 740` where the shards may take more. */
export function sustainedText({ sustainedQps, status }: CapacityStrategy): string | null {
  if (sustainedQps === null) return null;
  return status === 'at-least' ? `≥ ${short(sustainedQps)}` : short(sustainedQps);
}

/** `700 to 820`. */
export function intervalText({ interval }: CapacityStrategy): string | null {
  if (interval === null) return null;
  const { low, high } = interval;
  return high === null ? `${short(low)} or more` : `${short(low)} to ${short(high)}`;
}

/** `shard 2`. */
export function limitText({ limitedBy, shardCount }: CapacityStrategy): string | null {
  if (limitedBy === null) return null;
  if (limitedBy.kind === 'none') return 'nothing yet';
  if (limitedBy.kind === 'generator') return 'generator';
  if (limitedBy.kind === 'machine') return 'other programs';
  return shardCount === 1 ? 'the shard' : `shard ${limitedBy.shard ?? 0}`;
}

/** Windows at one rate. */
export const stepsAt = (
  { steps }: CapacityStrategy,
  rateQps: number | null,
): readonly CapacityStep[] => steps.filter((step) => step.rateQps === rateQps);

/** The p99 in the middle of the windows at a rate; null where one of them has none. */
export function responseMsP99(steps: readonly CapacityStep[]): number | null {
  const known = steps.flatMap(({ responseMs }) => responseMs.p99 ?? []).toSorted((a, b) => a - b);
  if (known.length === 0 || known.length < steps.length) return null;
  return known[Math.floor(known.length / 2)] ?? null;
}

/** Each strategy with the rate that it sustains, the largest first. */
export function bySustained({ strategies }: CapacityDocument): readonly CapacityStrategy[] {
  return strategies.toSorted((a, b) => (b.sustainedQps ?? -1) - (a.sustainedQps ?? -1));
}

const outcomes: Readonly<Record<CapacityStep['outcome'], { text: string; tone: Tone }>> = {
  held: { text: 'held', tone: 'good' },
  broken: { text: 'broken', tone: 'bad' },
  generator: { text: 'generator late', tone: 'doubtful' },
  spoilt: { text: 'spoilt', tone: 'doubtful' },
};

export const outcomeOf = ({ outcome }: CapacityStep) => outcomes[outcome];

/** The sentences of a strategy: what limits it, and what else is to be known. */
export function sentencesOf({ limitedBy, notes, error }: CapacityStrategy): readonly string[] {
  return [
    ...(error === null ? [] : [error]),
    ...notes.map(({ text }) => text),
    ...(limitedBy === null ? [] : [limitedBy.reason.text]),
  ];
}

/** `p99 23.4 ms`, or why there is none. */
export function timesText({ responseMs: { p99 }, failures, arrivals }: CapacityStep): string {
  if (p99 !== null) return `p99 ${ms(p99)}`;
  return failures > 0 ? `${percent(failures / arrivals)} failed` : 'too few operations for a p99';
}

/** One sentence about the answers; null where there are none. */
export function headline(document: CapacityDocument): string | null {
  const known = bySustained(document).filter(({ sustainedQps }) => sustainedQps !== null);
  const [most, next] = known;
  if (most === undefined) return null;
  const objective = document.objective.expressions.join(' and ');
  const rateOf = (one: CapacityStrategy): string => `${sustainedText(one)} operations a second`;
  const least = known.at(-1);
  if (next === undefined || least === undefined) {
    return `${titleOf(most, document)} sustains ${rateOf(most)} with ${objective}.`;
  }
  const alike = known.filter((one) => one === most || overlap(most, one));
  if (alike.length > 1) {
    const others = alike.slice(1).map((one) => titleOf(one, document));
    const overlaps =
      others.length === 1
        ? `the interval of ${listed(others)} overlaps with it`
        : `the intervals of ${listed(others)} overlap with it`;
    return (
      `The largest rate found is ${rateOf(most)} with ${objective}, of ` +
      `${titleOf(most, document)}; ${overlaps}, so which of them takes more is not known.`
    );
  }
  return (
    `${titleOf(most, document)} sustains the most: ${rateOf(most)} with ${objective}, and ` +
    `${titleOf(least, document)} the least, ${sustainedText(least)}.`
  );
}

/** Whether the answers of two strategies may be the same. */
export function overlap(a: CapacityStrategy, b: CapacityStrategy): boolean {
  if (a.interval === null || b.interval === null) return true;
  const highOf = ({ interval }: CapacityStrategy): number =>
    interval?.high ?? Number.POSITIVE_INFINITY;
  return a.interval.low < highOf(b) && b.interval.low < highOf(a);
}
