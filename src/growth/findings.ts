import type { Candidate } from './candidate.ts';
import type { Scenario } from '../scenario/types.ts';
import { type GrowthContext, isTenantKey } from './growth-case.ts';
import { howToMeasure } from './measure-first.ts';
import { percent } from './number-text.ts';
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
      `What ${measured.map(({ name }) => name).join(', ')} cost was measured: the mean service ` +
        `time of each in the cell ${measured[0]?.by ?? ''}, relative to the mean of the mix. A ` +
        'service time also contains the way to the shard and back and the wait for a processor, ' +
        'so a cost is not work alone.',
    );
  }
  const seen = capacity.operations.filter(({ scanSeen }) => scanSeen === true);
  if (seen.length > 0) {
    findings.push(
      `The time of ${seen.map(({ name }) => name).join(', ')} follows the rows of the shard, as ` +
        'the run shows: where shards had fewer rows it took less, compared with operations on one ' +
        'shard. So it counts as a scan. Write capacity.operations with scan: false if it is none.',
    );
  }
  if (unknown.length > 0) {
    findings.push(
      `What ${unknown.join(', ')} cost was not measured, and each counts as 1 (unmeasured). If ` +
        'one of them takes longer than the others, more shards buy less or more than this says. ' +
        'Run the scenario and give its result with --from, or write capacity.operations.',
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
    'Nothing was run for this: what moves is counted over the keys, and everything else ' +
      'follows from the assumptions listed.',
  ];
  if (database.source === 'unknown') {
    findings.push(
      'What a shard takes was neither measured nor given, so that nothing is said about months. ' +
        howToMeasure(context),
    );
  }
  if (database.source === 'measured') {
    findings.push(
      'What a database takes is the most that one was seen to do in a VALID cell: months are too ' +
        'few rather than too many. Where no higher rate of the same strategy was SATURATED it is ' +
        'a lower bound only, and nothing is called full by it.',
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
      'A placement by a hash is one draw of many. Rows of routers with a hash show the middle of ' +
        `${context.placements} placements and the range of them, and a verdict only where 9 of 10 agree. ` +
        'What moves is counted for the salt of the scenario, and a tenant split off or apart is ' +
        'shown for the placement in the middle. Say which placement there is with ' +
        'growth.present.',
    );
  }
  findings.push(...splitFindings(unbanded));
  if (now.shards > 1 && mapOf(scenario.growth) === null) {
    findings.push(
      'Which strategy the present shards have is not known: each is shown as if it were in use ' +
        'already. Changing the shard key or the router moves rows too, which is not counted; ' +
        '`shardlab route --compare` counts it for routers of one key.',
    );
  }
  if (new Set(scenario.topology.weights.filter((weight) => weight > 0)).size > 1) {
    findings.push(
      'Shards differ in topology.weights: what each takes follows them, what each costs does not; ' +
        'the bill has the price of a mean shard for every one.',
    );
  }
  const refusing = candidates.filter(
    ({ strategy, newTenants }) =>
      strategy !== null && newTenants === null && isTenantKey(workload, strategy.key),
  );
  if (refusing.length > 0) {
    const names = new Set(refusing.map(({ strategy }) => strategy?.name));
    findings.push(
      `${[...names].join(', ')} has no shard for the ids of new tenants. Their load and their ` +
        'bytes are counted where those of the present tenants are.',
    );
  }
  const scans = scenario.capacity.operations.filter(({ scan }) => scan);
  if (
    scans.length === 0 &&
    candidates.some(({ demand }) => demand.scattered.some((work) => work > 0))
  ) {
    findings.push(
      'Operations that ask all shards are assumed to cost each shard the same, however few rows it ' +
        'holds. That is true of look-ups by an index. For those that read all rows write ' +
        'scan: true in capacity.operations.',
    );
  }
  const dearest = candidates.reduce((most, { demand, hottest }) => {
    return Math.max(most, demand.scattered[hottest] ?? 0);
  }, 0);
  if (dearest > 0) {
    findings.push(
      `Up to ${percent(dearest)} of the work goes to all shards: the answer is as late as the ` +
        'slowest of them, which this does not count.',
    );
  }
  findings.push(
    'Futures have one trend each; seasons, a large customer who comes or leaves, and a query ' +
      'that turns slow are not in them.',
  );
  return findings;
}
