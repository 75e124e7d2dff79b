import { expect, test } from 'vitest';
import { candidateFixture } from '../../report/characteristics/characteristics-fixture.ts';
import { mostPromisingFirst, type RankedCandidate } from './candidate-order.ts';

const schema = { tables: [], views: [] };

/** Candidates of which nothing but the name differs. */
const called = (key: string, isNamedId: boolean, isOfFile = false): RankedCandidate => ({
  candidate: { ...candidateFixture({ key }), findings: [], frequent: [] },
  boundByKey: null,
  isNamedId,
  isOfFile,
});

const order = (candidates: readonly RankedCandidate[]): string[] =>
  mostPromisingFirst(candidates, schema).map(({ key }) => key);

test('where nothing else tells them apart, what is called like an id comes first', () => {
  expect(order([called('name', false), called('tenant_id', true)])).toEqual(['tenant_id', 'name']);
});

test('of a database the name is asked last', () => {
  const many = called('tenant_id', true);
  const even = { ...many.candidate, load: { ...many.candidate.load, largestShare: 0.01 } };
  const other = { ...called('code', false), candidate: { ...even, key: 'code' } };
  expect(order([many, other])).toEqual(['code', 'tenant_id']);
});

test('of a file it is asked before the size of values', () => {
  const id = called('tenant', true, true);
  const size = called('size', false, true);
  const even = { ...size.candidate, load: { ...size.candidate.load, largestShare: 0.001 } };
  expect(order([{ ...size, candidate: even }, id])).toEqual(['tenant', 'size']);
});
