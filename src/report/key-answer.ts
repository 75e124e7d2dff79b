import { cellName, isSameCell, isValid, routedCells } from '../result/cells.ts';
import { type Rank, type Ranking } from '../result/ranking.ts';
import type { Cell, RunResult } from '../result/types.ts';
import { capacityText } from './capacity-text.ts';
import { partsLeftOut, servesAll } from './served-part.ts';
import { name, namesOf } from './text.ts';
import { listed } from '../wording/format.ts';

/**
 * Which shard key to take, as far as this result can say it: one answer for each shard count, or
 * why there is none. Full sentences.
 */
export function keyAnswers(result: RunResult, { by, ranks }: Ranking): readonly string[] {
  const cells = routedCells(result).filter(({ shardCount }) => shardCount > 1);
  if (cells.length === 0) return [cannot('it has no strategy on several shards')];
  if (!cells.some(isValid)) return [cannot('no strategy has the verdict VALID')];
  if (by !== 'capacity') {
    return [
      cannot('an earlier version of shardlab wrote it, without the work of each shard') +
        ' Run the scenario again.',
    ];
  }
  const known = ranks.flatMap((rank): Ranked[] => {
    const cell = cells.find((each) => isSameCell(each, rank));
    return cell === undefined ? [] : [{ rank, cell, name: name(cellName(cell, cells)) }];
  });
  return [...Map.groupBy(known, ({ rank }) => rank.shardCount)].map(([shards, own]) =>
    answerOf(own, cells.filter(({ shardCount }) => shardCount === shards).length),
  );
}

const cannot = (why: string): string => `This result cannot say which shard key to take: ${why}.`;

interface Ranked {
  readonly rank: Rank;
  readonly cell: Cell;
  readonly name: string;
}

function answerOf(ranked: readonly Ranked[], measured: number): string {
  const leaders = ranked.filter(({ rank }) => rank.from === 1);
  const [first] = leaders;
  if (first === undefined) return cannot('nothing is ranked');
  const shards = `${first.rank.shardCount} shards`;
  if (ranked.length === 1) return alone(first, shards, measured);
  if (Math.max(...leaders.map(({ rank }) => rank.high)) <= 1) {
    return (
      `Take none of these shard keys for capacity: even with ${first.name} ${shards} do the work ` +
      `of ${capacityText(first.cell)} databases, and one database without shards does that of ` +
      `1.${carryMore(leaders, ranked)}`
    );
  }
  const does = `${shards} do the work of ${rangeOf(leaders)} databases`;
  const answer = `${advice(leaders, ranked)}: ${does}${otherwise(leaders, ranked)}`;
  return `${whole(ranked)}${answer}.${snapshot(leaders)}`;
}

/** Where no strategy runs the whole workload, that comes first. */
function whole(ranked: readonly Ranked[]): string {
  if (ranked.some(({ cell }) => servesAll(cell))) return '';
  return 'No strategy can run the whole workload, and those that leave out the least go first. ';
}

/** Strategies that carry more than one database because they leave out a part of the work. */
function carryMore(leaders: readonly Ranked[], ranked: readonly Ranked[]): string {
  const more = ranked.filter((one) => !leaders.includes(one) && one.rank.high > 1);
  if (more.length === 0) return '';
  const names = more.slice(0, 3).map(withPart);
  return ` More is done by what leaves out a part of the workload: ${listed(names)}.`;
}

const withPart = ({ name: strategy, cell }: Ranked): string => `${strategy}${leavingOut(cell)}`;

function leavingOut(cell: Cell): string {
  const parts = partsLeftOut(cell);
  return parts === null ? '' : `, which leaves out ${parts}`;
}

function alone({ name: strategy, cell }: Ranked, shards: string, measured: number): string {
  const why =
    measured === 1
      ? `${strategy} is the only strategy on ${shards}`
      : `of ${measured} strategies on ${shards} only ${strategy} has the verdict VALID`;
  const does = `${shards} do the work of ${capacityText(cell)} databases`;
  const parts = partsLeftOut(cell);
  return `${cannot(why)} With it ${does}${parts === null ? '' : `, without ${parts}`}.`;
}

/** A placement without a hash was made from what the keys weigh now. */
function snapshot(leaders: readonly Ranked[]): string {
  if (leaders.length > 1 || leaders[0]?.cell.hash !== null) return '';
  return ' Its placement follows the present load of the keys, and is worse when that changes.';
}

const keysOf = (ranked: readonly Ranked[]): readonly string[] => [
  ...new Set(ranked.map(({ cell }) => name(cell.shardKey ?? ''))),
];

/** What to take, up to the colon. */
function advice(leaders: readonly Ranked[], ranked: readonly Ranked[]): string {
  const keys = keysOf(leaders);
  const [key = ''] = keys;
  const names = namesOf(leaders.map((one) => one.name));
  const alike =
    leaders.length === ranked.length
      ? 'no difference between the strategies can be shown'
      : `no difference between ${names} can be shown`;
  if (keys.length > 1) return `The shard keys ${listed(keys)} carry alike, for ${alike}`;
  const single = keysOf(ranked).length === 1;
  const what = single ? `Shard key ${key} (no other was tried)` : `Take shard key ${key}`;
  if (leaders.length > 1) return `${what}; ${alike}`;
  const router = name(leaders[0]?.cell.router ?? '');
  return single
    ? `${what}: the router ${router} carries the most`
    : `${what} with router ${router}`;
}

/** What the next strategy does, and the best one of each shard key that does not lead. */
function otherwise(leaders: readonly Ranked[], ranked: readonly Ranked[]): string {
  const others = ranked.filter((one) => !leaders.includes(one));
  const [next] = others;
  if (next === undefined) return '';
  const led = keysOf(leaders);
  const bestOfOthers = keysOf(others)
    .filter((key) => !led.includes(key))
    .flatMap((key) => others.find(({ cell }) => name(cell.shardKey ?? '') === key) ?? []);
  const shown = bestOfOthers.includes(next) ? bestOfOthers : [next, ...bestOfOthers];
  const parts = shown.slice(0, 3).map((one) => `${capacityText(one.cell)} with ${withPart(one)}`);
  return ` (${listed(parts)})`;
}

/** From the worst to the best that the strategies may do. */
function rangeOf(ranked: readonly Ranked[]): string {
  const [only] = ranked;
  if (ranked.length === 1 && only !== undefined) return capacityText(only.cell);
  return capacityText(...ranked.map(({ cell }) => cell));
}
