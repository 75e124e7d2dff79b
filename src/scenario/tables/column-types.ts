import type { KeyType } from '../../base/keys.ts';
import { idKeyTypes } from '../id-styles.ts';
import { sqlTypes } from '../orders.ts';
import type { TableGenerator } from '../table-types.ts';
import { type ColumnsOf, copiedFrom } from './column-source.ts';

type OwnGenerator = Exclude<TableGenerator, { kind: 'parent' | 'pick' }>;

const int4 = { min: -(2 ** 31), max: 2 ** 31 - 1 };

function numberType({ min, max, decimals }: Extract<OwnGenerator, { kind: 'number' }>): string {
  if (decimals > 0) return 'numeric';
  return min >= int4.min && max <= int4.max ? 'int4' : 'int8';
}

/** Postgres' type of what a generator makes, where it is always the same. */
const types = {
  user: 'int8',
  sequence: 'int4',
  timestamp: 'timestamptz',
  date: 'date',
  json: 'jsonb',
  choice: 'text',
  padded: 'text',
  text: 'text',
  words: 'text',
} as const;

function typeOf(generator: OwnGenerator, idType: KeyType): string {
  if (generator.kind === 'tenant') return sqlTypes[idType];
  if (generator.kind === 'id') return idKeyTypes[generator.style];
  return generator.kind === 'number' ? numberType(generator) : types[generator.kind];
}

/** A column's type: as written, or that of what it copies, or that of its generator. */
export function columnType(
  table: string,
  column: string,
  columnsOf: ColumnsOf,
  idType: KeyType,
): string | undefined {
  const chain = copiedFrom(table, column, columnsOf);
  if (chain === undefined) return undefined;
  const written = chain.find(({ type }) => type !== undefined)?.type;
  const generator = chain.at(-1)?.generator;
  if (written !== undefined || !generator) return written;
  return generator.kind === 'parent' || generator.kind === 'pick'
    ? undefined
    : typeOf(generator, idType);
}

const keyTypes: Readonly<Partial<Record<TableGenerator['kind'], KeyType>>> = {
  user: 'int8',
  sequence: 'int8',
  choice: 'text',
  padded: 'text',
  words: 'text',
};

/**
 * Type of the generator's values as (a part of) a shard key; undefined where no router takes them:
 * those that hardly repeat or are no whole numbers, and columns that nothing fills.
 */
export function columnKeyType(
  table: string,
  column: string,
  columnsOf: ColumnsOf,
  idType: KeyType,
): KeyType | undefined {
  const generator = copiedFrom(table, column, columnsOf)?.at(-1)?.generator;
  if (generator?.kind === 'tenant') return idType;
  if (generator?.kind === 'id') return idKeyTypes[generator.style];
  return generator ? keyTypes[generator.kind] : undefined;
}
