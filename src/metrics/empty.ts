export interface EmptyOperation {
  readonly operation: string;
  readonly kind: 'read' | 'write';
  /** Its successful shard queries, none of which returned or changed a row. */
  readonly queries: number;
}

/** One sentence for each operation whose queries touch nothing. */
export function empty(operations: readonly EmptyOperation[]): string[] {
  return operations.map(({ operation, kind, queries }) => {
    const did = kind === 'read' ? 'returned' : 'changed';
    const all = queries === 1 ? 'Its only query' : `None of its ${queries} queries`;
    const none = queries === 1 ? 'no row' : 'a row';
    return (
      `Operation ${operation} did no work. ${all} ${did} ${none}: look at what its SQL asks for. ` +
      'Where that is right, say so in the scenario with expect: [empty].'
    );
  });
}
