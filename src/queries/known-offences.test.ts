import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KnownOffences, type KnownOffence } from './known-offences.ts';

const offence = (file: string, fingerprint: string, more = {}): KnownOffence => ({
  file,
  of: 'statement',
  fingerprint,
  offence: 'scatter',
  unread: false,
  ...more,
});
const known = (base: KnownOffence[], head: KnownOffence[], logs: string[] = []): number[] => [
  ...new KnownOffences(base).knownAmong(head, (file) => logs.includes(file)),
];

test('what moves to another file is known, once', () => {
  const base = [offence('a', '1'), offence('a', '2')];
  expect(known(base, [offence('b', '1'), offence('b', '1')])).toEqual([0]);
  // The one in the same file is meant, though another one stands before it.
  expect(known(base, [offence('b', '1'), offence('a', '1')])).toEqual([1]);
});

test('another objection to the same statement is new', () => {
  const base = [offence('a', '1')];
  expect(known(base, [offence('a', '1', { offence: 'not-runnable' })])).toEqual([]);
  expect(known(base, [offence('a', '1', { offence: null, unread: true })])).toEqual([]);
  expect(known(base, [offence('a', '1', { of: 'transaction' })])).toEqual([]);
});

test('a log knows a statement however often it is there', () => {
  const base = [offence('old.log', '1')];
  expect(known(base, [offence('a.log', '1'), offence('b.log', '1')], ['a.log', 'b.log'])).toEqual([
    0, 1,
  ]);
});

test('of the same statements as many are known as the base has, in any order and file', () => {
  const some = fc.array(
    fc.record({ file: fc.constantFrom('a', 'b', 'c'), fingerprint: fc.constantFrom('1', '2') }),
    { maxLength: 12 },
  );
  const all = (drawn: readonly { file: string; fingerprint: string }[]): KnownOffence[] =>
    drawn.map(({ file, fingerprint }) => offence(file, fingerprint));
  const count = (list: readonly { fingerprint: string }[], print: string): number =>
    list.filter(({ fingerprint }) => fingerprint === print).length;
  fc.assert(
    fc.property(some, some, (base, head) => {
      const found = known(all(base), all(head)).map((index) => head[index] ?? { fingerprint: '' });
      for (const print of ['1', '2']) {
        const expected = Math.min(count(base, print), count(head, print));
        expect(count(found, print)).toBe(expected);
      }
    }),
  );
});
