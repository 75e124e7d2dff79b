import { type StatedCapacity, within } from '../../growth/database-capacity.ts';
import { seenSteps } from '../../growth/capacity/seen-steps.ts';
import { measuredCapacity, type ResultFile } from '../../growth/measured-capacity.ts';
import { withMeasuredCosts } from '../../growth/measured-costs.ts';
import { readUserFile } from '../../host/files.ts';
import { isCapacityDocument, parseCapacityDocument } from '../../result/capacity-document.ts';
import { fact } from '../../result/finding.ts';
import { parseRunResult } from '../../result/parse.ts';
import type { Uncertain } from '../../scenario/growth-types.ts';
import type { Scenario } from '../../scenario/types.ts';

/**
 * Results of runs, and searches of the capacity, which show what a shard takes and what operations
 * cost.
 */
export function readResults(files: readonly string[]): Promise<ResultFile[]> {
  return Promise.all(
    files.map(async (file) => {
      const text = new TextDecoder().decode(await readUserFile(file, 'result'));
      const result = isCapacityDocument(text)
        ? seenSteps(parseCapacityDocument(text, file))
        : parseRunResult(text, file);
      return { result, file };
    }),
  );
}

/** What a shard takes, as it was given or as results show; null: what the scenario says. */
export function statedCapacity(
  scenario: Scenario,
  given: Uncertain | null,
  results: readonly ResultFile[],
): StatedCapacity | null {
  if (given !== null) {
    const shard = within(given);
    const basis = fact('capacity-given', { names: { option: '--capacity' } });
    return { shard, instance: null, source: 'given', basis };
  }
  return results.length === 0 ? null : measuredCapacity(results, scenario);
}

/** What operations cost shows in the calmest run: at higher rates they wait for each other. */
export function withCosts(scenario: Scenario, results: readonly ResultFile[]): Scenario {
  // Cells of a run have one rate; of a search the calmest step counts.
  const offered = ({ result }: ResultFile): number =>
    Math.min(...result.cells.flatMap(({ load }) => load?.offeredQps ?? []));
  const [calmest] = results.toSorted((a, b) => offered(a) - offered(b));
  return calmest === undefined ? scenario : withMeasuredCosts(scenario, calmest.result);
}
