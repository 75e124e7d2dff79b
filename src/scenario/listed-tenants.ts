import { z } from 'zod';
import { fractionAllowed } from '../base/units.ts';
import { sum } from '../base/statistics/moments.ts';
import { list, record } from './fields.ts';
import { quantileTable } from './quantile-table.ts';
import { wholeFraction } from './quantities.ts';

const mostListed = 1000;

const sharesExample = '[6.6%, 3.8%]';
const sharesAllowed =
  `a list of up to ${mostListed.toLocaleString('en')} shares, such as ` + sharesExample;

const positiveShare = wholeFraction.refine((value) => value > 0, {
  error: `${fractionAllowed}, above zero`,
});

/** What parts written with a few digits may be off by together. */
const roundingSlack = 1e-6;

const noMoreThanAll = (shares: readonly number[]): boolean => sum(shares) <= 1 + roundingSlack;

const shares = list(positiveShare, sharesAllowed)
  .refine((all) => all.length <= mostListed, { error: sharesAllowed })
  .refine(noMoreThanAll, { error: 'shares that add up to at most 100%' });

const falling = shares.refine((all) => all.every((share, i) => share <= (all[i - 1] ?? 1)), {
  error: 'shares that do not rise, the largest tenant first',
});

/**
 * Tenants as they were seen: the largest ones by their own shares, the others by a table of
 * quantiles.
 */
export function listedTenants<T extends z.ZodRawShape>(others: T) {
  return record({
    top: falling.describe('Shares of the load that the largest tenants have, the largest first'),
    quantiles: quantileTable
      .optional()
      .describe(
        'Load of the others in any unit, at equal steps from the smallest to the largest; ' +
          'absent: all alike',
      ),
    topBytes: shares
      .optional()
      .describe('Shares of the bytes of the same tenants as in `top`; absent: as their load'),
    bytesQuantiles: quantileTable
      .optional()
      .describe('Bytes of the others in any unit, as `quantiles`; absent: as their load'),
    ...others,
  });
}

interface Listed {
  readonly top: readonly number[];
  readonly count: number;
  readonly topBytes?: readonly number[] | undefined;
}

/** What the parts ask of each other; `path` is below `tenants`. */
export function listedFault({
  top,
  count,
  topBytes,
}: Listed): { path: string; error: string } | undefined {
  if (top.length > count) {
    return { path: 'top', error: `at most as many shares as there are tenants (count), ${count}` };
  }
  if (topBytes !== undefined && topBytes.length !== top.length) {
    return { path: 'topBytes', error: `as many shares as \`top\` has, ${top.length}` };
  }
  for (const [path, all] of Object.entries({ top, topBytes })) {
    if (all === undefined || top.length < count || sum(all) >= 1 - wholeSlack) continue;
    return { path, error: 'shares of all tenants, which add up to 100%' };
  }
  return undefined;
}

/** What the shares of all tenants may miss: a few digits of each were written. */
const wholeSlack = 0.005;
