import type { KeyValue } from '../scenario/layout-types.ts';
import type {
  DrawnValue,
  Script,
  ScriptParameter,
  ScriptStatement,
  TableSet,
} from '../scenario/table-types.ts';
import { type Family, familyOfType } from './families.ts';
import type { ParameterFacts } from './key-sets.ts';
import { RowIdentities } from './row-identities.ts';

/** A column of a draw's row that an answer is known to be; null: its value is not known before. */
export type AnswerOf = (
  statement: number,
  column: string,
) => { readonly draw: number; readonly column: string } | { readonly constant: string } | null;

type RowParameter = Extract<ScriptParameter, { kind: 'row' }>;

/** What is known of a statement's parameters before it runs. */
export function parameterFacts(
  { parameters, group }: ScriptStatement,
  script: Script,
  set: TableSet,
  rows: RowIdentities,
  answerOf: AnswerOf,
): ParameterFacts[] {
  const rowFacts = (parameter: RowParameter, value: KeyValue): ParameterFacts => {
    const { draw, column, form } = parameter;
    const table = set.tables.find(({ name }) => name === script.draws[draw]?.table);
    const type = table?.columns.find(({ name }) => name === column)?.type;
    const family = type === undefined ? undefined : familyOfType(type);
    const identity = form === 'value' ? rows.of(draw, column) : `${form} ${draw} ${column}`;
    return { identity, value, family };
  };
  return parameters.map((parameter, index): ParameterFacts => {
    if (parameter.kind === 'row') return rowFacts(parameter, { parameter: index + 1 });
    if (parameter.kind === 'value') {
      const { generator } = script.values[parameter.value] ?? {};
      const identity = `value ${parameter.value}`;
      return { identity, value: { parameter: index + 1 }, family: familyOfValue(generator) };
    }
    const identity = `answer ${parameter.statement} ${parameter.column}`;
    const known = answerOf(parameter.statement, parameter.column);
    if (known === null) return { identity, value: null, family: undefined };
    if ('constant' in known) {
      return { identity: `constant ${known.constant}`, value: known, family: undefined };
    }
    // What a group draws is there as long as its repetition lasts.
    const drawn = script.draws[known.draw];
    if (drawn === undefined || (drawn.group !== 0 && drawn.group !== group)) {
      return { identity, value: null, family: undefined };
    }
    return rowFacts({ kind: 'row', form: 'value', ...known }, known);
  });
}

function familyOfValue(generator: DrawnValue['generator'] | undefined): Family | undefined {
  if (generator?.kind === 'number') return generator.decimals === 0 ? 'int' : 'numeric';
  if (generator?.kind === 'date' || generator?.kind === 'json') return generator.kind;
  return 'text';
}
