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
  searchPath: 'pg_catalog',
  identity: 'x',
};

test.each([
  ['15', {}],
  ['13', { versionNumber: 130_000, version: '13.0' }],
])('Postgres %s will do', (_, changes) => {
  expect(serverProblems({ ...fine, ...changes }, 12)).toEqual([]);
});

test.each<[string, Partial<ServerFacts>, RegExp]>([
  [
    '12',
    { versionNumber: 120_022, version: '12.22' },
    /^runs Postgres 12\.22; shardlab needs version 13/,
  ],
  ['a replica', { inRecovery: true, readOnly: true }, /^is a read-only replica/],
  ['a role that only reads', { readOnly: true }, /read-only \(default_transaction_read_only\)/],
  [
    'a role without CREATE',
    { mayCreate: false },
    /^does not let anna create a schema; .* to anna$/,
  ],
  ['a deaf pooler', { searchPath: 'public' }, /pooler that ignores the settings of a session/],
  ['no room', { freeConnections: -1 }, /^has 0 connections left, 12 are needed/],
])('%s is refused for one reason', (_, changes, problem) => {
  expect(serverProblems({ ...fine, ...changes }, 12)).toEqual([expect.stringMatching(problem)]);
});
