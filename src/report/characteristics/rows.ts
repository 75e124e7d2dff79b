import type {
  CandidateCharacteristics,
  CharacteristicsDocument,
} from '../../result/characteristics-document.ts';

type BindShare = NonNullable<CandidateCharacteristics['bindShare']>;

/** Share of the calls that one shard answers: by the key, or from a reference table. */
export const onOneShard = ({ single, reference }: BindShare): number => single + reference;

/** `orders.tenant_id`, `orders (tenant_id, id)`. */
export const placeOf = ({ table, columns }: CandidateCharacteristics['tables'][number]): string =>
  columns.length === 1 ? `${table}.${columns[0] ?? ''}` : `${table} (${columns.join(', ')})`;

export type HealthFact = CharacteristicsDocument['health'][number];

const remedies: Readonly<Record<NonNullable<HealthFact['arguesFor']>, string>> = {
  index: 'an index',
  pooler: 'a connection pooler',
  replica: 'a read replica',
  'blobs-elsewhere': 'large values elsewhere',
  partitions: 'partitions',
  vacuum: 'more vacuuming',
  'more-memory': 'more memory',
  sharding: 'sharding',
};

/** What a number argues for, in words; null: for nothing. */
export const remedyOf = ({ arguesFor }: HealthFact): string | null =>
  arguesFor === null ? null : remedies[arguesFor];

export const loadBasis: Readonly<Record<CandidateCharacteristics['load']['basis'], string>> = {
  observed: 'of the statements in the log',
  written: 'of the transactions that left rows',
  rows: 'of the rows',
};
