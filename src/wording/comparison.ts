import { counted, integer, listed } from './format.ts';
import type { Said, Sentences } from './sentence.ts';

const listedMost = 8;

const list = (fact: Said, name: string): string => listed(fact.list(name), listedMost);

const machineWords: Readonly<Record<string, string>> = {
  cpu: 'the processor',
  cores: 'the number of cores',
  memoryBytes: 'the memory',
  os: 'the operating system',
  fleet: 'the fleet',
};

/** What stands before the numbers of a comparison. */
const heads: Sentences = {
  'first-and-last': (fact) =>
    `Of ${integer(fact.number('sides'))} sides the last, ${fact.name('b')}, is compared with the ` +
    `first, ${fact.name('a')}: these are b and a. The trend has all of them.`,
  'scenarios-differ': (fact) => {
    const changed = fact.number('changed');
    const what = changed === 1 ? 'One field differs' : `${integer(changed)} fields differ`;
    return `${what} between the scenarios: a difference of times may be the difference of these.`;
  },
  'same-arrivals': () =>
    'All runs had the same arrivals, so what was counted must be the same wherever operations ' +
    'are routed alike.',
  'other-arrivals': () =>
    'The runs had other arrivals (another seed, rate, window or mix), so their counts differ by ' +
    'that too and are not compared exactly.',
  'only-in-a': (fact) => `Only side a has ${list(fact, 'strategies')}.`,
  'only-in-b': (fact) => `Only side b has ${list(fact, 'strategies')}.`,
  'runs-not-valid': (fact) =>
    `The numbers of side ${fact.name('side')} are not all valid: ${list(fact, 'runs')}.`,
};

/** Whether counts must be the same. */
const counts: Sentences = {
  'counts-exact': () =>
    'Both sides had the same arrivals and nothing failed: a count that differs was routed ' +
    'otherwise. It is exact and has no interval.',
  'arrivals-differ': () =>
    'The sides did not have the same arrivals, so the counts need not be the same.',
  'counts-with-failures': (fact) =>
    `Operations failed, timed out or were dropped in ${counted(fact.number('cells'), 'cell')}, ` +
    'and what they would have sent is not among the counts.',
  'counts-vary': () =>
    'The counts vary between runs of one side that had the same arrivals, so they do not follow ' +
    'from the seed alone.',
};

/** Why times cannot be compared, or how far. */
const latencies: Sentences = {
  'measured-and-simulated': () =>
    'One side was measured and the other simulated: their times are not of one kind.',
  'two-machines': (fact) => {
    const fields = listed(fact.list('fields').map((field) => machineWords[field] ?? field));
    return `The runs were made on two machines (other: ${fields}): times tell the machines apart.`;
  },
  'one-run-a-side': () =>
    'There is one run on a side, and nothing tells how much runs vary: five runs of one scenario ' +
    'on one machine gave medians from 0.50 to 0.81 ms. Make several in turns with ' +
    '`shardlab compare --runs 5 A B`.',
  'too-few-valid-runs': (fact) => {
    const valid = fact.number('valid');
    const left = valid === 0 ? 'no run is left' : 'one run is left';
    return `Of runs with valid numbers ${left} on a side; the others: ${list(fact, 'verdicts')}.`;
  },
  'percentile-unknown': (fact) =>
    `${integer(fact.number('missing'))} of ${integer(fact.number('values'))} runs do not have ` +
    'this percentile: too few samples, or it falls among failures.',
  'too-few-runs': (fact) =>
    `${integer(fact.number('runs'))} runs on a side give an interval; a claim needs ` +
    `${integer(fact.number('needed'))}.`,
  'measured-apart': () =>
    'The runs of the sides were not made in turns: what else changed between the two times is ' +
    'part of the difference. The interval is exploratory, nothing is claimed.',
  exploratory: () =>
    'Not among what was named beforehand: the interval stands for itself, nothing is claimed.',
};

export const comparisonSentences: Sentences = { ...heads, ...counts, ...latencies };
