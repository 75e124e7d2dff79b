import type { RoutePlan } from './route-plan.ts';

/** A plan that ends its phase where it would end the process. */
export interface WatchedPlan {
  readonly plan: RoutePlan;
  /** Rejects with the first error of the plan. */
  readonly failed: Promise<never>;
}

/**
 * The driver asks its plan from within events, where nobody catches an error: here it rejects
 * `failed`. Until the phase is stopped, operations without a route go to shard 0.
 */
export function watchedPlan(plan: RoutePlan): WatchedPlan {
  const { promise, reject } = Promise.withResolvers<never>();
  // Whoever runs no phase need not hear of it.
  promise.catch(() => undefined);
  return {
    failed: promise,
    plan: {
      shardCount: plan.shardCount,
      get crossShard() {
        return plan.crossShard;
      },
      route(operation, tenant, row, shards, statements) {
        try {
          return plan.route(operation, tenant, row, shards, statements);
        } catch (error) {
          reject(error);
          shards[0] = 0;
          statements[0] = 1;
          return 1;
        }
      },
    },
  };
}
