import type { Artefact, Chosen } from './artefact-types.ts';
import { placedTables } from './artefact-tables.ts';
import { engineArtefacts } from './engine-map.ts';
import type { RouterPlan } from './router-plan.ts';

/** A VSchema: https://vitess.io/docs/reference/features/vschema/. Vitess itself is for MySQL. */
export function vschemaArtefacts(chosen: Chosen & { plan: RouterPlan }): Artefact[] {
  const { scenario, layout, plan, strategy } = chosen;
  const tables = placedTables(scenario, layout, strategy.key);
  // Of integers the map beside it is that of the vindex hash.
  const type = plan.vindex ?? (plan.keyType === 'int8' ? 'hash' : 'xxhash');
  const entries = tables.flatMap(({ name, placement, keyColumns, isBits }): [string, object][] => {
    if (placement === 'reference') return [[name, { type: 'reference' }]];
    const [column, ...more] = keyColumns;
    if (placement === 'home' || column === undefined || more.length > 0 || isBits) return [];
    return [[name, { column_vindexes: [{ column, name: 'shard_key' }] }]];
  });
  const vschema = {
    sharded: true,
    vindexes: { shard_key: { type } },
    tables: Object.fromEntries(entries),
  };
  const text = `${JSON.stringify(vschema, null, 2)}\n`;
  const isExact = plan.vindex !== null;
  return engineArtefacts('Vitess', chosen, {
    path: 'vitess/vschema.json',
    text,
    isExact,
    parameter: null,
  });
}
