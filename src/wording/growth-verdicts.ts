import { counted, percent, short } from './format.ts';
import type { Said, Sentences } from './sentence.ts';

/** Why a plan has its verdict; clauses, which others put together. */
export const growthVerdicts: Sentences = {
  'bill-and-capacity': billAndCapacity,
  'bill-without-capacity': (said) =>
    `${billAndCapacity(said)}: a plan that more than triples the bill must double the write ` +
    'capacity',
  'capacity-is-dear': (said) =>
    `${billAndCapacity(said)}: a unit of capacity costs ${short(said.number('unitCostRatio'))} ` +
    `times what it does today, and the limit is ${short(said.number('unitCostRatioMost'))} times`,
  'use-today': useToday,
  'full-today': (said) =>
    `${useToday(said)}, and a database counts as full at ${percent(said.number('fullFraction'))}`,
  'verdicts-of-placements': (said) => {
    const counts = said.numbers('count');
    const each = said.list('verdicts').map((verdict, index) => `${verdict} with ${counts[index]}`);
    return `over ${said.number('placements')} placements the plan is ${each.join(', ')}`;
  },
  'key-scatters': (said) => {
    const scattered = said.number('scatterFraction');
    return (
      `the cause is the key: ${percent(scattered)} of the work does not fix ${said.name('key')}, ` +
      `so each of ${counted(said.number('shards'), 'shard')} must do it, and any number of ` +
      `shards can do at most ${short(1 / scattered)} times the work of one shard`
    );
  },
  'key-is-uneven': (said) =>
    `the cause is the key: with ${said.name('key')}, shard ${said.number('shard')} gets ` +
    `${short(said.number('evenRatio'))} times its share of the work, so the other shards still ` +
    'have free capacity when it is full',
  'shards-too-few-or-small': (said) =>
    `${counted(said.number('shards'), 'shard')} do the work of ` +
    `${short(said.number('databases'))} databases: there are too few shards, or the shards are ` +
    'too small, for this cost',
};

function billAndCapacity(said: Said): string {
  const costs =
    `the bill is ${short(said.number('billRatio'))} times the present one (infrastructure ` +
    `${short(said.number('costRatio'))} times)`;
  const ratio = said.perhaps('capacityRatio');
  return ratio === null
    ? costs
    : `${costs}, and the ${said.name('capacity')} is ${short(ratio)} times the present one`;
}

function useToday(said: Said): string {
  const used = said.perhaps('usedFraction');
  if (used === null) return 'how full it is can only be known with a measured capacity';
  return said.name('bound') === 'at least'
    ? `the fullest database uses at most ${percent(used)} of its capacity today, because only a ` +
        'lower bound of the capacity is known'
    : `the fullest database uses ${percent(used)} of its capacity today`;
}
