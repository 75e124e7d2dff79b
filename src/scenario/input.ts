import { z } from 'zod';
import { arrivalsInput, loopInput } from './arrivals-input.ts';
import { capacityInput } from './capacity-input.ts';
import { costInput } from './cost-input.ts';
import { costDefaults } from './cost-defaults.ts';
import { dataInput, durabilityInput, walInput } from './data-input.ts';
import { capacityDefaults, defaults, growthDefaults, simulationDefaults } from './defaults.ts';
import { flag, integer, list, record, text } from './fields.ts';
import { growthInput } from './growth-input.ts';
import { alarmsInput, limitsInput } from './limits-input.ts';
import { objectivesInput } from './objectives-input.ts';
import { operationInput } from './operation-input.ts';
import { durationMs, positiveDurationMs, positiveRatePerSecond } from './quantities.ts';
import { simulationInput } from './simulation-input.ts';
import { strategyInput, tableStrategyInput } from './strategy-input.ts';
import { tableInput } from './table-input.ts';
import { keysInput } from './tables/keys-input.ts';
import { residencyInput } from './residency-input.ts';
import { scriptOperationInput } from './tables/script-input.ts';
import { tablesInput, viewsInput } from './tables/tables-input.ts';
import { tenantsInput } from './tenants-input.ts';
import { repeatInput } from './repeat.ts';
import { thresholdsInput } from './thresholds/thresholds-input.ts';
import { topologyInput } from './topology-input.ts';

/** What scenarios have whether of one table or of many: what arrives, the shards, the plans. */
const loadShape = {
  name: text(
    'a name of letters, digits, dots, - and _',
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/,
  ).describe('Name of the run and of its results'),
  description: text('a sentence', /^/)
    .prefault(defaults.description)
    .describe('One sentence for reports'),
  seed: integer(0, Number.MAX_SAFE_INTEGER)
    .prefault(defaults.seed)
    .describe('The same seed gives the same arrivals on every machine'),
  duration: positiveDurationMs
    .prefault(defaults.duration)
    .describe('Length of the measured window of each cell'),
  warmup: durationMs
    .prefault(defaults.warmup)
    .describe('Time before the measured window, with the same load; it is not counted'),
  repeat: repeatInput,
  rate: positiveRatePerSecond.optional().describe('Operations offered, over all shards together'),
  arrivals: arrivalsInput.prefault(defaults.arrivals).describe('How operations arrive'),
  loop: loopInput
    .prefault(defaults.loop)
    .describe('open: the schedule starts operations; clients: each starts one when its last ends'),
  tenants: tenantsInput
    .prefault(defaults.tenants)
    .describe('Tenants and the share of the load that each has'),
};

const shardsShape = {
  topology: topologyInput
    .prefault(defaults.topology)
    .describe('Shards, their capacity and their limits'),
  limits: limitsInput
    .prefault(defaults.limits)
    .describe('Time-outs, connections and queues of the driver'),
  alarms: alarmsInput
    .prefault(defaults.alarms)
    .describe('Limits above which a report says that a shard differs from the others'),
  thresholds: thresholdsInput.optional(),
  wal: walInput
    .prefault(defaults.wal)
    .describe('For which sizes the WAL of the inserts is forecast; used by `run` only'),
  durability: durabilityInput
    .prefault(defaults.durability)
    .describe('What the shards do at a commit'),
};

const baseline = {
  baseline: flag()
    .prefault(defaults.baseline)
    .describe('Also measure the cell `single`: one shard, no router'),
};

const plansShape = {
  simulation: simulationInput
    .prefault(simulationDefaults.simulation)
    .describe('How `simulate` models a shard'),
  growth: growthInput
    .prefault(growthDefaults.growth)
    .describe('How tenants, load and bytes grow, and the path of shard counts'),
  objectives: objectivesInput.describe('What a recommendation must meet; used by `advise` only'),
  residency: residencyInput
    .optional()
    .describe('Rows that need shards of their own; a rule of `advise` only'),
  capacity: capacityInput
    .prefault(capacityDefaults.capacity)
    .describe('The load that one database can take, and when it counts as full'),
  cost: costInput
    .prefault(costDefaults.cost)
    .describe('Prices: machines, storage, people, engineering'),
};

const strategiesAllowed = 'a list of one or more { key, router }';
const strategiesMeaning = 'What is compared; each strategy is measured as one cell';
const data = dataInput.prefault(defaults.data).describe('Rows loaded before each cell');
const schema = tableInput.optional().describe('The table; if left out, a table of orders');
const operationsAllowed = 'a list of one or more operations';
const operations = list(operationInput, operationsAllowed)
  .optional()
  .describe('The work; if left out, six operations on orders');

const onlyWithTables = z.undefined({ error: 'nothing, because the scenario has no `tables`' });
const notWithTables = z.undefined({ error: 'nothing, because `tables` say what there is' });

/**
 * The document as users write it, with one table. Each part is checked by itself and turned into
 * the types of types.ts; what concerns two parts is checked in parse.ts.
 */
export const scenarioInput = record({
  ...loadShape,
  data,
  ...shardsShape,
  schema,
  tables: z.undefined().optional(),
  views: onlyWithTables.optional(),
  keys: onlyWithTables.optional(),
  operations,
  ...baseline,
  strategies: list(strategyInput, strategiesAllowed).describe(strategiesMeaning),
  ...plansShape,
});

const tablesShape = {
  tables: tablesInput.describe('Tables of the scenario, with how their rows are made'),
  views: viewsInput.prefault({}).describe('Views, each with its query'),
  keys: keysInput
    .prefault({})
    .describe("Shard keys by name, each with its column in each table; a column's name is one too"),
};

/** The same with `tables`. */
export const tablesScenarioInput = record({
  ...loadShape,
  data: notWithTables.optional(),
  ...shardsShape,
  schema: notWithTables.optional(),
  ...tablesShape,
  operations: list(scriptOperationInput, operationsAllowed),
  ...baseline,
  strategies: list(tableStrategyInput, strategiesAllowed).describe(strategiesMeaning),
  ...plansShape,
});

/** Both at once, for editors and the reference. */
export const anyScenarioInput = record({
  ...loadShape,
  data,
  ...shardsShape,
  schema,
  tables: tablesShape.tables.optional(),
  views: tablesShape.views,
  keys: tablesShape.keys,
  operations: list(z.union([operationInput, scriptOperationInput]), operationsAllowed)
    .optional()
    .describe('The work; if left out, six operations on orders'),
  ...baseline,
  strategies: list(tableStrategyInput, strategiesAllowed).describe(strategiesMeaning),
  ...plansShape,
});

export type ScenarioInput = z.output<typeof scenarioInput>;
export type TablesScenarioInput = z.output<typeof tablesScenarioInput>;
