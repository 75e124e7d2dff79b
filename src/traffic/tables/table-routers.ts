import { buildRouter, type RouterSpec } from '../../router/build-router.ts';
import type { KnownKeys, Router, RouterTopology } from '../../router/contract.ts';
import type { Layout } from '../../scenario/layout-types.ts';
import { below, finalise } from '../../workload/mix.ts';
import { knownTableKeys } from '../../workload/tables/known-table-keys.ts';
import type { Workload } from '../../workload/types.ts';
import type { TableRouters } from './trace.ts';

/**
 * The routers of a cell: tables that lie by a key of their own have one each, built like the main
 * one on that key's values. What a strategy says of single keys is about the main key.
 *
 * @param known values of the strategy's key
 */
export function tableRouters(
  spec: RouterSpec,
  topology: RouterTopology,
  workload: Workload,
  layout: Layout,
  known: KnownKeys,
): TableRouters {
  const { pin: _, split: __, ...plain } = spec;
  const own = layout.tables
    .filter(({ placement }) => placement === 'own-key')
    .map(({ table }): [string, Router] => {
      const keys = knownTableKeys(workload, layout, { ownKeyOf: table });
      return [table, buildRouter(plain, topology, keys.type, keys)];
    });
  return {
    shardCount: topology.shardCount,
    main: buildRouter(spec, topology, known.type, known),
    own: new Map(own),
  };
}

/** Where nothing but the main router is at hand: keys of their own are spread evenly. */
export function routersBeside(main: Router, layout: Layout): TableRouters {
  const { shardCount } = main;
  const even = evenRouter(shardCount);
  const own = layout.tables.filter(({ placement }) => placement === 'own-key');
  return { shardCount, main, own: new Map(own.map(({ table }) => [table, even])) };
}

function evenRouter(shardCount: number): Router {
  return {
    shardCount,
    route(bytes, start, end) {
      let hash = 0;
      for (let i = start; i < end; i += 1) hash = finalise(hash * 31 + (bytes[i] ?? 0) + 1);
      return below(hash, shardCount);
    },
  };
}
