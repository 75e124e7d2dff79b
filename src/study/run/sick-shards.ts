// SQLSTATE: https://www.postgresql.org/docs/current/errcodes-appendix.html
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import type { Cell } from '../../result/types.ts';
import { diskHint, temporaryFolder } from '../../wording/disk-hint.ts';

const sickness: Readonly<Record<string, { what: string; hint: string }>> = {
  '53100': {
    what: 'the disk under the shards is full',
    hint: diskHint(temporaryFolder),
  },
  '53200': {
    what: 'a shard ran out of memory',
    hint: 'lower topology.shards or limits.connections',
  },
  '58030': {
    what: 'a shard cannot read or write its files',
    hint: 'set TMPDIR to a folder on another disk',
  },
};

type Errors = Pick<NonNullable<Cell['load']>, 'errorsByCode' | 'errorMessages'>;

/**
 * Throws (exit code 3) where operations failed because the machine gave out: such a cell measures
 * the machine's end, not the strategy, whatever share of its operations still went through.
 */
export function refuseSickShards({ errorsByCode, errorMessages }: Errors): void {
  for (const [code, { what, hint }] of Object.entries(sickness)) {
    const count = errorsByCode[code];
    if (count === undefined) continue;
    const example = errorMessages[code] ?? '';
    throw new UserError(`${what}: ${count} operations failed with ${code} (${example})`, {
      exitCode: exitCodes.unusable,
      hint,
    });
  }
}
