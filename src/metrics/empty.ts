import { type Fact, fact } from '../result/finding.ts';

export interface EmptyOperation {
  readonly operation: string;
  /** Its index among the operations of the cell. */
  readonly index: number;
  readonly kind: 'read' | 'write';
  /** Its successful shard queries, none of which returned or changed a row. */
  readonly queries: number;
}

/** Each operation whose queries touch nothing. */
export function empty(operations: readonly EmptyOperation[]): Fact[] {
  return operations.map(({ operation, index, kind, queries }) =>
    fact('operation-empty', {
      severity: 'error',
      numbers: { queries },
      names: { operation, kind },
      place: `/operations/${index}`,
    }),
  );
}
