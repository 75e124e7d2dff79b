import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AnswerReader } from './answer-reader.ts';
import { FirstRow } from './first-row.ts';

const message = (type: string, body: Buffer = Buffer.alloc(0)): Buffer => {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(type), length, body]);
};
const ready = message('Z', Buffer.from('I'));
const bound = message('2');
const row = message('D', Buffer.from([0, 1, 0, 0, 0, 3, 0x5a, 0, 0]));
const complete = message('C', Buffer.from('INSERT 0 1\0'));
const error = message('E', Buffer.from('SERROR\0VERROR\0C23505\0Mduplicate key – ß\0\0'));

function answers(chunks: readonly Uint8Array[]): [string, string][] {
  return rowsOf(chunks).map(({ code, text }) => [code, text]);
}

function rowsOf(chunks: readonly Uint8Array[]) {
  const seen: { code: string; text: string; returned: number; affected: number }[] = [];
  const reader = new AnswerReader((code, text, rows) => seen.push({ code, text, ...rows }));
  for (const chunk of chunks) reader.feed(chunk);
  return seen;
}

const success = Buffer.concat([bound, row, row, complete, ready]);
const failure = Buffer.concat([bound, error, ready]);

test('an answer ends with ReadyForQuery, whatever rows hold', () => {
  expect(answers([success])).toEqual([['', '']]);
});

test('an error is told with the answer that it belongs to, and no other', () => {
  expect(answers([failure, success])).toEqual([
    ['23505', 'duplicate key – ß'],
    ['', ''],
  ]);
});

test('a violated constraint comes with its detail, which names the key', () => {
  const detailed = message('E', Buffer.from('C23503\0Mno such user\0DKey (u)=(7) is missing.\0\0'));
  const other = message('E', Buffer.from('C40P01\0Mdeadlock\0DProcess 7 waits.\0\0'));
  expect(answers([detailed, ready, other, ready])).toEqual([
    ['23503', 'no such user: Key (u)=(7) is missing.'],
    ['40P01', 'deadlock'],
  ]);
});

test('rows are what the command tags say, over all statements of an answer', () => {
  const tags = (...words: string[]): Buffer =>
    Buffer.concat([...words.map((word) => message('C', Buffer.from(`${word}\0`))), ready]);
  const counts = rowsOf([
    tags('SELECT 12', 'INSERT 0 3', 'UPDATE 4', 'DELETE 0', 'MERGE 20', 'FETCH 5'),
    tags('ROLLBACK'),
    tags('UPDATE 0', 'SELECT 1000000'),
    failure,
  ]).map(({ returned, affected }) => [returned, affected]);
  expect(counts).toEqual([
    [17, 27],
    [0, 0],
    [1_000_000, 0],
    [0, 0],
  ]);
});

test('chunks may be cut anywhere', () => {
  const all = Buffer.concat([success, failure, success]);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: all.length })), (cuts) => {
      const places = [0, ...cuts.toSorted((a, b) => a - b), all.length];
      const chunks = places.slice(1).map((end, i) => all.subarray(places[i], end));
      expect(rowsOf(chunks)).toEqual(rowsOf([all]));
    }),
  );
});

interface Column {
  readonly name: string;
  readonly value: string | null;
}

const text = fc.string({ unit: 'binary', maxLength: 40 });
const column: fc.Arbitrary<Column> = fc.record({
  name: fc.stringMatching(/^[a-zß-ÿ_?]{1,12}$/),
  value: fc.option(text, { nil: null }),
});
const columns = fc.uniqueArray(column, { maxLength: 6, selector: ({ name }) => name });

const int16 = (value: number): Buffer => Buffer.from([value >> 8, value & 255]);

/** As the documentation of the protocol lays them out. */
const described = (list: readonly Column[]): Buffer =>
  message(
    'T',
    Buffer.concat([
      int16(list.length),
      ...list.map(({ name }) => Buffer.concat([Buffer.from(`${name}\0`), Buffer.alloc(18, 1)])),
    ]),
  );

const rowOf = (list: readonly Column[]): Buffer =>
  message(
    'D',
    Buffer.concat([
      int16(list.length),
      ...list.map(({ value }) => {
        const bytes = Buffer.from(value ?? '');
        const length = Buffer.alloc(4);
        length.writeInt32BE(value === null ? -1 : bytes.length);
        return Buffer.concat([length, bytes]);
      }),
    ]),
  );

test('the first row is kept with its names where it is wanted, wherever it is cut', () => {
  const cut = fc.array(fc.nat(2000));
  fc.assert(
    fc.property(columns, columns, fc.nat(3), cut, (list, other, rows, cuts) => {
      const [head, tail] = [bound, Buffer.concat([complete, ready])];
      const answer = (own: readonly Column[], count: number): Buffer =>
        Buffer.concat([
          head,
          described(own),
          ...Array.from({ length: count }, () => rowOf(own)),
          tail,
        ]);
      const all = Buffer.concat([
        answer(other, 1),
        head,
        described(list),
        ...(rows > 0 ? [rowOf(list)] : []),
        ...Array.from({ length: Math.max(0, rows - 1) }, () => row),
        tail,
        answer(other, 2),
      ]);
      const firstRow = new FirstRow();
      const seen: unknown[] = [];
      const reader = new AnswerReader(() => {
        seen.push(firstRow.row);
        // The second answer of three is the one that somebody wants.
        firstRow.want(seen.length === 1);
      }, firstRow);
      const places = [0, ...cuts.filter((at) => at < all.length), all.length].toSorted(
        (a, b) => a - b,
      );
      for (const [i, end] of places.slice(1).entries()) reader.feed(all.subarray(places[i], end));
      const expected = new Map(list.map(({ name, value }) => [name, value]));
      expect(seen).toEqual([null, rows > 0 ? expected : null, null]);
    }),
  );
});

test('an error without an end of the answer is kept for when the connection closes', () => {
  const reader = new AnswerReader(() => undefined);
  reader.feed(error);
  expect(reader.error).toEqual({ code: '23505', message: 'duplicate key – ß' });
});

test('what is cut between two chunks is kept, though all come in the same memory', () => {
  const written = 'x'.repeat(300);
  const length = Buffer.alloc(4);
  length.writeInt32BE(written.length);
  const long = message('D', Buffer.concat([Buffer.from([0, 1]), length, Buffer.from(written)]));
  const firstRow = new FirstRow();
  firstRow.want(true);
  const codes: string[] = [];
  const values: unknown[] = [];
  const reader = new AnswerReader((code) => {
    codes.push(code);
    values.push(...(firstRow.row?.values() ?? []));
  }, firstRow);
  const memory = Buffer.alloc(16);
  const bytes = Buffer.concat([long, complete, ready, failure]);
  for (let at = 0; at < bytes.length; at += memory.length) {
    reader.feed(memory, bytes.copy(memory, 0, at));
  }
  expect(codes).toEqual(['', '23505']);
  expect(values[0]).toBe(written);
});
