import { present } from '../base/assert.ts';
import type { Parameter, Statement } from '../scenario/types.ts';
import { columnValue, type ColumnValue } from './attributes.ts';
import { createReferences, type References } from './references.ts';
import type { Workload } from './types.ts';

/**
 * What the parameters of a statement stand for, in the order of $1, $2 ...: the text of each for
 * the tenant and row of an arrival. The rows that it refers to are drawn from the workload's seed.
 */
export function parameterValues(
  workload: Workload,
): (statement: Statement) => readonly ColumnValue[] {
  const references = createReferences(workload);
  return ({ parameters, binds }) =>
    parameters.map((parameter) => valueOf(workload, references, parameter, binds));
}

function valueOf(
  workload: Workload,
  references: References,
  parameter: Parameter,
  binds: Statement['binds'],
): ColumnValue {
  const own = ownValue(workload, references, parameter, binds);
  if (!parameter.other) return own;
  return (_tenant, row) => {
    references.pickOther(row);
    return own(references.otherTenant, references.otherRow);
  };
}

function ownValue(
  workload: Workload,
  references: References,
  parameter: Parameter,
  binds: Statement['binds'],
): ColumnValue {
  const value = columnValue(workload, parameter.column);
  switch (parameter.form) {
    case 'value':
    case 'from':
      return value;
    case 'to': {
      const count = spanOf(parameter, binds, 'range');
      return (tenant, row) => value(tenant, references.rangeEnd(row, count));
    }
    case 'list': {
      const count = spanOf(parameter, binds, 'list');
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

/** How many rows the binding behind a parameter reaches over. */
function spanOf(
  { column, other }: Parameter,
  binds: Statement['binds'],
  by: 'list' | 'range',
): number {
  const bind = binds.find(
    (binding) => binding.column === column && binding.by === by && binding.other === other,
  );
  return present(bind, `binding of ${column} by ${by}`).count;
}
