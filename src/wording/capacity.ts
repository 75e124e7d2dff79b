import { busiestOfThem } from './busy-program.ts';
import { counted, integer, listed, percent, short, significant } from './format.ts';
import type { Said, Sentences } from './sentence.ts';
import { limitValue } from './thresholds.ts';

/** What bounds a strategy's rate, and what a reader of the search must know. */
export const capacitySentences: Sentences = {
  'limited-by-shard': limitedByShard,
  'limited-by-generator': (said) => {
    const limits = said.list('limits').map((code) => generatorLimits[code]?.(said) ?? code);
    const why = limits.length === 0 ? '' : `: ${listed(limits)}`;
    return (
      `The load generator of this machine could not offer ${short(said.number('rateQps'))}/s on ` +
      `time${why}. This is no limit of a shard: the strategy may sustain more.`
    );
  },
  'limited-by-machine': (said) =>
    `Other programs had taken the machine ${whenTaken(said.number('windows'))} ` +
    `${short(said.number('rateQps'))}/s broke the objective, so it is not known whether shards ` +
    `would hold it: the answer is not confirmed.${busiestOfThem(said)} Close what is not needed, ` +
    'or search on a quiet machine.',
  'capacity-not-reached': (said) =>
    `${short(said.number('reachedQps'))}/s, the largest rate that was allowed, still holds the ` +
    'objective, so the capacity is at least that; allow more with --max-rate.',
  'capacity-edge-not-reached': (said) =>
    `No rate up to ${short(said.number('reachedQps'))}/s broke the objective, and the search ` +
    'ended before a higher one was tried.',
  'capacity-not-met': (said) => {
    const least = said.perhaps('value');
    const aggregate = said.name('aggregate');
    const named = { metric: said.name('metric'), aggregate };
    const seen =
      least === null
        ? `${aggregate} was not known in any window`
        : `the least ${aggregate} seen is ${limitValue(named, least, said.number('limit'))}, ` +
          `at ${short(said.number('atQps'))}/s`;
    return (
      `No rate holds ${said.name('expression')} in most of its windows, not even ` +
      `${short(said.number('lowestQps'))}/s, the lowest that was tried: ${seen}.`
    );
  },
  'capacity-unfinished': (said) =>
    `The ${counted(said.number('stepsMax'), 'step')} were used up before the answer was ` +
    'confirmed; allow more with --max-steps.',
  'capacity-spoilt': (said) => {
    const windows = said.number('windows');
    return (
      `In ${counted(windows, 'window')} that broke the objective other programs had taken the ` +
      `machine; ${windows === 1 ? 'it was' : 'they were'} measured again, and not counted.` +
      `${busiestOfThem(said)} Close what is not needed to make the answer surer.`
    );
  },
  'capacity-doubtful': (said) =>
    `The windows at ${short(said.number('rateQps'))}/s are ${said.name('status')}, so the rate ` +
    `means little: ${said.name('reason')}`,
  'capacity-ramp-replaced': () =>
    'The scenario lets its rate rise within the window. The rate is what is searched here, so ' +
    'each step has a steady one (Poisson arrivals) instead.',
  'capacity-bursts-scaled': () =>
    'Each rate is the mean of a cycle of the scenario’s bursts, whose shape stays as it is.',
  'capacity-machine-shared': (said) =>
    `The shards (${said.name('fleet')}) have no CPU quota, so they share this machine with each ` +
    'other and with the load generator. A rate is that of all of them together: it says which ' +
    'strategy takes more here, not what a shard on a machine of its own takes.',
  'capacity-objective-assumed': (said) =>
    `Neither the command line nor the scenario has an objective: ${said.name('expression')} is ` +
    'assumed; choose your own with --objective.',
  'capacity-longer-windows': (said) =>
    `Steps below ${short(said.number('belowQps'))}/s have a longer window, because about ` +
    `${integer(said.number('operations'))} operations must arrive to show whether the objective ` +
    `holds; it is at most ${said.number('times')} times as long.`,
};

const whenTaken = (windows: number): string => (windows === 1 ? 'when' : `${windows} times when`);

const generatorLimits: Readonly<Record<string, (said: Said) => string>> = {
  'schedule-lag': (said) => {
    const lag = said.perhaps('scheduleLagMsP99');
    const how = lag === null ? '' : ` (schedule lag p99 ${significant(lag)} ms)`;
    return `operations started late${how}`;
  },
  'event-loop-busy': (said) => {
    const busy = said.perhaps('busyFraction');
    return `its thread was busy${busy === null ? '' : ` ${percent(busy)} of the time`}`;
  },
  'little-contradicted': () => 'what it counted contradicts itself (Little’s law)',
};

function limitedByShard(said: Said): string {
  const shard = `shard ${said.number('shard')}`;
  const response = said.perhaps('responseMs');
  const calm = said.perhaps('calmMs');
  const times =
    response === null
      ? 'none of its queries succeeded'
      : `its queries took ${significant(response)} ms on average` +
        (calm === null ? '' : `, at ${short(said.number('calmQps'))}/s ${significant(calm)} ms`);
  const share = said.perhaps('queriesFraction');
  const throttled = said.perhaps('throttledFraction') ?? 0;
  const waited = said.number('maxQueued');
  const parts = [
    `its connections were busy ${percent(Math.min(1, said.number('busyFraction')))} of the time`,
    ...(waited > 0 ? [`up to ${integer(waited)} queries waited for one`] : []),
    ...(throttled > 0
      ? [`its CPU quota held it back in ${percent(throttled)} of the periods`]
      : []),
  ];
  const alone = said.number('shards') === 1;
  const of = share === null || alone ? '' : ` It gets ${percent(share)} of all queries.`;
  const which = alone ? 'The only shard slows down' : `Of all shards ${shard} slows down first`;
  return `${which}: at ${short(said.number('rateQps'))}/s ${times}; ${listed(parts)}.${of}`;
}
