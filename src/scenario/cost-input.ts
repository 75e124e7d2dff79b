import { costDefaults as defaults } from './cost-defaults.ts';
import { atLeast, integer, record, text } from './fields.ts';
import { uncertainAmount, uncertainShare } from './uncertain.ts';

const engineeringInput = record({
  engineers: atLeast(0, 100_000)
    .prefault(defaults.engineers)
    .describe('Engineers who work on the application'),
  month: uncertainAmount
    .prefault(defaults.engineerMonth)
    .describe('Price of one engineer for a month'),
  share: uncertainShare
    .prefault(defaults.engineerShare)
    .describe('Share of their time that goes into queries across shards'),
  months: integer(0, 120, 'a number of months')
    .prefault(defaults.engineerMonths)
    .describe('For how many months they do so'),
  spread: integer(1, 600, 'a number of months')
    .prefault(defaults.spread)
    .describe('Number of months over which this cost is distributed in the monthly bill'),
}).transform(({ engineers, month, share, months, spread }) => ({
  engineers,
  engineerPrice: month,
  share,
  months,
  spreadMonths: spread,
}));

/** Every part of the cost model; prices are for a month. */
export const costInput = record({
  currency: text('the name of a currency, such as USD', /^\S{1,8}$/)
    .prefault(defaults.currency)
    .describe('Only shown; nothing is converted'),
  instance: uncertainAmount
    .prefault(defaults.instance)
    .describe('Machine of the present instance, such as 1200 +- 10%'),
  shardPrice: uncertainShare
    .prefault(defaults.shardPrice)
    .describe('Price of the machine of a shard / that of the instance'),
  overhead: uncertainShare
    .prefault(defaults.overhead)
    .describe('Added for each shard: backup, monitoring, connection pools'),
  replicas: integer(0, 20, 'a number of standbys')
    .prefault(defaults.replicas)
    .describe('Standbys of every database'),
  storage: uncertainAmount.prefault(defaults.storage).describe('Price of one GB for a month'),
  hours: uncertainAmount
    .prefault(defaults.hours)
    .describe('Hours of work a month for each database'),
  hourPrice: uncertainAmount.prefault(defaults.hourPrice).describe('Price of one such hour'),
  engineering: engineeringInput
    .prefault(defaults.engineering)
    .describe('Queries that cross shards, when one instance becomes several shards'),
}).transform(({ storage, hours, ...rest }) => ({
  ...rest,
  storagePerGb: storage,
  hoursPerDatabase: hours,
}));
