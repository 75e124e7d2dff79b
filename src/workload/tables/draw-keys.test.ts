import { expect, test } from 'vitest';
import { encodeCompositeKey } from '../../base/composite-keys.ts';
import { decodeKey, encodeKey } from '../../base/keys.ts';
import { createArrivalRows } from '../arrival-rows.ts';
import { composeKeys, constantKey, drawColumnKey, drawnValueKey, keyOfDraw } from './draw-keys.ts';
import { draw, operation } from './script-fixture.ts';
import { shopWorkload } from './shop-fixture.ts';

test('are those of the text, in loaded and new rows, for every draw', () => {
  const workload = shopWorkload();
  const rows = createArrivalRows(workload);
  const names = ['users', 'orders', 'products', 'lines'] as const;
  for (const [index, table] of names.entries()) {
    const set = workload.tables?.set.tables.find(({ name }) => name === table);
    for (const { name, type } of set?.columns ?? []) {
      if (type !== 'int8' && type !== 'int4') continue;
      const key = drawColumnKey(workload, rows, table, name);
      const out = new Uint8Array(key.maxBytes);
      for (let number = 0; number < 50; number += 1) {
        rows.open(0, false, number % 60, number);
        for (let time = 0; time < rows.repetitions(1); time += 1) {
          const length = key.write(index, time, 0, out);
          expect(decodeKey('int8', out, 0, length)).toBe(rows.text(index, time, 0, name));
        }
      }
    }
  }
});

test('of several draws, of constants and of values, whole and in parts', () => {
  const times = { kind: 'times', from: 2, to: 2 } as const;
  const operations = [
    operation([draw('users', { kind: 'tenant' }), draw('orders', { kind: 'tenant' })], times),
  ];
  const workload = shopWorkload({ operations });
  const rows = createArrivalRows(workload);
  const generator = operations[0]?.script?.values[0]?.generator;
  if (generator === undefined) throw new Error('no value');
  const key = composeKeys([
    keyOfDraw(drawColumnKey(workload, rows, 'users', 'region'), 0),
    keyOfDraw(drawColumnKey(workload, rows, 'orders', 'id', { from: 22, count: 41 }), 1),
    constantKey('int8', '77'),
    constantKey('int8', '770', { from: 1, count: 3 }),
    drawnValueKey(rows, 'text', 0, generator),
  ]);
  const out = new Uint8Array(key.maxBytes);
  rows.open(0, false, 4, 9);
  const length = key.write(-1, 1, 0, out);
  const time = BigInt(rows.text(1, 0, 0, 'id') ?? '') >> 22n;
  expect(out.slice(0, length)).toStrictEqual(
    encodeCompositeKey([
      { type: 'text', text: rows.text(0, 0, 0, 'region') },
      { type: 'int8', text: String(time) },
      { type: 'int8', text: '77' },
      { type: 'int8', text: String((770 >> 1) & 7) },
      { type: 'text', text: rows.valueText(0, 1) },
    ]),
  );
  const constant = constantKey('text', 'é');
  expect(constant.write(0, 0, 0, out)).toBe(2);
  expect(out.slice(0, 2)).toStrictEqual(encodeKey('text', 'é'));
  expect(() => constantKey('int8', 'x')).toThrow('constant "x" is not a whole number');
});
