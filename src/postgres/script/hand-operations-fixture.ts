import { answer, column, type HandOperation } from './hand-trace-fixture.ts';

const insert = 'insert into notes (id, note) values ($1, $2)';
const number = column('number');
const note = [number, column('tenant')];

/** Operations on a table of notes that both shards have. */
export const hand = {
  look: { transaction: 'implicit', statements: [{ sql: 'select 1', where: 'both' }] },
  lookOne: { transaction: 'interactive', statements: [{ sql: 'select 1', where: 'tenant' }] },
  lookBare: { transaction: 'none', statements: [{ sql: 'select 1', where: 'tenant' }] },
  divide: {
    transaction: 'interactive',
    statements: [{ sql: 'select 1 / ($1::int - $1::int)', where: 'tenant', parameters: [number] }],
  },
  doze: {
    transaction: 'interactive',
    statements: [{ sql: 'select pg_sleep(30)', where: 'tenant' }],
  },
  divideAtOnce: {
    transaction: 'implicit',
    statements: [{ sql: 'select 1 / ($1::int - $1::int)', where: 'tenant', parameters: [number] }],
  },
  dozeAtOnce: {
    transaction: 'implicit',
    statements: [{ sql: 'select pg_sleep(30)', where: 'tenant' }],
  },
  /** Two inserts on each shard, and a look at one. */
  both: {
    transaction: 'interactive',
    statements: [
      { sql: insert, where: 'both', parameters: note, times: 1 },
      { sql: 'insert into notes (note) values ($1)', where: 'both', parameters: [number] },
      { sql: 'select * from notes limit 3', where: 1 },
    ],
  },
  bothOnce: {
    transaction: 'interactive',
    statements: [
      { sql: 'select 1', where: 'tenant' },
      { sql: insert, where: 'both', parameters: note },
    ],
  },
  bothSlow: {
    transaction: 'interactive',
    statements: [
      { sql: insert, where: 'both', parameters: note },
      { sql: 'select pg_sleep(0.02)', where: 0 },
    ],
  },
  lookAtOnce: { transaction: 'implicit', statements: [{ sql: 'select 1', where: 'tenant' }] },
  /** An insert that goes, and one of a row that is there. */
  clashAlways: {
    transaction: 'interactive',
    statements: [
      { sql: insert, where: 0, parameters: note },
      { sql: `insert into notes values (1, 'again')`, where: 1 },
    ],
  },
  bothUndone: {
    transaction: 'interactive',
    rollsBack: true,
    statements: [{ sql: insert, where: 'both', parameters: note }],
  },
  bothAtOnce: {
    transaction: 'implicit',
    statements: [{ sql: insert, where: 'both', parameters: note, times: 1 }],
  },
  /** Shard 1 holds number 1 already, behind an insert on shard 0. */
  clash: {
    transaction: 'interactive',
    statements: [
      { sql: insert, where: 0, parameters: note },
      { sql: insert, where: 1, parameters: note },
      { sql: 'insert into notes (note) values ($1)', where: 0, parameters: [number] },
    ],
  },
  clashBare: {
    transaction: 'none',
    statements: [
      { sql: insert, where: 0, parameters: note },
      { sql: insert, where: 1, parameters: note },
      { sql: 'insert into notes (note) values ($1)', where: 0, parameters: [number] },
    ],
  },
  /** Holds a lock on shard 0 while shard 1 takes its time. */
  lock: {
    transaction: 'interactive',
    statements: [
      { sql: `update notes set note = 'locked' where id = 1`, where: 0 },
      { sql: 'select pg_sleep(0.6)', where: 1 },
    ],
  },
  lockBare: {
    transaction: 'none',
    statements: [
      { sql: `update notes set note = 'free' where id = 1`, where: 0 },
      { sql: 'select pg_sleep(0.6)', where: 1 },
    ],
  },
  lockLong: {
    transaction: 'interactive',
    statements: [
      { sql: `update notes set note = 'long' where id = 1`, where: 0 },
      { sql: 'select pg_sleep(30)', where: 1 },
    ],
  },
  copyAnswer: {
    transaction: 'interactive',
    statements: [
      {
        sql: `insert into notes (note) values ('ü' || $1) returning id + 1000 as "Next", note`,
        where: 'tenant',
        parameters: [number],
        as: 'first',
      },
      {
        sql: 'insert into notes (id, note) values ($1, $2)',
        where: 'both',
        parameters: [answer(0, 'Next'), answer(0, 'note')],
      },
    ],
  },
  noAnswer: {
    transaction: 'interactive',
    statements: [
      { sql: 'select note from notes where id = -1', where: 0, as: 'none' },
      {
        sql: `insert into notes (id, note) values ($1, coalesce($2, 'no row'))`,
        where: 1,
        parameters: [number, answer(0, 'note')],
      },
    ],
  },
  wrongAnswer: {
    transaction: 'interactive',
    statements: [
      { sql: `insert into notes (note) values ('x') returning id, note`, where: 0, as: 'first' },
      { sql: insert, where: 1, parameters: [number, answer(0, 'nowhere')] },
    ],
  },
  empty: {
    transaction: 'implicit',
    statements: [{ sql: insert, where: 'tenant', parameters: [number, column('nothing')] }],
  },
} satisfies Record<string, HandOperation>;
