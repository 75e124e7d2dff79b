import type { KeyFacts, Named } from '../../advice/candidate-figures.ts';
import type { Layout } from '../../scenario/layout-types.ts';
import { risesWithTime } from '../../scenario/tables/rising.ts';
import type { Operation } from '../../scenario/types.ts';
import { keyBinding } from '../../workload/classify.ts';
import type { LoadedKeys } from '../../workload/key-usage.ts';
import { tablesOf } from '../../workload/tables/column-text.ts';
import { columnSource } from '../../workload/tables/column-source.ts';
import { tableTree } from '../../workload/tables/table-tree.ts';
import { layoutOf } from '../../workload/tables/table-writes.ts';
import { isTenantKey } from '../../workload/tenant-key.ts';
import type { Workload } from '../../workload/types.ts';
import { apartUnder, noneApart } from './apart.ts';
import { columnsOfKey } from './candidate-strategies.ts';

/** What rules ask of a key of the scenario. */
export function keyFacts(workload: Workload, key: string, known: LoadedKeys): KeyFacts {
  const layout = layoutOf(workload, key);
  const shared = {
    key,
    values: known.count,
    heaviest: known.weights.toSorted().toReversed(),
    isTenant: isTenantKey(workload, key),
  };
  return layout === null
    ? { ...shared, ...flatFacts(workload, key) }
    : { ...shared, ...tableFacts(workload, layout) };
}

type Rest = Omit<KeyFacts, 'key' | 'values' | 'heaviest' | 'isTenant'>;

function flatFacts({ operations, columns }: Workload, key: string): Rest {
  const unbound = (operation: Operation): boolean =>
    operation.statements.some(
      (statement) => statement.insert && keyBinding(statement, key) === null,
    );
  const own = new Set(columnsOfKey(key));
  const generators = columns.filter(({ name }) => own.has(name)).map(({ generator }) => generator);
  return {
    nullFraction: 0,
    changed: { fraction: 0, operations: [] },
    notRunnable: named(operations, unbound),
    rises: generators.every((generator) =>
      generator.kind === 'id' ? generator.style !== 'uuid4' : generator.kind === 'timestamp',
    ),
    lost: [],
    reference: [],
    apart: noneApart,
  };
}

function tableFacts(workload: Workload, layout: Layout): Rest {
  const { operations } = workload;
  const of = (test: (layout: Layout['operations'][number]) => boolean): Named => {
    const found = new Set(operations.filter((_, index) => isSo(layout.operations[index], test)));
    return named(operations, (operation) => found.has(operation));
  };
  const nodes = tableTree(tablesOf(workload));
  const sources = layout.tables
    .filter(({ placement }) => placement === 'sharded')
    .flatMap(({ table, keyColumns }) =>
      keyColumns.map((column) => columnSource(nodes, workload.seed, table, column)),
    );
  const heights = layout.tables.filter(({ placement }) => placement === 'sharded').length;
  return {
    nullFraction: Math.max(0, ...sources.flatMap(({ nulls }) => nulls.map(({ share }) => share))),
    changed: of((own) => changesKey(own)),
    notRunnable: of(({ runs }) => runs === 'none'),
    rises: heights > 0 && sources.every(({ generator }) => risesWithTime(generator)),
    lost: layout.lost,
    reference: layout.tables
      .filter(({ placement }) => placement === 'reference')
      .map(({ table }) => table),
    apart: apartUnder(workload, layout),
  };
}

function isSo<T>(layout: T | undefined, test: (layout: T) => boolean): boolean {
  return layout !== undefined && test(layout);
}

const changesKey = ({ refused, statements }: Layout['operations'][number]): boolean =>
  refused?.reason.code === 'key-changed' ||
  statements.some(({ reason }) => reason?.code === 'key-changed');

function named(operations: readonly Operation[], test: (operation: Operation) => boolean): Named {
  const found = operations.filter(test);
  const weightOf = (some: readonly Operation[]): number =>
    some.reduce((sum, { weight }) => sum + weight, 0);
  return {
    fraction: weightOf(found) / weightOf(operations),
    operations: found.map(({ name }) => name),
  };
}
