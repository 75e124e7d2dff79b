import { mean } from '../base/statistics/moments.ts';
import { median } from '../base/statistics/quantile.ts';
import { type Fact, fact, type Severity } from '../result/finding.ts';
import { numbered } from '../result/numbered.ts';
import {
  type AlarmFacts,
  type AlarmRule,
  finite,
  type Judged,
  judgeSustained,
  skipped,
} from './judge-sustained.ts';

/** What the rules look at in one second of one shard. */
export interface ShardSecond {
  readonly writes: number;
  /** Time that 1 of 100 queries exceeded; Infinity among failures, null with too few queries. */
  readonly tailMs: number | null;
  /** Mean wait for a connection; null where nobody waited or got one. */
  readonly waitMs: number | null;
}

/** One shard over the whole window, and second by second where that was recorded. */
export interface ShardLoad {
  readonly shard: number;
  readonly writeQps: number;
  /** Infinity where the p99 falls among failures, null where the shard's sample is too small. */
  readonly responseMsP99: number | null;
  readonly waitMs: number | null;
  readonly bytes: number;
  /** Whole seconds of the window; empty where there is no series. */
  readonly seconds: readonly ShardSecond[];
}

export interface AlarmSettings {
  /** A rule fires only when it holds for so long. */
  readonly forMs: number;
  /** Limit of the rule on the wait for a connection. */
  readonly waitMs: number;
  readonly windowMs: number;
  /** Disk of one shard. */
  readonly diskBytes: number;
  /** All data of today, of which the loaded rows are a small copy; null: the rows are all. */
  readonly dataBytes: number | null;
}

/** Limits as published for sharded Postgres. */
export const writeLimit = 2;
export const latencyLimit = 3;
export const diskPointsLimit = 25;

/** Every rule: fired, quiet, or not evaluated and why. Places are within the cell. */
export function alarms(shards: readonly ShardLoad[], settings: AlarmSettings): AlarmFacts[] {
  const found = [
    writes(shards, settings),
    latencyMean(shards, settings),
    latencyMedian(shards, settings),
    poolWait(shards, settings),
    disk(shards, settings),
  ];
  return found.map((alarm, index) => placed(alarm, `/alarms/${index}`));
}

function placed({ note, ...alarm }: AlarmFacts, place: string): AlarmFacts {
  return { ...alarm, note: { ...note, severity: severityOf(alarm), place } };
}

const severityOf = ({ state }: Pick<AlarmFacts, 'state'>): Severity =>
  state === 'fired' ? 'warning' : 'info';

function writes(shards: readonly ShardLoad[], settings: AlarmSettings): AlarmFacts {
  const rule = { rule: 'max/mean write QPS > 2.0', limit: writeLimit, published: true };
  const qps = shards.map(({ writeQps }) => writeQps);
  if (shards.length <= writeLimit) return skipped(rule, cannotExceed(shards));
  if (!(mean(qps) > 0)) return skipped(rule, fact('alarm-without-writes'));
  return judgeSustained(rule, {
    ...compared(shards, settings, qps.map(overMean), (second) =>
      second.map((each) => each.writes).map(overMean),
    ),
    describe: (shard) => {
      const writeQps = qps[indexOf(shards, shard)] ?? 0;
      return fact('alarm-writes', { numbers: { shard, writeQps, meanQps: mean(qps) } });
    },
  });
}

function latencyMean(shards: readonly ShardLoad[], settings: AlarmSettings): AlarmFacts {
  const rule = { rule: 'max p99 > 3 x mean p99', limit: latencyLimit, published: true };
  if (shards.length <= latencyLimit) return skipped(rule, cannotExceed(shards));
  return latency(rule, shards, settings, overMean, (shard, own, others) => {
    const meanMs = finite(mean([...others, own]));
    return fact('alarm-p99-over-mean', { numbers: { shard, ownMs: finite(own), meanMs } });
  });
}

function latencyMedian(shards: readonly ShardLoad[], settings: AlarmSettings): AlarmFacts {
  const name = 'max p99 > 3 x median p99 of the other shards';
  const rule = { rule: name, limit: latencyLimit, published: false };
  if (shards.length < 2) return skipped(rule, fact('alarm-on-one-shard'));
  return latency(rule, shards, settings, overMedianOfOthers, (shard, own, others) => {
    const medianMs = finite(median(others));
    return fact('alarm-p99-over-median', { numbers: { shard, ownMs: finite(own), medianMs } });
  });
}

function latency(
  rule: AlarmRule,
  shards: readonly ShardLoad[],
  settings: AlarmSettings,
  compare: Compare,
  describeKnown: (shard: number, own: number, others: readonly number[]) => Fact,
): AlarmFacts {
  const whole = allKnown(shards.map(({ responseMsP99 }) => responseMsP99));
  return judgeSustained(rule, {
    ...compared(shards, settings, whole?.map(compare) ?? null, (second) =>
      allKnown(second.map(({ tailMs }) => tailMs))?.map(compare),
    ),
    missing: missingPercentile(shards),
    describe: (shard) => {
      const index = indexOf(shards, shard);
      const own = whole?.[index];
      if (whole === null || own === undefined) return missingPercentile(shards);
      const others = whole.filter((_, i) => i !== index);
      return describeKnown(shard, own, others);
    },
  });
}

