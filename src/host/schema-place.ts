import { realpathSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';

/** Where the editor of a scenario finds the schema. */
export interface SchemaPlace {
  /** From the scenario's own folder, as the scenario's first line names it. */
  readonly address: string;
  /** Where a copy must be written for that; null: it is the program's own file. */
  readonly copyTo: string | null;
}

/**
 * The program's own schema, where the program belongs to the project of the scenario (a checkout,
 * or node_modules of a folder above); else a copy beside the scenario: a path to a global
 * installation or to a cache of npx would hold on this machine only.
 *
 * @param schema the program's own file
 */
export function schemaPlace(scenario: string, schema: string): SchemaPlace {
  const folder = dirname(resolve(scenario));
  const own = join(schema, '..', '..');
  for (let above = folder; ; above = dirname(above)) {
    for (const place of [above, join(above, 'node_modules', 'shardlab')]) {
      if (!isSame(place, own)) continue;
      const path = relative(folder, join(place, 'scenarios', basename(schema)));
      const address = path.split(sep).join('/');
      return { address: address.startsWith('.') ? address : `./${address}`, copyTo: null };
    }
    if (dirname(above) === above) break;
  }
  const copy = `${basename(scenario).replace(/\.ya?ml$/i, '')}.schema.json`;
  return { address: `./${encodeURI(copy)}`, copyTo: join(dirname(scenario), copy) };
}

function isSame(path: string, other: string): boolean {
  try {
    return realpathSync(path) === realpathSync(other);
  } catch {
    // Not there, so it is another one.
    return false;
  }
}
