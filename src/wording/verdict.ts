import { busiestOfThem } from './busy-program.ts';
import { counted, integer, listed, ms, percent, rate, ratio, short } from './format.ts';
import type { Said, Sentences } from './sentence.ts';

/** Why a cell has its verdict, and what a reader must know beside it. */
export const verdictSentences: Sentences = {
  'shard-full': shardFull,
  'shard-turning-away': shardTurningAway,
  'operation-failing': (fact) => {
    const [failed, timedOut] = [fact.number('failed'), fact.number('timedOut')];
    const [hits, trials] = [failed + timedOut, fact.number('trials')];
    const verb = timedOut === 0 ? 'failed' : failed === 0 ? 'timed out' : 'failed or timed out';
    return (
      `Operation ${fact.name('operation')} ${verb} ${integer(hits)} times of ${integer(trials)} ` +
      `(${percent(hits / trials)}; with 95 % confidence at least ` +
      `${percent(fact.number('leastFraction'))}, and limits.errors allows ` +
      `${percent(fact.number('limitFraction'))})${causes(fact)}.`
    );
  },
  'operation-empty': (fact) => {
    const queries = fact.number('queries');
    const did = fact.name('kind') === 'read' ? 'returned' : 'changed';
    const all = queries === 1 ? 'Its only query' : `None of its ${integer(queries)} queries`;
    const none = queries === 1 ? 'no row' : 'a row';
    return (
      `Operation ${fact.name('operation')} did no work. ${all} ${did} ${none}: look at what its ` +
      'SQL asks for. Where that is right, say so in the scenario with expect: [empty].'
    );
  },
  'rows-unknown': rowsUnknown,
  'response-drifting': (fact) =>
    `The median response time changed from ${ms(fact.number('firstMs'))} in the first ` +
    `third of the window to ${ms(fact.number('lastMs'))} in the last, more than chance ` +
    'explains: no one number stands for the whole window.',
  'queue-drifting': (fact) =>
    'The queries that waited for a connection changed from ' +
    `${short(fact.number('firstQueued'))} in the first third of the window to ` +
    `${short(fact.number('lastQueued'))} in the last: what is measured depends on how long ` +
    'the window is.',
  'accepted-drifting': (fact) =>
    'The share of the offered operations that were accepted changed from ' +
    `${percent(fact.number('firstFraction'))} in the first third of the window to ` +
    `${percent(fact.number('lastFraction'))} in the last.`,
  'other-programs': (fact) => processorTime('Other programs used', '', fact) + busiestOfThem(fact),
  'stolen-time': (fact) => processorTime('The hypervisor took', ' (steal)', fact),
  'schedule-lag': (fact) =>
    `Schedule lag p99 is ${ms(fact.number('scheduleLagMsP99'))}, more than ` +
    `${percent(fact.number('limitFraction'))} of response p99 ` +
    `(${ms(fact.number('responseMsP99'))}): the load generator is a large part of what was ` +
    'measured.',
  'event-loop-busy': (fact) =>
    `The load generator's event loop was busy ${percent(fact.number('busyFraction'))} of ` +
    `the time (limit ${percent(fact.number('limitFraction'))}): it could not have sent ` +
    'much more.',
  'little-contradicted': (fact) =>
    `Little's law is off by more than ${percent(fact.number('limitFraction'))}: ` +
    `${ratio(fact.number('sampled'))} operations were in flight as sampled, ` +
    `${ratio(fact.number('computed'))} as throughput x mean response time says: the run ` +
    'contradicts itself.',
  'p99-among-failures': (fact) =>
    `${notSucceeded(fact)}, more than 1 %: the p99 falls among them and is not known.`,
  'too-few-operations': (fact) =>
    `${counted(fact.number('operations'), 'operation')} are too few for a p99, which needs ` +
    `${integer(fact.number('needed'))}: run longer or at a higher rate.`,
  'valid-simulation': (fact) =>
    `${integer(fact.number('operations'))} simulated operations; ${pools(fact)}. The times ` +
    'follow from a model.',
  'valid-measurement': (fact) =>
    `${integer(fact.number('operations'))} operations; ${pools(fact)}, and the load ` +
    `generator was busy ${percent(fact.number('busyFraction'))} of it.`,
  'operations-failed': (fact) => `${notSucceeded(fact)}; they count as slower than every success.`,
  'rate-ramped': (fact) =>
    `The offered rate went from ${rate(fact.number('fromPerSecond'))}/s to ` +
    `${rate(fact.number('toPerSecond'))}/s, so no percentile over the whole window is ` +
    'given: each second has its own.',
  'cpu-throttled': cpuThrottled,
  'repeats-disagree': (fact) =>
    `The ${fact.number('repeats')} repeats disagree: their median response times go from ` +
    `${ms(fact.number('leastMs'))} (repeat ${fact.number('least') + 1}) to ` +
    `${ms(fact.number('mostMs'))} (repeat ${fact.number('most') + 1}), more than ` +
    `${ratio(fact.number('limitRatio'))} times as much and more than chance within a repeat ` +
    'explains. No one number stands for the cell.',
  'noise-unchecked': (fact) => {
    const needed = fact.number('repeatsNeeded');
    return `Noise was not checked: that takes ${needed} repeats of each cell (--repeat ${needed}).`;
  },
};

