import type { Path } from '../problem.ts';
import type { ScriptStep } from '../table-types.ts';
import type { ReadSql, SqlReader } from '../vocabulary.ts';
import type { DrawInput, RepeatInput, SqlInput, StepInput } from './script-input.ts';

export type DrawInputs = Readonly<Record<string, DrawInput>>;

export interface FlatStatement {
  readonly input: SqlInput;
  readonly read: ReadSql;
  readonly group: number;
  /** Of its SQL. */
  readonly path: Path;
}

export interface FlatGroup {
  readonly draws: DrawInputs;
  /** Of its map of draws. */
  readonly drawPath: Path;
  /** null: the operation itself, which runs once. */
  readonly repeat: { readonly input: RepeatInput['repeat']; readonly path: Path } | null;
  readonly steps: readonly ScriptStep[];
}

/** The statements of a script in the order in which they are written, and its groups. */
export interface FlatScript {
  readonly groups: readonly FlatGroup[];
  readonly statements: readonly FlatStatement[];
}

/** @param path of the list of steps, or of the operation whose only statement it is */
export function flatScript(
  steps: readonly StepInput[],
  draws: { readonly inputs: DrawInputs | undefined; readonly path: Path },
  path: Path,
  isList: boolean,
  reader: SqlReader,
): FlatScript {
  const statements: FlatStatement[] = [];
  const groups: FlatGroup[] = [];
  const add = (input: SqlInput, group: number, at: Path): ScriptStep => {
    const here = input.isMap ? [...at, 'sql'] : at;
    statements.push({ input, read: reader.read(input.sql), group, path: here });
    return { statement: statements.length - 1 };
  };
  const own: ScriptStep[] = [];
  groups.push({ draws: draws.inputs ?? {}, drawPath: draws.path, repeat: null, steps: own });
  for (const [index, step] of steps.entries()) {
    const at = isList ? [...path, index] : path;
    if (step.kind === 'sql') {
      own.push(add(step, 0, at));
      continue;
    }
    const inner: ScriptStep[] = [];
    const group = groups.length;
    groups.push({
      draws: step.draw ?? {},
      drawPath: [...at, 'draw'],
      repeat: { input: step.repeat, path: [...at, 'repeat'] },
      steps: inner,
    });
    for (const [i, each] of step.statements.entries()) {
      inner.push(add(each, group, [...at, 'statements', i]));
    }
    own.push({ group });
  }
  return { groups, statements };
}
