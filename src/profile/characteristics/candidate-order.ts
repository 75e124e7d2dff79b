import type { CandidateCharacteristics } from '../../result/characteristics-document.ts';
import type { Unworded } from '../../result/finding.ts';
import type { CandidateKey, SchemaEvidence } from '../evidence.ts';
import { byText } from '../keys/key-columns.ts';
import {
  coveredShare,
  groupsNothing,
  nullsMost,
  rowsCoveredLeast,
  shardsLeast,
  updatesMost,
} from './candidate-findings.ts';

type Candidate = Unworded<CandidateCharacteristics>;

export interface RankedCandidate {
  readonly candidate: Candidate;
  /** Of `KeyShares`. */
  readonly boundByKey: number | null;
  /** Whether it is called like the id of something, and whether it is a column of a file. */
  readonly isNamedId: boolean;
  readonly isOfFile: boolean;
}

/**
 * The most promising first, by one question after another, each asked only where those before leave
 * two candidates alike:
 *
 * 1. Can it be used at all: at least 8 values, and no more than 1 % of the rows without one?
 * 2. Have its tables at least half of all rows? Else most of the data is not shared out by it. And
 *    is it changed by no more than a thousandth of the calls? Neither makes up for the other.
 * 3. Which share of the calls asks one shard by this key, or any shard (in tenths of a percent)?
 *    Without queries: does it keep rows together at all, or is each row alone?
 * 4. How many tables have it? Of columns of a file: is it called like an id? Nothing else in a file
 *    tells whose a row is from how long something is.
 * 5. How small is the share of the heaviest value, of the load or else of the rows?
 * 6. How many values has it, and at last its name: that of an id first, then by the alphabet.
 */
export function mostPromisingFirst(
  candidates: readonly RankedCandidate[],
  schema: SchemaEvidence,
): Candidate[] {
  const ranked = candidates.map((each) => {
    return { candidate: each.candidate, rank: rankOf(each, schema) };
  });
  return ranked
    .toSorted(
      (one, other) =>
        compared(one.rank, other.rank) || byText(one.candidate.key, other.candidate.key),
    )
    .map(({ candidate }) => candidate);
}

/** Smaller numbers come first. */
function rankOf(
  { candidate, boundByKey, isNamedId, isOfFile }: RankedCandidate,
  schema: SchemaEvidence,
): readonly number[] {
  const { tables, distinct, load, byTable } = candidate;
  const bound = Math.round((boundByKey ?? 0) * 1000);
  const isAlone = boundByKey === null && byTable.every(groupsNothing);
  return [
    Number(!isUsable(candidate)),
    Number(coveredShare(tables, schema) < rowsCoveredLeast) +
      Number((candidate.keyUpdates ?? 0) > updatesMost),
    -bound,
    Number(isAlone),
    -tables.length,
    Number(isOfFile && !isNamedId),
    load.largestShare,
    -distinct,
    Number(!isNamedId),
  ];
}

const isUsable = ({ distinct, nullFraction }: Candidate): boolean =>
  distinct >= shardsLeast && nullFraction <= nullsMost;

function compared(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((number, index) => number !== other[index]);
  return at === -1 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
}

/** Names of what has data of its own: `customer_id`, `tenant`, `shop`. */
export const isNamedLikeId = ({ columns }: CandidateKey): boolean =>
  columns.some((each) => each.columns.some((column) => ids.has(column.split('_').at(-1) ?? '')));

const ids = new Set(
  (
    'id uuid guid tenant customer client account user member org organization organisation ' +
    'company shop store merchant workspace project team device'
  ).split(' '),
);
