import { expect, test } from 'vitest';
import { serverProblems, type ServerFacts } from './inspection.ts';

const fine: ServerFacts = {
  versionNumber: 150_018,
  version: '15.18',
  inRecovery: false,
  readOnly: false,
  mayCreate: true,
  user: 'anna',
  freeConnections: 20,
  identity: 'x',
};

test.each<[string, Partial<ServerFacts>, RegExp | null]>([
  ['a server that will do', {}, null],
  ['13', { versionNumber: 130_000, version: '13.0' }, null],
  ['12', { versionNumber: 120_022, version: '12.22' }, /^is Postgres 12\.22; 13 is the oldest/],
  ['a replica', { inRecovery: true, readOnly: true }, /^is a read-only replica/],
  ['a role that only reads', { readOnly: true }, /read-only \(default_transaction_read_only\)/],
  [
    'a role without CREATE',
    { mayCreate: false },
    /^does not let anna create a schema; .* to anna$/,
  ],
  ['no room', { freeConnections: -1 }, /^has 0 connections left, 12 are needed/],
])('%s', (_, changes, problem) => {
  const problems = serverProblems({ ...fine, ...changes }, 12);
  if (problem === null) expect(problems).toEqual([]);
  else {
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(problem);
  }
});
