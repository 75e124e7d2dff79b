import type { Candidate } from './candidate.ts';
import type { Scenario } from '../scenario/types.ts';
import { type GrowthContext, isTenantKey } from './growth-case.ts';
import { howToMeasure } from './measure-first.ts';
import { percent } from '../wording/format.ts';
import { mapFindings, splitFindings } from './present-findings.ts';
import { isPlacementKnown, mapOf } from './present-placement.ts';

/** How it is known what the operations cost, relative to each other. */
function costFindings({ capacity, operations }: Scenario): string[] {
  const measured = capacity.operations.filter(({ source }) => source === 'measured');
  const known = capacity.operations.filter(({ source }) => source !== 'unmeasured');
  const unknown = operations
    .map(({ name }) => name)
    .filter((name) => known.every((each) => each.name !== name));
  const findings: string[] = [];
  if (measured.length > 0) {
    findings.push(
      `The cost of ${measured.map(({ name }) => name).join(', ')} was measured: it is the mean ` +
        `service time in the cell ${measured[0]?.by ?? ''}, relative to the mean of the mix. A ` +
        'service time also contains the way to the shard and back and the wait for a processor, ' +
        'so a cost contains more than the work of the database.',
    );
  }
  const seen = capacity.operations.filter(({ scanSeen }) => scanSeen === true);
  if (seen.length > 0) {
    findings.push(
      `The run shows that the time of ${seen.map(({ name }) => name).join(', ')} follows the rows ` +
        'of the shard: compared with operations on one shard, it was shorter where shards had ' +
        'fewer rows. So it counts as a scan. If it is no scan, write scan: false in ' +
        'capacity.operations.',
    );
  }
  if (unknown.length > 0) {
    findings.push(
      `The cost of ${unknown.join(', ')} was not measured, so it counts as 1 (unmeasured). If ` +
        'one operation takes longer than the others, the gain from more shards is smaller or ' +
        'larger than shown. Run the scenario and give its result with --from, or write ' +
        'capacity.operations.',
    );
  }
  return findings;
}

/**
 * What the numbers cannot show, in full sentences.
 *
 * @param unbanded names of strategies whose split tenants allow no band over placements
 */
export function growthFindings(
  context: GrowthContext,
  candidates: readonly Candidate[],
  unbanded: readonly string[],
): string[] {
  const { database, scenario, workload, now } = context;
  const findings = [
    'No database was run for this result: what moves was counted over the keys, and everything ' +
      'else was calculated from the listed assumptions.',
  ];
  if (database.source === 'unknown') {
    findings.push(
      'The capacity of a shard was neither measured nor given, so no months are shown. ' +
        howToMeasure(context),
    );
  }
  if (database.source === 'measured') {
    findings.push(
      'The capacity of a database is the highest rate that one did in a VALID cell. The true ' +
        'capacity may be higher, and then the databases last longer than shown. If no higher rate ' +
        'of the same strategy was SATURATED, the capacity is only a lower bound, and no database ' +
        'is called full because of it.',
    );
  }
  findings.push(...costFindings(scenario));
  const strategies = [
    ...new Map(
      candidates.flatMap(({ strategy }) => (strategy === null ? [] : [[strategy.name, strategy]])),
    ).values(),
  ];
  findings.push(...mapFindings(context, strategies));
  const drawn = strategies.filter(
    (strategy) =>
      strategy.hash !== null &&
      !unbanded.includes(strategy.name) &&
      !isPlacementKnown(strategy, scenario.growth, workload),
  );
  if (drawn.length > 0) {
    findings.push(
      'Where a hash puts the keys is chance. Rows of routers with a hash show the placement in the ' +
        `middle of ${context.placements} placements, and the range of these placements. They show a ` +
        'verdict only where 9 of 10 placements have the same verdict. What moves is counted for ' +
        'the salt of the scenario. A split tenant, or a tenant with a shard of its own, is shown ' +
        'for the placement in the middle. If you know your placement, write it in growth.present.',
    );
  }
  findings.push(...splitFindings(unbanded));
  if (now.shards > 1 && mapOf(scenario.growth) === null) {
    findings.push(
      'It is not known which strategy the present shards use, so each strategy is shown as if ' +
        'it were in use already. A change of the shard key or of the router also moves rows. ' +
        'These rows are not counted here; `shardlab route --compare` counts them for the routers ' +
        'of one key.',
    );
  }
  if (new Set(scenario.topology.weights.filter((weight) => weight > 0)).size > 1) {
    findings.push(
      'The shards have different weights (topology.weights). The capacity of a shard follows its ' +
        'weight, but its cost does not: the bill has the same mean price for each shard.',
    );
  }
  const refusing = candidates.filter(
    ({ strategy, newTenants }) =>
      strategy !== null && newTenants === null && isTenantKey(workload, strategy.key),
  );
  if (refusing.length > 0) {
    const names = new Set(refusing.map(({ strategy }) => strategy?.name));
    findings.push(
      `${[...names].join(', ')} has no shard for the ids of new tenants. The load and the bytes ` +
        'of new tenants are counted on the shards of the present tenants.',
    );
  }
  const scans = scenario.capacity.operations.filter(({ scan }) => scan);
  if (
    scans.length === 0 &&
    candidates.some(({ demand }) => demand.scattered.some((work) => work > 0))
  ) {
    findings.push(
      'This assumes that an operation that asks all shards costs each shard the same, even a ' +
        'shard with few rows. That is true for look-ups by an index. For operations that read all ' +
        'rows, write scan: true in capacity.operations.',
    );
  }
  const dearest = candidates.reduce((most, { demand, hottest }) => {
    return Math.max(most, demand.scattered[hottest] ?? 0);
  }, 0);
  if (dearest > 0) {
    findings.push(
      `Up to ${percent(dearest)} of the work goes to all shards. Such an operation waits for the ` +
        'slowest shard; this wait is not counted here.',
    );
  }
  findings.push(
    'Each future has one trend. Seasons, a large customer who comes or leaves, and a query ' +
      'that becomes slow are not part of the futures.',
  );
  return findings;
}
