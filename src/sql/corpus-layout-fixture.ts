import { present } from '../base/assert.ts';
import type { Layout, StatementLayout } from '../scenario/layout-types.ts';
import type { Script } from '../scenario/table-types.ts';
import { corpusChoices, corpusScript, corpusTables } from './corpus-schema-fixture.ts';
import { layoutsOf } from './layouts.ts';
import { sqlReaderFixture as reader } from './sql-reader-fixture.ts';

/** What becomes of a statement of the corpus. */
export function corpusLayout(sql: string): {
  script: Script;
  layout: Layout;
  statement: StatementLayout;
} {
  const script = corpusScript(sql);
  const operation = { name: 'a', kind: 'write', weight: 1, statements: [], script } as const;
  const layouts = layoutsOf({
    set: corpusTables,
    operations: [operation],
    strategies: [{ key: 'tenant', tables: corpusChoices }],
    tenants: 12,
    reader,
  });
  const layout = present(layouts.get('tenant'), 'layout');
  return { script, layout, statement: present(layout.operations[0]?.statements[0], 'statement') };
}
