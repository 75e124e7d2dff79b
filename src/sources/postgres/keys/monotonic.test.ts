import { expect, test } from 'vitest';
import type { ColumnEvidence } from '../../../profile/evidence.ts';
import { tableWith } from '../health/table-evidence-fixture.ts';
import { byCatalogue, byData } from './monotonic.ts';

const columnWith = (changes: Partial<ColumnEvidence>): ColumnEvidence => {
  const [column] = tableWith('any').columns;
  if (column === undefined) throw new Error('no column');
  return { ...column, ...changes };
};

test.each<[string, Partial<ColumnEvidence>, boolean | null]>([
  ['identity', { identity: 'by default' }, true],
  ['serial', { default: "nextval('t_id_seq'::regclass)" }, true],
  ['uuid of version 7', { base: 'uuid', default: 'uuidv7()' }, true],
  ['uuid of version 4', { base: 'uuid', default: 'gen_random_uuid()' }, false],
  ['time of the insert', { base: 'timestamp with time zone', default: 'now()' }, true],
  ['today', { base: 'date', default: 'CURRENT_DATE' }, true],
  ['a choice', { enumLabels: ['a', 'b'] }, false],
  ['yes or no', { base: 'boolean' }, false],
  ['text with the time in it', { base: 'text', default: '(now())::text' }, null],
  ['no default', {}, null],
])('%s', (_, changes, expected) => {
  expect(byCatalogue(columnWith(changes))).toBe(expected);
});

test('what rows show: many transactions decide, few do only where rows are unique', () => {
  const [id, other] = tableWith('any').columns;
  if (id === undefined || other === undefined) throw new Error('no columns');
  const unique = { key: 'id', table: tableWith('any'), columns: [id] };
  const plain = { key: 'parent_id', table: tableWith('any'), columns: [other] };
  const updated = { ...plain, table: tableWith('any', { activity: { updated: 9 } }) };
  const judged = (
    place: typeof plain,
    [transactions, byTime, records, physical]: readonly [number, number, number, number],
  ) => byData(place, { transactions, byTime, records, physical });
  expect(judged(plain, [50, 0.99, 0.9, 0])).toBe(true);
  expect(judged(plain, [50, 0.7, 0.1, 0])).toBe(false);
  // Updates make old rows young, but inserts among them still set records.
  expect(judged(updated, [200, 0.5, 0.5, 0])).toBe(true);
  expect(judged(updated, [200, 0.7, 0.2, 1])).toBe(null);
  expect(judged(updated, [200, 0.1, 0.03, 1])).toBe(false);
  // Of few transactions many set records by chance.
  expect(judged(plain, [20, 0.2, 0.35, 0])).toBe(false);
  expect(judged(unique, [2, 0, 0, 1])).toBe(true);
  expect(judged(plain, [2, 0, 0, 1])).toBe(null);
  expect(judged(unique, [2, 0, 0, 0.2])).toBe(false);
});
