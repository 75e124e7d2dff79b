import { expect, test } from 'vitest';
import type { Layout } from '../../scenario/layout-types.ts';
import { answer, handLayout, type HandOperation, operationOf } from './hand-trace-fixture.ts';
import { prepareScripts } from './prepared-scripts.ts';

const own: HandOperation = {
  transaction: 'implicit',
  statements: [
    { sql: 'select 1', where: 0 },
    { sql: 'select 2', where: 0 },
  ],
};
const around: HandOperation = {
  transaction: 'implicit',
  statements: [
    { sql: 'select 3', where: 0, as: 'first' },
    { sql: 'select $1', where: 0, parameters: [answer(0, 'x')] },
  ],
};

const operation = { ...operationOf('look', own), instead: operationOf('around', around).script };

function prepared(runs: Layout['operations'][number]['runs']) {
  const layout = handLayout([own]);
  const operations = layout.operations.map((each) => ({ ...each, runs }));
  return prepareScripts([operation], { ...layout, operations })[0];
}

const sent = (runs: 'own' | 'instead') => prepared(runs)?.statements.map((each) => each.prepare);

test('only what the layout runs is prepared', () => {
  expect(sent('own')).toEqual([
    'prepare shardlab_0_0 as select 1',
    'prepare shardlab_0_1 as select 2',
  ]);
  expect(sent('instead')).toEqual([
    'prepare shardlab_0_0 as select 3',
    'prepare shardlab_0_1 as select $1',
  ]);
  expect(prepared('none')).toBeNull();
});

test('where a value comes from an answer, one round trip becomes several', () => {
  expect(prepared('own')?.transaction).toBe('implicit');
  expect(prepared('instead')?.transaction).toBe('interactive');
  expect(prepared('instead')?.statements.map(({ isAnswerUsed }) => isAnswerUsed)).toEqual([
    true,
    false,
  ]);
});
