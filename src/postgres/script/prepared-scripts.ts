import { present } from '../../base/assert.ts';
import type { Layout } from '../../scenario/layout-types.ts';
import type { Script, ScriptStatement } from '../../scenario/table-types.ts';
import type { Operation } from '../../scenario/types.ts';
import { statementName } from '../frame.ts';

export interface PreparedScriptStatement {
  /** As bind carries it. */
  readonly name: Buffer;
  /** The SQL that prepares it. */
  readonly prepare: string;
  readonly statement: ScriptStatement;
  /** Whether a later statement takes values from its answer. */
  readonly isAnswerUsed: boolean;
}

/** What runs of an operation under a layout. */
export interface PreparedScript {
  /** How its statements travel. */
  readonly transaction: Script['transaction'];
  readonly statements: readonly PreparedScriptStatement[];
  /** Its transactions end with a ROLLBACK of its own. */
  readonly rollsBack: boolean;
}

/** Of each operation; null for one that the layout cannot run. */
export function prepareScripts(
  operations: readonly Operation[],
  layout: Layout,
): (PreparedScript | null)[] {
  return operations.map((operation, index) => {
    const { runs } = present(layout.operations[index], 'layout of an operation');
    if (runs === 'none') return null;
    const script = present(runs === 'own' ? operation.script : operation.instead, 'script');
    const used = usedAnswers(script);
    return {
      transaction: used.size > 0 ? withAnswers(script) : script.transaction,
      statements: script.statements.map((statement, i) => {
        const name = `shardlab_${index}_${i}`;
        return {
          name: statementName(name),
          prepare: `prepare ${name} as ${statement.text}`,
          statement,
          isAnswerUsed: used.has(i),
        };
      }),
      rollsBack: operation.rollsBack === true,
    };
  });
}

/**
 * A value of an answer must be there before the statement that takes it is sent: in one round trip
 * it cannot be. To stay one transaction the statements go one by one.
 */
const withAnswers = ({ transaction }: Script): Script['transaction'] =>
  transaction === 'implicit' ? 'interactive' : transaction;

/** Indexes of statements whose answers others use. */
function usedAnswers({ statements }: Script): ReadonlySet<number> {
  return new Set(
    statements.flatMap(({ parameters }) =>
      parameters.flatMap((parameter) => (parameter.kind === 'answer' ? [parameter.statement] : [])),
    ),
  );
}
