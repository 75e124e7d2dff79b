import { costDefaults as defaults } from './defaults.ts';
import { atLeast, integer, record, text } from './fields.ts';
import { uncertainAmount, uncertainShare } from './uncertain.ts';

const engineeringInput = record({
  engineers: atLeast(0, 100_000)
    .prefault(defaults.engineers)
    .describe('Engineers who work on the application'),
  month: uncertainAmount.prefault(defaults.engineerMonth).describe('Price of one for a month'),
  share: uncertainShare
    .prefault(defaults.engineerShare)
    .describe('Share of their time that goes into queries across shards'),
  months: integer(0, 120, 'a number of months')
    .prefault(defaults.engineerMonths)
    .describe('For how many months'),
  spread: integer(1, 600, 'a number of months')
    .prefault(defaults.spread)
    .describe('Months over which that is spread in the monthly bill'),
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
    .describe('Only shown'),
  instance: uncertainAmount
    .prefault(defaults.instance)
    .describe('Machine of the present instance, such as 1200 +- 10%'),
  shardPrice: uncertainShare
    .prefault(defaults.shardPrice)
    .describe('Machine of a shard as a share of that price'),
  overhead: uncertainShare
    .prefault(defaults.overhead)
    .describe('On top of each shard: backup, monitoring, room in the pools'),
  replicas: integer(0, 20, 'a number of standbys')
    .prefault(defaults.replicas)
    .describe('Standbys of every database'),
  storage: uncertainAmount.prefault(defaults.storage).describe('One GB for a month'),
  hours: uncertainAmount
    .prefault(defaults.hours)
    .describe("People's hours a month for each database"),
  hourPrice: uncertainAmount.prefault(defaults.hourPrice).describe('Price of one such hour'),
  engineering: engineeringInput
    .prefault(defaults.engineering)
    .describe('Queries that cross shards, when one instance becomes several shards'),
}).transform(({ storage, hours, ...rest }) => ({
  ...rest,
  storagePerGb: storage,
  hoursPerDatabase: hours,
}));
