import { exitCodes } from '../../base/exit-codes.ts';
import { suggest } from '../../base/suggest.ts';
import { UserError } from '../../base/user-error.ts';
import type { CandidateKey } from '../../profile/evidence.ts';

/**
 * The candidate that the scenario is written for: the one asked for, else the most promising one;
 * null where there is no candidate.
 *
 * @param ordered the names of the candidates, the most promising first
 */
export function mainCandidate(
  candidates: readonly CandidateKey[],
  ordered: readonly string[],
  asked: string | null,
): CandidateKey | null {
  const wanted = asked ?? ordered[0];
  const found = candidates.find(({ key }) => key === wanted);
  if (found !== undefined) return found;
  if (asked === null) return null;
  const meant = suggest(asked, ordered);
  const list = ordered.length === 0 ? 'there are none' : ordered.join(', ');
  throw new UserError(`--key ${asked}: no candidate has this name`, {
    exitCode: exitCodes.usage,
    hint: `Candidates: ${list}.${meant === undefined ? '' : ` Did you mean ${meant}?`}`,
  });
}