const isLate = (fact: Said): boolean => fact.name('span') === 'last third';

function shardFull(fact: Said): string {
  const dropped = fact.number('droppedQueries');
  const thirds = fact.numbers('queuedMean').map(short).join(', then ');
  const effect =
    dropped > 0
      ? `${integer(dropped)} of its queries were dropped or timed out in its queue`
      : `its queue grew all the time (mean length ${thirds})`;
  return (
    `${isLate(fact) ? 'In the last third of the window, shard' : 'Shard'} ` +
    `${fact.number('shard')} had all connections busy ` +
    `${percent(fact.number('fullFraction'))} of the time (limit ` +
    `${percent(fact.number('limitFraction'))}) and ${effect}: the load offered is above ` +
    'its capacity.'
  );
}

function shardTurningAway(fact: Said): string {
  const parts = isLate(fact)
    ? 'three parts of the last third of the window'
    : 'the three thirds of the window';
  return (
    `Shard ${fact.number('shard')} had no connection and no place in its queue for ` +
    `${fact.numbers('droppedFraction').map(percent).join(', ')} of its queries in ${parts} ` +
    `(limit ${percent(fact.number('limitFraction'))} in each): the load offered is above ` +
    'its capacity.'
  );
}

const shardsOfCodeNamed = 6;

/** Each code with how often, where, and what the server said. */
function causes(fact: Said): string {
  const times = fact.numbers('times');
  const messages = fact.list('messages');
  const named = fact.list('codes').map((code, index) => {
    const shards = fact.numbers(`code${index}Shard`);
    const where =
      shards.length === 0
        ? ''
        : ` on shard${shards.length === 1 ? '' : 's'} ${listed(shards, shardsOfCodeNamed)}`;
    return `${code}${where}, ${integer(times[index] ?? 0)} times: ${messages[index] ?? ''}`;
  });
  if (named.length === 0) return '';
  const more = fact.number('otherCodes');
  return `: ${named.join('; ')}${more > 0 ? `; and ${more} more codes` : ''}`;
}

function processorTime(who: string, what: string, fact: Said): string {
  return (
    `${who} ${percent(fact.number('firstFraction'))} of the processors' time${what} in the ` +
    `first third of the window and ${percent(fact.number('lastFraction'))} in the last, ` +
    `most of it in second ${fact.number('mostSecond')} ` +
    `(${percent(fact.number('mostFraction'))}).`
  );
}

function notSucceeded(fact: Said): string {
  const [operations, failures] = [fact.number('operations'), fact.number('failures')];
  return (
    `${integer(failures)} of ${integer(operations)} operations ` +
    `(${percent(failures / operations)}) failed, timed out or were dropped`
  );
}

const pools = (fact: Said): string =>
  `the busiest shard had all connections busy ${percent(fact.number('fullFraction'))} of the time`;

const throttledNamed = 4;

function cpuThrottled(fact: Said): string {
  const fractions = fact.numbers('heldFraction');
  const shards = fact.numbers('shard');
  const named = shards
    .slice(0, throttledNamed)
    .map((shard, index) => `shard ${shard} (${percent(fractions[index] ?? 0)})`);
  const others = shards.length - named.length;
  const list = [...named, ...(others > 0 ? [`${others} more`] : [])].join(', ');
  return (
    `The CPU quota held back ${list} in more than ${percent(fact.number('limitFraction'))} ` +
    `of the scheduler's periods. ${shards.length === 1 ? 'Its' : 'Their'} slowest answers ` +
    'show the quota, not the strategy.'
  );
}

function rowsUnknown(fact: Said): string {
  const names = fact.list('operations');
  return (
    `It is not known whether the time of ${names.join(', ')} follows the rows of the ` +
    `shard, because ${names.length === 1 ? 'it was' : 'they were'} measured with only one ` +
    'number of rows, and this cell has another number. If the time does not depend on the ' +
    `rows, p50 is ${p50Of(fact, 'lookUp')}. If the time follows the rows, p50 is ` +
    `${p50Of(fact, 'scan')}. Calibrate on two shard counts or two data sizes.`
  );
}

function p50Of(fact: Said, way: 'lookUp' | 'scan'): string {
  const p50 = fact.perhaps(`${way}MsP50`);
  const status = fact.hasName(`${way}Status`) ? fact.name(`${way}Status`) : '';
  return `${p50 === null ? 'not known' : ms(p50)}${status === 'SATURATED' ? ' (SATURATED)' : ''}`;
}
