import { present } from '../base/assert.ts';
import type { Layout } from '../scenario/layout-types.ts';
import { parseScenario } from '../scenario/parse.ts';
import { vocabularyFixture } from '../scenario/vocabulary-fixture.ts';
import { layoutsOf } from './layouts.ts';
import { sqlReaderFixture as reader } from './sql-reader-fixture.ts';

/** How the tables of a scenario lie by its first strategy. */
export function layoutOfYaml(text: string): Layout {
  const scenario = parseScenario(text, 'scenario.yaml', vocabularyFixture);
  const { tables, operations, strategies } = scenario;
  const set = present(tables, 'tables');
  const layouts = layoutsOf({ set, operations, strategies, tenants: 10, reader });
  return present(layouts.get(present(strategies[0], 'strategy').key), 'layout');
}

/** Foreign keys and unique constraints that no shard holds whole, each in a line. */
export const lostIn = ({ lost }: Layout): string[] =>
  lost.map(({ kind, table, columns, references = '' }) =>
    `${kind} ${table}(${columns.join(', ')}) ${references}`.trimEnd(),
  );
