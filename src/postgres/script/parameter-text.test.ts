import { expect, test } from 'vitest';
import type { ArrivalRows } from '../../workload/arrival-rows.ts';
import { type OwnParameter, parameterText } from './parameter-text.ts';

/** Three rows; the text of each says where it was asked for. */
const rows: ArrivalRows = {
  open: () => undefined,
  repetitions: () => 2,
  row: (_draw, _repetition, index) => index,
  rowCount: () => 3,
  text: (draw, repetition, index, column) =>
    column === 'nothing' || index > 2 ? null : `${draw}"${repetition}\\${index},${column}`,
  valueText: (value, repetition) => `value ${value} of ${repetition}`,
};

const of = (form: 'value' | 'list' | 'from' | 'to', column = 'id'): OwnParameter => ({
  kind: 'row',
  draw: 7,
  column,
  form,
});

test('a parameter is the value of its first row, a range goes from the first to the last', () => {
  expect(parameterText(rows, of('value'), 1)).toBe('7"1\\0,id');
  expect(parameterText(rows, of('from'), 1)).toBe('7"1\\0,id');
  expect(parameterText(rows, of('to'), 1)).toBe('7"1\\2,id');
  expect(parameterText(rows, of('value', 'nothing'), 0)).toBeNull();
});

test('a list is an array literal that no text can break', () => {
  const element = (index: number): string => `"7\\"0\\\\${index},id"`;
  expect(parameterText(rows, of('list'), 0)).toBe(`{${[0, 1, 2].map(element).join(',')}}`);
  expect(parameterText(rows, of('list', 'nothing'), 0)).toBe('{NULL,NULL,NULL}');
});

test('a drawn value is that of its repetition', () => {
  expect(parameterText(rows, { kind: 'value', value: 3 }, 1)).toBe('value 3 of 1');
});
