import type { ColumnValue } from '../workload/attributes.ts';
import { parameterValues } from '../workload/parameter-values.ts';
import type { Workload } from '../workload/types.ts';
import { statementName } from './frame.ts';

export interface PreparedStatement {
  /** As bind carries it. */
  readonly name: Buffer;
  /** The SQL that prepares it. */
  readonly prepare: string;
  /** Of $1, $2 ... */
  readonly values: readonly ColumnValue[];
}

/** Of an operation, in the order of its statements. */
export interface PreparedOperation {
  readonly statements: readonly PreparedStatement[];
  /** Runs behind those that were sent: the transaction ends with a ROLLBACK of its own. */
  readonly rollsBack: boolean;
}

/** Every statement of every operation: [operation].statements[statement]. */
export function prepareStatements(workload: Workload): readonly PreparedOperation[] {
  const valuesOf = parameterValues(workload);
  return workload.operations.map(({ statements, rollsBack }, operation) => ({
    statements: statements.map((statement, i) => {
      const name = `shardlab_${operation}_${i}`;
      const prepare = `prepare ${name} as ${statement.text}`;
      return { name: statementName(name), prepare, values: valuesOf(statement) };
    }),
    rollsBack: rollsBack === true,
  }));
}

/**
 * ROLLBACK under a name of its own. SQL's PREPARE takes no such statement, the protocol's does. In
 * a pipeline it undoes what was sent since the last sync.
 */
export const rollback = { name: 'shardlab_rollback', text: 'rollback' } as const;
export const rollbackName = statementName(rollback.name);
