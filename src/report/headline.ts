import { cellName, isValid, routedCells, verdictWord } from '../result/cells.ts';
import { type Ranking, ranking } from '../result/ranking.ts';
import type { RunResult } from '../result/types.ts';
import { costSentence } from './capacity-text.ts';
import { keyAnswers } from './key-answer.ts';
import { measuredAgainSentence } from './measured-again.ts';
import { listed, percent } from '../wording/format.ts';
import { servedSentence } from './served-part.ts';
import { name, namesOf } from './text.ts';

/** The result in a few sentences: which shard key, may it be believed, and what decides. */
export function headline(result: RunResult): readonly string[] {
  if (result.cells.length === 0) return [`Nothing was ${result.source}: the result has no cells.`];
  const ranks = ranking(result);
  const answered = ranks.by === 'capacity' && ranks.ranks.length > 0;
  return [
    ...keyAnswers(result, ranks),
    [validity(result), measuredAgainSentence(result)].filter((said) => said !== '').join(' '),
    ...servedSentence(result),
    ...(answered ? [...fanOut(result), ...costSentence(result)] : writeBalance(result, ranks)),
  ];
}

function validity({ cells, source }: RunResult): string {
  const valid = cells.filter(isValid).length;
  if (source === 'simulated') return simulatedValidity(cells, valid);
  if (valid === cells.length) {
    return valid === 1
      ? 'The only cell is VALID: its numbers can be used.'
      : `All ${valid} cells are VALID: their numbers can be used.`;
  }
  const groups = Map.groupBy(
    cells.filter((cell) => !isValid(cell)),
    verdictWord,
  );
  const others = [...groups].map(([word, own]) => {
    const names = namesOf(own.map((cell) => cellName(cell, cells)));
    return `${word} ${own.length === 1 ? 'is' : 'are'} ${names}`;
  });
  return (
    `${valid} of ${cells.length} cells are VALID; ${others.join('; ')}. The numbers of a ` +
    'cell that is not VALID show what happened, but not what its strategy can do.'
  );
}

function simulatedValidity(cells: RunResult['cells'], valid: number): string {
  const word = cells.length === 1 ? 'cell is' : 'cells are';
  return (
    `This is a simulation, no database ran: ${valid} of ${cells.length} ${word} VALID, and all ` +
    'numbers follow from the model.'
  );
}

/** Share of the operations that ask all shards, by shard key: what no router can change. */
function fanOut(result: RunResult): readonly string[] {
  const groups = Map.groupBy(
    routedCells(result).filter((cell) => isValid(cell) && cell.shardCount > 1),
    ({ shardKey }) => shardKey ?? '',
  );
  const shares = [...groups].flatMap(([key, cells]) => {
    const own = cells.flatMap(({ fanOut: asks }) => (asks === null ? [] : [asks.scatterFraction]));
    return own.length === 0 ? [] : [{ key, share: Math.min(...own) }];
  });
  if (!shares.some(({ share }) => share > 0)) return [];
  const parts = shares
    .toSorted((a, b) => a.share - b.share)
    .slice(0, 5)
    .map(({ key, share }) => `${percent(share)} of the operations with shard key ${name(key)}`);
  return [`All shards are asked by ${listed(parts)}.`];
}

/** Of documents that know nothing else. */
function writeBalance(result: RunResult, { by, ranks }: Ranking): readonly string[] {
  const ahead = ranks.filter(({ from }) => from === 1);
  if (by !== 'write balance' || ranks.length < 2) return [];
  const but = 'The balance of writes, which leaves out reads and fan-out, is';
  if (ahead.length === ranks.length) return [`${but} the same for all strategies.`];
  const names = namesOf(ahead.map((rank) => cellName(rank, result.cells)));
  return [`${but} best with ${names}.`];
}
