import { percent } from './format.ts';
import { howToMeasure } from './growth-advice.ts';
import type { Said, Sentences } from './sentence.ts';

const operations = (said: Said): string => said.list('operations').join(', ');
const strategies = (said: Said): string => said.list('strategies').join(', ');

/** How the capacity and the costs are known. */
const basis: Sentences = {
  'no-database-run': () =>
    'No database was run for this result: what moves was counted over the keys, and everything ' +
    'else was calculated from the listed assumptions.',
  'capacity-not-known': (said) =>
    'The capacity of a shard was neither measured nor given, so no months are shown. ' +
    howToMeasure(said),
  'capacity-is-a-lower-bound': () =>
    'The capacity of a database is the highest rate that one did in a VALID cell. The true ' +
    'capacity may be higher, and then the databases last longer than shown. If no higher rate of ' +
    'the same strategy was SATURATED, the capacity is only a lower bound, and no database is ' +
    'called full because of it.',
  'costs-measured': (said) =>
    `The cost of ${operations(said)} was measured: it is the mean service time in the cell ` +
    `${said.name('cell')}, relative to the mean of the mix. A service time also contains ` +
    'the way to the shard and back and the wait for a processor, so a cost contains more ' +
    'than the work of the database.',
  'scans-seen': (said) =>
    `The run shows that the time of ${operations(said)} follows the rows of the shard: compared ` +
    'with operations on one shard, it was shorter where shards had fewer rows. So it counts as a ' +
    'scan. If it is no scan, write scan: false in capacity.operations.',
  'costs-not-measured': (said) =>
    `The cost of ${operations(said)} was not measured, so it counts as 1 (unmeasured). If one ` +
    'operation takes longer than the others, the gain from more shards is smaller or larger than ' +
    'shown. Run the scenario and give its result with --from, or write capacity.operations.',
};

/** What the placements stand for. */
const placements: Sentences = {
  'placement-is-chance': (said) =>
    'Where a hash puts the keys is chance. Rows of routers with a hash show the placement in the ' +
    `middle of ${said.number('placements')} placements, and the range of these placements. They ` +
    'show a verdict only where 9 of 10 placements have the same verdict. What moves is counted ' +
    'for the salt of the scenario. A split tenant, or a tenant with a shard of its own, is shown ' +
    'for the placement in the middle. If you know your placement, write it in growth.present.',
  'split-has-no-band': (said) =>
    `${strategies(said)}: tenants are split, and other placements of their pieces are not worked ` +
    'out. These rows stand for one placement, that of the salt in the scenario, and have no band ' +
    'over placements. Another salt can give other months and another verdict.',
  'present-strategy-unknown': () =>
    'It is not known which strategy the present shards use, so each strategy is shown as if it ' +
    'were in use already. A change of the shard key or of the router also moves rows. These rows ' +
    'are not counted here; `shardlab route --compare` counts them for the routers of one key.',
  'weights-cost-the-same': () =>
    'The shards have different weights (topology.weights). The capacity of a shard follows its ' +
    'weight, but its cost does not: the bill has the same mean price for each shard.',
  'no-shard-for-new-tenants': (said) =>
    `${strategies(said)} has no shard for the ids of new tenants. The load and the bytes of new ` +
    'tenants are counted on the shards of the present tenants.',
  'scatter-costs-each-shard-the-same': () =>
    'This assumes that an operation that asks all shards costs each shard the same, even a shard ' +
    'with few rows. That is true for look-ups by an index. For operations that read all rows, ' +
    'write scan: true in capacity.operations.',
  'scatter-waits-for-slowest': (said) =>
    `Up to ${percent(said.number('workFraction'))} of the work goes to all shards. Such an ` +
    'operation waits for the slowest shard; this wait is not counted here.',
  'one-trend': () =>
    'Each future has one trend. Seasons, a large customer who comes or leaves, and a query that ' +
    'becomes slow are not part of the futures.',
  'integers-counted': (said) =>
    `What moves was counted over the integers 0 to ${said.number('keys') - 1}, each of one row, ` +
    'and not over the keys of the scenario. Capacity, cost and plans use the keys of the scenario.',
  'integers-not-counted': (said) =>
    'One strategy was still counted over the keys of the scenario: ' +
    `${said.name('strategy')}: ${said.list('problems').join('; ')}.`,
};

/** What the shard map of growth.present is taken for. */
const map: Sentences = {
  'map-is-the-present': (said) =>
    `The tenants are where ${said.name('file')} has them (growth.present). The present row of ` +
    `${strategies(said)} is that placement, and the first step moves tenants from there. A ` +
    'tenant split off or apart is shown with the others where the router itself places them.',
  'map-goes-on': (said) =>
    `${strategies(said)}: the router goes on from the map. Tenants stay where the map has them, ` +
    'except those that the router moves at a step.',
  'map-is-left': (said) =>
    `${strategies(said)}: the router cannot go on from a placement that is not its own. After ` +
    'the first step its placements are its own, and that step also moves every tenant that the ' +
    'map has on another shard.',
  'map-splits-no-tenant': (said) =>
    `${strategies(said)}: the map gives one shard for each tenant. The pieces of tenants ` +
    'that are split are where the strategy itself puts them.',
  'map-is-of-tenants': (said) =>
    `${strategies(said)}: the shard key is not the tenant, so the map says nothing about ` +
    'it. Each is shown as if it were in use already, and what changing to it moves is not ' +
    'counted.',
};

export const growthFindings: Sentences = { ...basis, ...placements, ...map };
