import { formatSize } from '../base/units.ts';
import { counted, integer, ms, percent, ratio, short } from './format.ts';
import type { Sentences } from './sentence.ts';

/** What a person should know of the shards of a run, or of the model that stands for them. */
export const modelSentences: Sentences = {
  'shards-note': (fact) => fact.name('note'),
  'rows-drawn': (fact) =>
    `${formatSize(fact.number('totalBytes'))} (data.total) are ` +
    `${integer(fact.number('rows'))} rows of ${formatSize(fact.number('rowBytes'))}. ` +
    `${integer(fact.number('drawnRows'))} rows were drawn, and each of them represents ` +
    `${short(fact.number('rowsPerDrawnRow'))}. Shares of the rows are exact to about 0.1 %.`,
  'simulated-model': () =>
    'Simulated: no database ran. Each shard is a number of servers with one queue; service times ' +
    'are random, and independent of each other and of the other work of the shard.',
  'simulated-without': () =>
    'Locks, checkpoints, vacuum, caches and disks are not in the model. If shards share a ' +
    'machine, the model can have its cores and its slow seconds, but nothing else of the ' +
    'machine.',
  'simulated-bytes': () =>
    'Bytes are rows x the row size of the scenario. The rows are placed as in a run.',
  'simulated-independently': () =>
    'Each shard is slow at other times than the other shards: the p99 of operations that ' +
    'ask all shards (scatter-gather) assumes independent shards. Shards on one machine are ' +
    'slow in the same seconds, so their p99 is different; simulation.stalls gives what ' +
    'they share.',
  'calibrated-on': (fact) => {
    const [servers, cores] = [fact.number('servers'), fact.perhaps('cores')];
    const shared = cores === null ? '' : ` on ${counted(cores, 'core')} that all shards share`;
    const limit = fact.hasName('limit') ? ', limited by the CPU quota' : '';
    return (
      `Calibrated on ${fact.name('strategy')} of ${fact.name('path')}: ` +
      `${counted(servers, 'server')} a shard${shared}${limit}; on that cell the ` +
      `percentiles differ by ${percent(fact.number('meanDifferenceFraction'))} on average.`
    );
  },
  'calibrated-percentiles': (fact) => {
    const [measured, simulated] = [fact.numbers('measuredMs'), fact.numbers('simulatedMs')];
    const pairs = fact
      .list('of')
      .map((of, i) => `${of} ${ms(simulated[i] ?? null)} (measured ${ms(measured[i] ?? null)})`);
    return `On the cell that the simulation was calibrated on: ${pairs.join(', ')}.`;
  },
  'calibrated-stalls': (fact) =>
    'The shards of the measured cell were slow in the same seconds: the logarithms of ' +
    'their p50 of each second have a common standard deviation of ' +
    `${ratio(fact.number('sigma'))} that the model without it does not have. So the ` +
    'simulation slows all shards in the same seconds (simulation.stalls).',
  'calibrated-row-shares': (fact) => {
    const shares = fact.numbers('rowsFraction');
    const each = fact.list('operations').map((name, i) => `${name} ${percent(shares[i] ?? null)}`);
    return (
      'Part of the service time that is in proportion to the rows of the shard: ' +
      `${each.join(', ')}.`
    );
  },
  'scans-not-shared': (fact) =>
    `In the model a query waits until a query of ${fact.list('operations').join(', ')} ` +
    'that came before it has ended. A real machine works on both in turns, so p95 and p99 ' +
    'beside such queries are too high here.',
  'row-shares-unknown': (fact) =>
    `It is not known whether the times of ${fact.list('operations').join(', ')} depend on ` +
    'the rows of the shard: they were measured with one number of rows only. A cell with ' +
    'another number of rows for which this makes a difference, is EXTRAPOLATED.',
};
