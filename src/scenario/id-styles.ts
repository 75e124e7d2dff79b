import type { KeyType } from '../base/keys.ts';

/** How unique ids are made, each with the type of its column. All but uuid4 rise with time. */
export const idKeyTypes = {
  serial: 'int8',
  uuid4: 'uuid',
  uuid7: 'uuid',
  snowflake: 'int8',
} as const satisfies Readonly<Record<string, KeyType>>;

export type IdStyle = keyof typeof idKeyTypes;

export const idStyles = ['serial', 'uuid4', 'uuid7', 'snowflake'] as const satisfies IdStyle[];

/** Where new ids of a kind come among those that there are. */
export const newIdOrders = ['sequential', 'random'] as const;

export type NewIdOrder = (typeof newIdOrders)[number];
