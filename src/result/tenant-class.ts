import { z } from 'zod';
import { count, responseDistribution } from './distribution.ts';

/**
 * Every tenant is in one of them, by its size as the scenario asks for it and by where its rows
 * lie.
 */
export const tenantClassNames = [
  /** The largest tenant; all of those that are equally large. */
  'largest',
  /**
   * Of the largest hundredth of the tenants (rounded up), those that are not the largest. Of those
   * that are equally large at its edge it has all or none.
   */
  'rest-of-top-1-percent',
  /** Of all others, those with a loaded row on a shard that has rows of the largest. */
  'others-beside-largest',
  /** Those with none there. */
  'others-elsewhere',
] as const;

/**
 * What the operations of a class of tenants met, those on several shards too: an operation belongs
 * to the tenant that it is about.
 */
export const tenantClassResult = z.strictObject({
  class: z.enum(tenantClassNames),
  tenants: count,
  /** Operations, whatever their outcome. */
  arrivals: count,
  ok: count,
  responseMs: responseDistribution,
  /**
   * Of its operations on one shard alone: those on several wait for the slowest of them, wherever
   * the tenant is.
   */
  singleShardMs: responseDistribution,
  /** Shards on which its rows lie; of the largest alone. */
  shards: z.array(count).optional(),
});

export type TenantClassName = (typeof tenantClassNames)[number];
export type TenantClassResult = z.infer<typeof tenantClassResult>;
