import { z } from 'zod';
import { count, fraction, measure, perhaps, responseDistribution } from './distribution.ts';
import { crossShard } from './table-result.ts';

/** How many shards the operations of a cell touch, and what that costs. */
export const fanOutResult = z.strictObject({
  singleShardFraction: fraction,
  multiShardFraction: fraction,
  scatterFraction: fraction,
  /** Mean number of shards touched by an operation. */
  shardQueriesPerOperation: measure,
  /** Response time of operations that touched one shard, and of those that touched all. */
  singleShardMs: responseDistribution,
  scatterMs: responseDistribution,
  /**
   * Mean of the slowest shard's service time / mean of all shard queries, scatter-gather only.
   */
  stragglerPenalty: perhaps,
  /** Writes that touched more than one shard and so were not atomic. */
  crossShardWrites: count,
  /**
   * Share of the operations that are transactions whose writes or locking reads reach two
   * shards or more; absent in documents of earlier versions.
   */
  crossShardFraction: fraction.optional(),
  crossShard: crossShard.optional(),
});
