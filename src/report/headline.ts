import { isValid, verdictWord } from '../result/cells.ts';
import { type Rank, rankByWriteBalance } from '../result/ranking.ts';
import type { RunResult } from '../result/types.ts';
import { joined } from './charts/chart.ts';
import { ratio } from './number.ts';
import { name } from './text.ts';

/** The result in a few sentences: may it be believed, who leads, and at what price. */
export function headline(result: RunResult): readonly string[] {
  if (result.cells.length === 0) return [`Nothing was ${result.source}: the result has no cells.`];
  const ranks = rankByWriteBalance(result);
  return [validity(result), ...lead(ranks), ...price(result, ranks)];
}

function validity({ cells, source }: RunResult): string {
  const valid = cells.filter(isValid).length;
  if (source === 'simulated') return simulatedValidity(cells, valid);
  if (valid === cells.length) {
    if (valid === 1) return 'The cell is VALID: its numbers may be taken at their word.';
    return `All ${valid} cells are VALID: their numbers may be taken at their word.`;
  }
  const groups = Map.groupBy(
    cells.filter((cell) => !isValid(cell)),
    verdictWord,
  );
  const others = [...groups].map(
    ([word, own]) => `${namesOf(own.map(({ strategy }) => strategy))} ${word}`,
  );
  return (
    `${valid} of ${cells.length} cells are VALID; ${others.join('; ')}: those numbers show what ` +
    'happened, not what the strategy can do.'
  );
}

function simulatedValidity(cells: RunResult['cells'], valid: number): string {
  const word = cells.length === 1 ? 'cell is' : 'cells are';
  return (
    `Simulated, no database ran: ${valid} of ${cells.length} ${word} VALID, and all numbers follow ` +
    'from the model.'
  );
}

const namesShown = 5;

/** Up to five names, then how many more. */
export function namesOf(strategies: readonly string[]): string {
  const more = strategies.length - namesShown;
  if (more <= 1) return joined(strategies.map(name));
  return `${strategies.slice(0, namesShown).map(name).join(', ')} and ${more} more`;
}

/** Those that no other is surely ahead of. */
const leaders = (ranks: readonly Rank[]) => ranks.filter(({ from }) => from === 1);

function lead(ranks: readonly Rank[]): readonly string[] {
  if (ranks.length < 2) return [];
  const ahead = leaders(ranks);
  if (ahead.length === ranks.length) {
    return ['On write balance no strategy leads: all their bands overlap.'];
  }
  const names = namesOf(ahead.map(({ strategy }) => strategy));
  if (ahead.length === 1) return [`On write balance ${names} leads, whatever the salt.`];
  return [`On write balance ${names} lead; between them no difference shows.`];
}

/** A difference in shards an operation that is worth a sentence. */
const shardsWorthSaying = 0.2;

/** What the leaders pay in fan-out, beside the least that any strategy pays. */
function price(result: RunResult, ranks: readonly Rank[]): readonly string[] {
  const ahead = new Set(leaders(ranks).map(({ strategy }) => strategy));
  if (ranks.length < 2 || ahead.size === ranks.length) return [];
  const ranked = result.cells
    .filter(({ strategy }) => ranks.some((rank) => rank.strategy === strategy))
    .flatMap((cell) => (cell.fanOut === null ? [] : [{ cell, asks: cell.fanOut }]))
    .toSorted(
      (a, b) =>
        a.asks.shardQueriesPerOperation - b.asks.shardQueriesPerOperation ||
        Number(ahead.has(b.cell.strategy)) - Number(ahead.has(a.cell.strategy)),
    );
  const least = ranked.at(0);
  const most = ranked.findLast(({ cell }) => ahead.has(cell.strategy));
  if (least === undefined || most === undefined) return [];
  const difference = most.asks.shardQueriesPerOperation - least.asks.shardQueriesPerOperation;
  if (difference < shardsWorthSaying) return [];
  return [
    `An operation asks ${ratio(most.asks.shardQueriesPerOperation)} shards on average with ` +
      `${name(most.cell.strategy)}, ${ratio(least.asks.shardQueriesPerOperation)} with ` +
      `${name(least.cell.strategy)}.`,
  ];
}
