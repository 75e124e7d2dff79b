import type { ScriptParameter } from '../../scenario/table-types.ts';
import type { ArrivalRows } from '../../workload/arrival-rows.ts';

/** A parameter whose value follows from the arrival alone. */
export type OwnParameter = Exclude<ScriptParameter, { readonly kind: 'answer' }>;

/** Its value for the arrival that is open, in Postgres' text form; null for NULL. */
export function parameterText(
  rows: ArrivalRows,
  parameter: OwnParameter,
  repetition: number,
): string | null {
  if (parameter.kind === 'value') return rows.valueText(parameter.value, repetition);
  const { draw, column, form } = parameter;
  switch (form) {
    case 'value':
    case 'from':
      return rows.text(draw, repetition, 0, column);
    case 'to':
      return rows.text(draw, repetition, rows.rowCount(draw) - 1, column);
    case 'list': {
      const count = rows.rowCount(draw);
      let list = '{';
      for (let i = 0; i < count; i += 1) {
        if (i > 0) list += ',';
        list += element(rows.text(draw, repetition, i, column));
      }
      return `${list}}`;
    }
  }
}

/** Of an array literal: always quoted, so that no text can be taken for syntax. */
const element = (text: string | null): string =>
  text === null ? 'NULL' : `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
