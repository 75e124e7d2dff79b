import { z } from 'zod';
import { quantileTable } from '../quantile-table.ts';
import { aboveZero, atLeast, integer, list, record, text } from '../fields.ts';
import type { RowCount, RowSkew } from '../table-types.ts';

const most = 100_000_000;

const countAllowed =
  'a number, a range such as 5..15, { mean: 10, zipf: 0.99 }, { mean: 10, lognormal: 1 }, ' +
  '{ mean: 10, pareto: 1.5 }, { total: 100000 } or { total: 100000, quantiles: [0, 1, 4] }';

const topMost = 1000;
const topAllowed = 'a list of up to 1,000 numbers of rows, such as [900, 400]';

const rangePattern = /^\d{1,9}\.\.\d{1,9}$/;

/** Two numbers as `5..15`, both included; `allowed` names what may stand there instead. */
export function rangeText(largest: number, allowed: string) {
  return text(allowed, rangePattern).transform((written, context) => {
    const [from = 0, to = 0] = written.split('..').map(Number);
    if (from <= to && to <= largest) return { from, to };
    context.addIssue({
      code: 'custom',
      message: `two numbers up to ${largest.toLocaleString('en')}, the smaller one first`,
    });
    return z.NEVER;
  });
}

const mean = aboveZero(1e6).describe('Rows of each tenant or parent on average; at least one each');

const skewed = (average: number, by: RowSkew): RowCount => ({ kind: 'skewed', mean: average, by });

export const rowCountInput = z
  .union(
    [
      integer(0, most, 'a number of rows').transform(
        (count): RowCount => ({
          kind: 'fixed',
          count,
        }),
      ),
      rangeText(1_000_000, countAllowed).transform(
        (range): RowCount => ({
          kind: 'range',
          ...range,
        }),
      ),
      record({
        mean,
        zipf: atLeast(0, 10).describe('Exponent: the k-th has rows ~ 1 / k^exponent'),
      }).transform((input) => skewed(input.mean, { distribution: 'zipf', exponent: input.zipf })),
      record({
        mean,
        lognormal: atLeast(0, 10).describe('Standard deviation of the logarithm of the rows'),
      }).transform((input) =>
        skewed(input.mean, { distribution: 'lognormal', sigma: input.lognormal }),
      ),
      record({
        mean,
        pareto: aboveZero(1000).describe('Shape; a smaller number gives a heavier tail'),
      }).transform((input) => skewed(input.mean, { distribution: 'pareto', shape: input.pareto })),
      record({
        total: integer(1, most).describe(
          "Rows in all: of a table per tenant shared out by the tenants' bytes, else evenly",
        ),
        top: list(integer(1, most), topAllowed)
          .refine((top) => top.length <= topMost, { error: topAllowed })
          .refine((top) => top.every((count, i) => count <= (top[i - 1] ?? most)), {
            error: 'numbers that do not rise, the most first',
          })
          .optional()
          .describe('Rows of the tenants or parents with most, the most first'),
        quantiles: quantileTable
          .optional()
          .describe(
            'How the others are shared out: rows of a tenant or parent, in any unit, at equal ' +
              'steps from the fewest to the most',
          ),
      })
        .refine(({ total, top = [] }) => top.reduce((sum, count) => sum + count, 0) <= total, {
          path: ['top'],
          error: 'no more together than `total`',
        })
        .transform(
          ({ total, top, quantiles }): RowCount =>
            quantiles === undefined && top === undefined
              ? { kind: 'byTenantBytes', total }
              : { kind: 'shared', total, quantiles: quantiles ?? null, ...(top && { top }) },
        ),
    ],
    { error: countAllowed },
  )
  .describe('Rows in all, or for each tenant or each row of the parent');
