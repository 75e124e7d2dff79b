import type { AdviceDocument, AdvisedCandidate } from '../../../result/advice-document.ts';
import { money, percent, short, times } from '../../../wording/format.ts';
import type { Block, Fact, Section } from '../../document.ts';
import { name, sentence } from '../../text.ts';
import { bestOf, labelOf, monthsText, isPresentInstance } from '../rows.ts';

/** What to do, why, and how firm that is. */
export function answerSection(document: AdviceDocument): Section {
  const { recommendation } = document;
  const { reasons, firmness } = recommendation;
  const blocks: Block[] = [
    { kind: 'lead', sentences: [sentence(recommendation.sentence)] },
    { kind: 'facts', facts: [...factsOf(document), firmFact(document)] },
  ];
  if (reasons.length > 0) {
    blocks.push({ kind: 'heading', text: 'Why' });
    blocks.push({ kind: 'list', items: reasons.map(({ text }) => sentence(text)) });
  }
  blocks.push({ kind: 'paragraph', text: sentence(firmness.firstChange.text) });
  return { id: 'answer', title: 'The answer', blocks, onePage: true };
}

/** The best candidate in numbers, beside the instance. */
function factsOf(document: AdviceDocument): Fact[] {
  const best = bestOf(document);
  if (best === null) return [];
  const instance = document.candidates.find(isPresentInstance);
  return [
    { term: termOf(document), text: labelOf(best) },
    { term: 'Capacity', text: capacityText(best) },
    { term: 'Bill', text: billText(best, instance, document) },
    ...monthsFact(best),
    ...moveFact(best),
    ...blastFact(best),
  ];
}

/** What falls short of what is asked is no more than the nearest. */
function termOf({ recommendation: { kind, advice } }: AdviceDocument): string {
  if (kind !== 'shard') return 'If it is needed';
  return advice.code === 'advice-shard' ? 'Recommended' : 'Nearest';
}

function capacityText({ capacityQps, capacityBandQps, capacityRatio }: AdvisedCandidate): string {
  const against = `${times(capacityRatio)} that of the instance`;
  if (capacityQps === null || capacityBandQps === null) return against;
  const [low, high] = [capacityBandQps.p5, capacityBandQps.p95].map((qps) => whole(qps));
  const range = low === high ? '' : ` (${low} to ${high} in 9 of 10 placements)`;
  return `${whole(capacityQps)} operations/s${range}, ${against}`;
}

const whole = (qps: number): string => short(Math.round(qps));

function billText(
  { monthlyCost }: AdvisedCandidate,
  instance: AdvisedCandidate | undefined,
  { basis }: AdviceDocument,
): string {
  const now = instance === undefined ? '' : `, instead of ${money(instance.monthlyCost)}`;
  return `${money(monthlyCost)} ${name(basis.currency)} a month${now}`;
}

function monthsFact({ monthsToFull }: AdvisedCandidate): Fact[] {
  if (monthsToFull === null) return [];
  const { trend, fast } = monthsToFull;
  if (trend === 0) return [{ term: 'Months until full', text: 'none: it is full today' }];
  const within = (months: number | null): string =>
    months === null ? 'not within the horizon' : months === 0 ? 'already' : monthsText(months);
  return [
    {
      term: 'Months until full',
      text: `${within(trend)} by the trend, ${within(fast)} when growth is fast`,
    },
  ];
}

function moveFact({ movedFraction, shardCount }: AdvisedCandidate): Fact[] {
  if (movedFraction === null) return [];
  const to = 2 * shardCount;
  return [
    { term: 'Next step', text: `to ${to} shards it moves ${percent(movedFraction)} of the load` },
  ];
}

function blastFact({ blastRadius }: AdvisedCandidate): Fact[] {
  if (blastRadius === null) return [];
  const { loadFraction, keysFraction } = blastRadius;
  return [
    {
      term: 'If a shard fails',
      text:
        `the fullest one is ${percent(loadFraction)} of the load and ` +
        `${percent(keysFraction)} of the keys`,
    },
  ];
}

function firmFact({ recommendation: { firmness } }: AdviceDocument): Fact {
  const { share, resamples, flips, kept } = firmness;
  const asked = flips.length + kept.length;
  return {
    term: 'How firm',
    text:
      `the same in ${percent(share)} of ${resamples} resamples of the tenants, and after ` +
      `${kept.length} of ${asked} changes of what it rests on`,
  };
}