function poolWait(shards: readonly ShardLoad[], settings: AlarmSettings): AlarmFacts {
  const { waitMs: limit } = settings;
  const rule = { rule: `mean wait for a connection > ${limit} ms`, limit, published: false };
  if (shards.every(({ waitMs }) => waitMs === null)) {
    return skipped(rule, fact('alarm-without-waits'));
  }
  const whole = shards.map(({ waitMs }) => waitMs ?? 0);
  return judgeSustained(rule, {
    ...compared(shards, settings, whole, (second) => second.map(({ waitMs }) => waitMs)),
    describe: (shard) => {
      const index = indexOf(shards, shard);
      const others = whole.filter((_, other) => other !== index);
      const othersMs = others.length === 0 ? null : Math.max(...others);
      return fact('alarm-wait', { numbers: { shard, waitMs: whole[index] ?? 0, othersMs } });
    },
  });
}

/** Rows do not move while a cell runs: what the load has left holds for all of the window. */
function disk(shards: readonly ShardLoad[], settings: AlarmSettings): AlarmFacts {
  const { diskBytes, dataBytes } = settings;
  const rule = { rule: 'disk use max - min > 25 points', limit: diskPointsLimit, published: true };
  if (shards.length < 2) return skipped(rule, fact('alarm-on-one-shard'));
  const loaded = shards.reduce((total, { bytes }) => total + bytes, 0);
  if (loaded === 0) return skipped(rule, fact('alarm-without-rows'));
  const all = dataBytes ?? loaded;
  const names = { of: dataBytes === null ? 'rows' : 'growth.now' };
  const total = (all / diskBytes) * 100;
  if (total <= diskPointsLimit) {
    const numbers = { dataFraction: total / 100, diskBytes, limitPoints: diskPointsLimit };
    return skipped(rule, fact('alarm-without-data', { numbers, names }));
  }
  const used = shards.map(({ bytes }) => (bytes / loaded) * total);
  const least = Math.min(...used);
  return judgeSustained(rule, {
    shards: shards.map(({ shard }) => shard),
    whole: used.map((each) => each - least),
    seconds: null,
    least: 1,
    describe: (shard) => {
      const [usedFraction, leastFraction] = [Math.max(...used) / 100, least / 100];
      return fact('alarm-disk', {
        numbers: { shard, usedFraction, leastFraction, diskBytes },
        names,
      });
    },
  });
}

type Compare = (value: number, index: number, all: readonly number[]) => number;

/** Where k values are infinite, what the ratio comes to as they grow alike. */
const overMean: Compare = (value, _, all) => {
  const endless = all.filter((each) => each === Infinity).length;
  if (endless > 0) return value === Infinity ? all.length / endless : 0;
  return ratio(value, mean(all));
};

const overMedianOfOthers: Compare = (value, index, all) => {
  const usual = median(all.filter((_, i) => i !== index));
  return usual === Infinity ? Number(value === Infinity) : ratio(value, usual);
};

const ratio = (value: number, base: number): number => (base > 0 ? value / base : 1);

/** The values of each second turned into series by shard; none where the window is too short. */
function compared(
  shards: readonly ShardLoad[],
  { forMs, windowMs }: AlarmSettings,
  whole: Judged['whole'],
  valuesOf: (second: readonly ShardSecond[]) => readonly (number | null)[] | undefined,
): Omit<Judged, 'missing' | 'describe'> {
  const length = Math.min(...shards.map(({ seconds }) => seconds.length));
  const rows = Array.from({ length }, (_, second) =>
    valuesOf(shards.flatMap(({ seconds }) => seconds[second] ?? [])),
  );
  return {
    shards: shards.map(({ shard }) => shard),
    whole,
    seconds: shards.map((_, index) => rows.map((row) => row?.[index] ?? null)),
    least: Math.max(1, Math.ceil(forMs / 1000)),
    ...(windowMs < forMs && { tooShort: { windowMs, forMs } }),
  };
}

function allKnown(values: readonly (number | null)[]): number[] | null {
  const known = values.filter((value) => value !== null);
  return known.length === values.length ? known : null;
}

function missingPercentile(shards: readonly ShardLoad[]): Fact {
  const without = shards.filter(({ responseMsP99 }) => responseMsP99 === null);
  const numbers = numbered(
    'shard',
    without.map(({ shard }) => shard),
  );
  return fact('alarm-without-p99', { numbers });
}

const indexOf = (shards: readonly ShardLoad[], shard: number): number =>
  shards.findIndex((each) => each.shard === shard);

/** Of two numbers none is more than twice their mean. */
const cannotExceed = (shards: readonly ShardLoad[]): Fact =>
  fact('alarm-never', { numbers: { shardCount: shards.length } });
