import type { Scenario } from '../scenario/types.ts';
import type { SeenResult } from './seen-result.ts';

/** What makes two shards' capacities comparable: the work, the data, and the shards' limits. */
const sameParts = ['name', 'tenants', 'data', 'schema', 'operations', 'durability'] as const;

/** Parts of the scenario that a result was not measured with. */
export function differingParts(
  result: Pick<SeenResult, 'scenario'>,
  scenario: Scenario,
): readonly string[] {
  const differing: string[] = sameParts.filter(
    (part) => canonicalJson(result.scenario[part]) !== canonicalJson(scenario[part]),
  );
  const { topology } = result.scenario;
  const quota = isRecord(topology) ? topology.quota : undefined;
  if (canonicalJson(quota) !== canonicalJson(scenario.topology.quota)) {
    differing.push('topology.quota');
  }
  return differing;
}

/** JSON whose keys are sorted, so that their order makes no difference. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    isRecord(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
