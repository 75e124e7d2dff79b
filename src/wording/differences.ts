import { counted, listed } from './format.ts';
import type { Sentences } from './sentence.ts';

/** Why a quantity of two sides is not compared. */
export const differenceSentences: Sentences = {
  'repeats-too-few': (fact) =>
    `${counted(fact.number('repeats'), 'repeat')} give an interval but no claim, which takes ` +
    `${fact.number('repeatsNeeded')} on either side.`,
  'repeats-one': () => 'One repeat tells nothing of how much repeats differ.',
  'repeats-not-interleaved': (fact) =>
    `Strategy ${fact.name('strategy')} (attempt ${fact.number('attempt')}) and ` +
    `${fact.name('against')} (attempt ${fact.number('againstAttempt')}) did not take turns: one ` +
    'was measured again after the other, and what the machine did meanwhile would count as a ' +
    'difference.',
  'cells-doubtful': (fact) => {
    const verdicts = fact.list('verdicts');
    const named = fact.list('strategies').map((strategy, i) => `${strategy} is ${verdicts[i]}`);
    return `Strategy ${listed(named)}: such times do not stand for the strategy.`;
  },
  'workloads-differ': () =>
    'The two strategies leave out different operations, so all operations together are another ' +
    'workload under each.',
  'operation-not-run': (fact) =>
    `No repeat ran ${fact.hasName('operation') ? fact.name('operation') : 'an operation'} under ` +
    'both strategies.',
  'times-among-failures': (fact) =>
    `So many ${fact.hasName('operation') ? `runs of ${fact.name('operation')}` : 'operations'} ` +
    'failed in one repeat or more that the times of those that succeeded say too little.',
  'times-too-few': () =>
    'In one repeat or more there were too few samples: run longer or at a higher rate.',
};
