import { type Outcome, outcomes } from '../metrics/outcome.ts';

/** query_canceled: what statement_timeout raises. */
const canceled = '57014';

/** What a query's end counts as; '' is success, all else an SQLSTATE or an errno name. */
export function outcomeOf(code: string): Outcome {
  if (code === '') return outcomes.ok;
  return code === canceled ? outcomes.timedOut : outcomes.failed;
}
