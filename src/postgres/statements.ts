import { present } from '../base/assert.ts';
import type { Parameter } from '../scenario/types.ts';
import { columnValue, type ColumnValue } from '../workload/attributes.ts';
import { createReferences, type References } from '../workload/references.ts';
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
  const references = createReferences(workload);
  return workload.operations.map(({ statements, rollsBack }, operation) => ({
    statements: statements.map(({ text, parameters }, i) => {
      const name = `shardlab_${operation}_${i}`;
      const values = parameters.map((parameter) => valueOf(workload, references, parameter));
      return { name: statementName(name), prepare: `prepare ${name} as ${text}`, values };
    }),
    rollsBack: rollsBack === true,
  }));
}

/**
 * ROLLBACK under a name of its own. SQL's PREPARE takes no such statement, the protocol's does. In a
 * pipeline it undoes what was sent since the last sync.
 */
export const rollback = { name: 'shardlab_rollback', text: 'rollback' } as const;
export const rollbackName = statementName(rollback.name);

function valueOf(workload: Workload, references: References, parameter: Parameter): ColumnValue {
  const own = ownValue(workload, references, parameter);
  if (!parameter.other) return own;
  return (_tenant, row) => {
    references.pickOther(row);
    return own(references.otherTenant, references.otherRow);
  };
}

function ownValue(workload: Workload, references: References, parameter: Parameter): ColumnValue {
  const value = columnValue(workload, parameter.column);
  switch (parameter.form) {
    case 'value':
    case 'from':
      return value;
    case 'to': {
      const count = span(workload, parameter, 'range');
      return (tenant, row) => value(tenant, references.rangeEnd(row, count));
    }
    case 'list': {
      const count = span(workload, parameter, 'list');
      return (tenant, row) => {
        let list = '{';
        for (let i = 0; i < count; i++) {
          if (i > 0) list += ',';
          list += quoted(value(tenant, references.listRow(tenant, row, i)));
        }
        return `${list}}`;
      };
    }
  }
}

/** An element of an array literal: always quoted, so that no text can be taken for syntax. */
const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, '\\$&')}"`;

function span(workload: Workload, parameter: Parameter, by: 'list' | 'range'): number {
  for (const { statements } of workload.operations) {
    for (const { binds, parameters } of statements) {
      if (!parameters.includes(parameter)) continue;
      const bind = binds.find(
        (binding) =>
          binding.column === parameter.column &&
          binding.by === by &&
          binding.other === parameter.other,
      );
      return present(bind, `binding of ${parameter.column} by ${by}`).count;
    }
  }
  throw new Error(`assertion failed: parameter ${parameter.column} belongs to no statement`);
}
