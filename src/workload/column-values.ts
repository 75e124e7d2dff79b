import type { Generator } from '../scenario/types.ts';
import { below, mix } from './mix.ts';

/** Ids begin here, so that they have one width and order as text as they do as numbers. */
export const firstId = 1_000_000_000;

/** Row 0 was made at 2026-01-01T00:00:00Z, and each later row a second after the one before. */
const firstTimestampMs = 1_767_225_600_000;
const rowIntervalMs = 1000;

/** Users of a tenant are neighbours: tenant x perTenant + 1 and on. */
export function userOf(salt: number, perTenant: number, tenant: number, row: number): number {
  return tenant * perTenant + below(mix(salt, tenant, row), perTenant) + 1;
}

export function timestampMsOf(row: number): number {
  return firstTimestampMs + row * rowIntervalMs;
}

/** The serial id of a row; other styles of id are in id-values.ts. */
export function idOf(row: number): number {
  return firstId + row;
}

/** Index into the generator's values; all rows of a tenant share it when it is drawn by tenant. */
export function choiceOf(
  salt: number,
  generator: Extract<Generator, { kind: 'choice' }>,
  tenant: number,
  row: number,
): number {
  const word = generator.per === 'tenant' ? mix(salt, tenant, 0) : mix(salt, tenant, row);
  return below(word, generator.values.length);
}
