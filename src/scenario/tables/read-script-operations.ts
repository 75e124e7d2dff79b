import { checkNames, checkWeights, expectation } from '../operations.ts';
import type { Path } from '../problem.ts';
import type { Script } from '../table-types.ts';
import type { Operation } from '../types.ts';
import { readScript, type ScriptContext } from './read-script.ts';
import { rekeyStatements } from './rekey-statements.ts';
import type { ScriptOperationInput, StepInput } from './script-input.ts';

type Inputs = readonly (ScriptOperationInput | undefined)[];

/** Operations whose form is right (undefined stands for one whose is not), in their order. */
export function readScriptOperations(inputs: Inputs, context: ScriptContext): Operation[] {
  checkNames(inputs, context.problems);
  checkWeights(inputs, context.problems);
  return inputs.flatMap((input, index) => {
    const read = input && readOperation(input, ['operations', index], context);
    return read === undefined ? [] : [read];
  });
}

function readOperation(
  found: ScriptOperationInput,
  path: Path,
  context: ScriptContext,
): Operation | undefined {
  const { rekey } = found;
  const input = rekey === undefined ? found : rekeyStatements(found, rekey, path, context);
  if (input === undefined) return undefined;
  const { name, kind, weight, expect, instead, transaction, isList } = input;
  const rollsBack = isList && endsWithRollback(input.statements, context);
  const steps = rollsBack ? input.statements.slice(0, -1) : input.statements;
  const draws = { inputs: input.draw, path: [...path, 'draw'] };
  if (rollsBack && transaction === 'none') {
    const text = 'found none, but the last statement rolls back; allowed: implicit, interactive';
    context.problems.add([...path, 'transaction'], text);
  }
  const written = { draws, kind, transaction };
  const made = rekey && [...path, 'rekey'];
  const own = {
    ...written,
    steps,
    isList,
    path: made ?? (isList ? [...path, 'statements'] : path),
  };
  const script = readScript({ ...own, isInstead: false }, context);
  const round = instead && {
    ...written,
    steps: instead,
    isList: made === undefined,
    path: made ?? [...path, 'instead'],
    isInstead: true,
  };
  const insteadScript = round && readScript(round, context);
  if (script === undefined || (instead !== undefined && insteadScript === undefined))
    return undefined;
  if (usesAnswers(script) && transaction === 'implicit') {
    const text =
      'found implicit, in which all statements are sent before the first answer, but one uses ' +
      'an answer (`as`); allowed: interactive, none';
    context.problems.add([...path, 'transaction'], text);
  }
  return {
    name,
    kind,
    weight,
    statements: [],
    script,
    ...(insteadScript && { instead: wayRound(insteadScript, kind) }),
    ...(rollsBack && { rollsBack }),
    ...(expect && { expect: expectation(expect) }),
  };
}

/** It uses answers more often than not, for which an operation of one round trip does not wait. */
function wayRound(script: Script, kind: 'read' | 'write'): Script {
  if (script.transaction !== 'implicit' || !usesAnswers(script)) return script;
  return { ...script, transaction: kind === 'write' ? 'interactive' : 'none' };
}

const usesAnswers = ({ statements }: Script): boolean =>
  statements.some(({ parameters }) => parameters.some(({ kind }) => kind === 'answer'));

function endsWithRollback(steps: readonly StepInput[], { reader }: ScriptContext): boolean {
  const last = steps.at(-1);
  return steps.length > 1 && last?.kind === 'sql' && reader.read(last.sql).verb === 'rollback';
}
