import { present } from '../../base/assert.ts';
import type { OperationTrace } from '../../traffic/tables/trace.ts';
import { parameterText } from './parameter-text.ts';
import type { PreparedScript, PreparedScriptStatement } from './prepared-scripts.ts';

/** One run of one statement of an arrival. */
export interface RunStep {
  /** Index of the statement. */
  readonly index: number;
  readonly statement: PreparedScriptStatement;
  readonly shards: readonly number[];
  /** Of $1, $2 ...; null also for what an answer has yet to say. */
  readonly values: readonly (string | null)[];
}

/**
 * Everything that the open arrival does, read from the trace at once: by the time of a later
 * statement the trace is about another arrival.
 */
export function runSteps(trace: OperationTrace, { statements }: PreparedScript): RunStep[] {
  return Array.from({ length: trace.stepCount }, (_, step) => {
    const index = trace.statementOf(step);
    const repetition = trace.repetitionOf(step);
    const statement = present(statements[index], 'statement');
    return {
      index,
      statement,
      shards: Array.from({ length: trace.shardCountOf(step) }, (__, i) => trace.shardOf(step, i)),
      values: statement.statement.parameters.map((parameter) =>
        parameter.kind === 'answer' ? null : parameterText(trace.rows, parameter, repetition),
      ),
    };
  });
}
