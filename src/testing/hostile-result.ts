import { textOnly } from '../result/finding.ts';
import type { Cell, RunResult } from '../result/types.ts';
import { failedCell } from './damaged-cells.ts';
import { sampleResult } from './sample-result.ts';

/** Texts that try to leave the place they are shown in. */
export const hostileTexts = [
  '<script>document.title = "owned"</script>',
  '</svg></td></table><img src=x onerror="document.title = 1">',
  '\u202Etxet desrever\u202C \u200F"quoted" & \'single\' | pipe `tick` [a](http://b) *c* _d_',
  'x'.repeat(10_000),
  '\u001b[31mred\u001b[0m\u0007\u0000',
  'tenant_id/日本語 العربية עברית 😀',
] as const;

/** The sample with hostile texts wherever a text of the user's, or of a server's, may stand. */
export function hostileResult(): RunResult {
  const result = sampleResult();
  const text = (index: number) => hostileTexts[index % hostileTexts.length] ?? '';
  const cells = result.cells.map((cell, index): Cell => {
    const hostile: Cell = {
      ...cell,
      strategy: index === 0 ? cell.strategy : text(index - 1),
      shardKey: cell.shardKey && text(index),
      router: cell.router && text(index),
      notes: [textOnly(text(index + 1))],
      verdict: { status: 'NOISY', reasons: [textOnly(text(index + 2))] },
      operations: cell.operations.map((one, at) => ({ ...one, operation: text(at) })),
      errors: [0, null].map((shard) => ({
        code: text(index),
        message: text(index + 1),
        operation: text(index + 2),
        shard,
        count: 2,
        firstMs: 1,
        lastMs: 3,
      })),
      alarms: cell.alarms.map((alarm) => ({
        ...alarm,
        rule: text(index),
        note: textOnly(text(index + 1)),
      })),
    };
    return index === 2 ? failedCell(hostile, text(0)) : hostile;
  });
  return {
    ...result,
    name: text(0),
    description: text(1),
    command: text(2),
    findings: hostileTexts.map(textOnly),
    environment: { ...result.environment, cpu: text(3), os: text(0), fileSystem: text(2) },
    window: { ...result.window, cellOrder: cells.map((cell) => cell.strategy) },
    scenario: { name: text(0), description: text(3), [text(1)]: text(2) },
    cells,
  };
}
