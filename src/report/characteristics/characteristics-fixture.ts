import type {
  CandidateCharacteristics,
  CharacteristicsDocument,
} from '../../result/characteristics-document.ts';
import type { Finding } from '../../result/finding.ts';

export const findingFixture = (text: string): Finding => ({
  code: 'some-code',
  severity: 'info',
  numbers: {},
  place: '',
  text,
});

export const candidateFixture = (
  change: Partial<CandidateCharacteristics> = {},
): CandidateCharacteristics => ({
  key: 'tenant_id',
  tables: [
    { table: 'tenants', columns: ['id'] },
    { table: 'orders', columns: ['tenant_id'] },
  ],
  rows: 10_500,
  distinct: 500,
  distinctDoubtful: false,
  largestShare: 0.125,
  top: [{ value: '17', share: 0.125 }],
  effective: 32,
  usefulShards: 8,
  nullFraction: 0,
  monotonic: false,
  byTable: [
    {
      table: 'orders',
      rows: 10_000,
      distinct: 500,
      largestShare: 0.125,
      nullFraction: 0,
      physicalCorrelation: 0.4,
      basis: 'exact',
    },
  ],
  bindShare: { single: 0.8, multi: 0, scatter: 0.05, reference: 0.1, notRunnable: 0.05 },
  bindShareReads: null,
  bindShareWrites: null,
  bindShareByTime: null,
  ninetyPercentRule: true,
  frequent: [
    { sql: 'select * from orders where tenant_id = $1', share: 0.6, fate: 'single' },
    {
      sql: 'select count(*) from orders',
      share: 0.05,
      fate: 'scatter',
      reason: {
        code: 'statement-key-not-bound',
        severity: 'info',
        numbers: {},
        names: { names: ['orders', 'tenant_id'] },
        place: '',
        text: 'It does not fix the key.',
      },
    },
  ],
  keyUpdates: 0,
  crossShardTransactions: { several: 3, all: 100, share: 0.03 },
  lostConstraints: [{ table: 'orders', kind: 'unique', columns: ['number'] }],
  coLocatedJoins: { local: 0.2, joins: 0.2, share: 1 },
  referenceTables: ['countries'],
  load: {
    basis: 'observed',
    counted: 1000,
    largestShare: 0.14,
    top: [
      { value: '17', share: 0.14 },
      { value: '4', share: 0.05 },
    ],
    effective: 30,
    usefulShards: 7.1,
  },
  heatMap: {
    values: ['17', '4'],
    atSeconds: [0, 10],
    counts: [
      [70, 70],
      [30, 20],
    ],
  },
  distinctOverTime: [300, 480],
  basis: 'exact',
  findings: [],
  ...change,
});

export const characteristicsFixture = (
  change: Partial<CharacteristicsDocument> = {},
): CharacteristicsDocument => ({
  schema: 'shardlab/characteristics/v1',
  name: 'shop',
  startedAt: '2026-11-30T10:00:00.000Z',
  command: 'shardlab profile postgres://127.0.0.1/shop --out shop.yaml',
  shardlab: '0.1.0',
  sources: [
    {
      kind: 'postgres',
      name: 'postgres://127.0.0.1/shop',
      read: { sampledRows: 1000 },
      about: { version: '18.1' },
    },
  ],
  tables: [
    {
      table: 'orders',
      stored: 'public.orders',
      kind: 'table',
      rows: 10_000,
      rowsBasis: 'exact',
      bytes: { heap: 1e6, indexes: 5e5, toast: 0 },
      partitions: 0,
      columns: 5,
      primary: ['id'],
      rates: { inserts: 10, updates: 1, deletes: 0, seconds: 60 },
    },
  ],
  candidates: [
    candidateFixture(),
    candidateFixture({
      key: 'region',
      tables: [{ table: 'tenants', columns: ['region'] }],
      distinct: 4,
      largestShare: 0.4,
      usefulShards: 2.5,
      bindShare: { single: 0.1, multi: 0, scatter: 0.8, reference: 0.1, notRunnable: 0 },
      heatMap: null,
      crossShardTransactions: null,
      lostConstraints: [],
    }),
  ],
  templates: [
    {
      sql: 'select * from orders where tenant_id = $1',
      calls: 600,
      share: 0.6,
      timeShare: 0.5,
      meanMs: 0.4,
      latencyMs: { p50: 0.3, p99: null, max: 9 },
      burstiness: 1.1,
      rowsPerCall: 12,
      inScenario: true,
      leftOut: null,
    },
  ],
  queries: { calls: 1000, seconds: 20, perSecond: 50, readShare: 0.7, peakOverMean: 1.4 },
  health: [
    {
      code: 'cache-hit-ratio',
      value: 0.91,
      unit: '',
      numbers: {},
      names: {},
      arguesFor: 'more-memory',
      text: 'Of the pages that were read, 91 % were in shared_buffers.',
    },
  ],
  unparsed: [{ source: 'app.log', line: 12, reason: 'cut in the middle of a line', count: 1 }],
  unseen: [findingFixture('pg_stat_statements is not installed.')],
  scenario: { file: 'shop.yaml', coveredShare: 0.96, scale: 0.1, notes: [] },
  ...change,
});
