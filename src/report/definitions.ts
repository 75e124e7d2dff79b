import type { Fact } from './document.ts';

/** Terms of the reports, each defined once. */
export const definitions: readonly Fact[] = [
  {
    term: 'Response time',
    text:
      'finished - intended: from the moment at which the schedule wanted the operation to ' +
      'start, so that waiting counts (there is no coordinated omission)',
  },
  { term: 'Service time', text: 'finished - sent: one query on one shard, without any waiting' },
  { term: 'Schedule lag', text: 'dispatched - intended: how late the load generator was' },
  { term: 'Queue wait', text: 'connection acquired - dispatched' },
  {
    term: 'Percentiles',
    text:
      'p99 needs 1,000 samples, p99.9 needs 10,000. Operations that failed, timed out or were ' +
      'dropped rank as slower than every success; a percentile among them is censored: not ' +
      'given. Histograms are merged, percentiles are never averaged.',
  },
  {
    term: 'Offered and accepted',
    text:
      'arrivals that the schedule intended per second, and operations that succeeded within ' +
      'the window per second; arrivals = ok + failed + timed out + dropped',
  },
  { term: 'max/mean', text: 'load of the hottest shard over the mean of all shards; 1 is even' },
  {
    term: 'Ideal',
    text:
      '1 + E/sqrt(k), k = keys per shard, E = 1.03, 1.42, 1.77 for 4, 8, 16 shards: what a ' +
      'perfect hash of equally heavy keys shows',
  },
  {
    term: 'Tenant floor',
    text:
      'max(1, N p1, N (pN + p(N+1))), p = shares of the key’s values from the largest, N = ' +
      'shards: no router on this shard key can go below',
  },
  {
    term: 'Placement band',
    text:
      'p5 and p95 of max/mean over 1,000 hash salts. One placement is one draw: two equally ' +
      'good routers often differ by more than 0.1',
  },
  {
    term: 'Databases',
    text:
      '1 / the share of all work that the fullest shard does: how many databases do as much as ' +
      'these shards together. The work of a shard is the sum over the operations of share x ' +
      'P(the operation asks the shard) x cost. Operations on all shards count on each of them',
  },
  {
    term: 'Work',
    text:
      'queries, each with the cost of its operation: the mean time that a database worked for ' +
      'one, relative to the mean of all; 1 where it is not known',
  },
  {
    term: 'Rank',
    text:
      'by the number of databases, of the VALID strategies on as many shards. A strategy is ' +
      'ahead of another only when its whole band over hash salts lies above the other’s; where ' +
      'bands overlap no difference can be shown, and the rank is a range',
  },
  {
    term: 'Scatter',
    text:
      'operations that do not bind the shard key and so go to all shards, in parallel; one ' +
      'missing shard fails the whole operation',
  },
  { term: 'Shards/op', text: 'shards touched by an operation, on average' },
];
