import type { ThresholdResult } from '../../result/threshold-result.ts';
import type { Cell, RunResult } from '../../result/types.ts';
import { sampleResult } from '../../testing/sample-result.ts';
import { worded } from '../../wording/worded.ts';

const sample = sampleResult();

/** The sample result, with those cells only that are VALID. */
export const validSample: RunResult = {
  ...sample,
  cells: sample.cells.filter(({ verdict }) => verdict?.status === 'VALID'),
};

/** A limit on the p99 of writes as the run judged it for a cell; null: there were no samples. */
export function limitOf(
  { strategy, shardCount }: Cell,
  value: number | null,
  limitMs = 50,
): ThresholdResult {
  const ok = value !== null && value < limitMs;
  const code = value === null ? 'limit-no-samples' : ok ? 'limit-kept' : 'limit-broken';
  const names = { metric: 'response_ms', aggregate: 'p(99)', operator: '<' };
  return {
    expression: 'response_ms{operation:place_order,kind:write}: p(99)<50',
    metric: 'response_ms',
    tags: { operation: 'place_order', kind: 'write' },
    aggregate: 'p(99)',
    operator: '<',
    limit: limitMs,
    strategy,
    shardCount,
    value,
    samples: 2000,
    ok,
    note: worded({
      code,
      severity: ok ? 'info' : 'error',
      numbers: { limit: limitMs, ...(value !== null && { value }) },
      names,
      place: '',
    }),
  };
}
