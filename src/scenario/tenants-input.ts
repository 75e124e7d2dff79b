import { z } from 'zod';
import { keyTypes } from '../base/keys.ts';
import { defaults } from './defaults.ts';
import { aboveZero, atLeast, integer, oneOf, record, text } from './fields.ts';
import { listedFault, listedTenants } from './listed-tenants.ts';
import { share } from './quantities.ts';

const tenantsAllowed =
  '{ zipf: 0.99, count: 10000 }, { uniform: true, count: 10000 }, { pareto: 1.2, count: 10000 }, ' +
  '{ lognormal: 1.5, count: 10000 }, { hotspot: 30%, hot: 1, count: 1000 }, ' +
  '{ top: [6%, 3%], quantiles: [1, 2, 5], count: 10000 } or ' +
  '{ file: tenants.csv, id: tenant, weight: packages, bytes: installed_kb }';

export const maxTenants = 10_000_000;

const count = integer(1, maxTenants).describe('Number of tenants');
const idType = oneOf(keyTypes)
  .prefault(defaults.idType)
  .describe('Type of the tenant ids in Postgres');

const others = integer(1, maxTenants - 1);
const absent = {
  join: others
    .optional()
    .describe(
      'How many of the tenants come only during the measured window, evenly spread over it',
    ),
  leave: others
    .optional()
    .describe('How many other ones are gone before its end, evenly spread over it'),
};

const zipf = record({
  zipf: atLeast(0, 10).describe('Exponent: weight of the k-th tenant ~ 1 / k^exponent'),
  count,
  idType,
  ...absent,
}).transform(({ zipf: exponent, ...rest }) => ({
  distribution: 'zipf' as const,
  exponent,
  ...rest,
}));

const uniform = record({
  uniform: z.literal(true, { error: 'true' }).describe('All tenants have the same weight'),
  count,
  idType,
  ...absent,
}).transform(({ count: all, idType: type, join, leave }) => ({
  distribution: 'uniform' as const,
  count: all,
  idType: type,
  ...(join !== undefined && { join }),
  ...(leave !== undefined && { leave }),
}));

const pareto = record({
  pareto: aboveZero(1000).describe('Shape; a smaller number gives a heavier tail'),
  count,
  idType,
  ...absent,
}).transform(({ pareto: shape, ...rest }) => ({
  distribution: 'pareto' as const,
  shape,
  ...rest,
}));

const lognormal = record({
  lognormal: atLeast(0, 10).describe('Standard deviation of the logarithm of the weights'),
  count,
  idType,
  ...absent,
}).transform(({ lognormal: sigma, ...rest }) => ({
  distribution: 'lognormal' as const,
  sigma,
  ...rest,
}));

const hotspot = record({
  hotspot: share.describe('Share of the load that the hot tenants have together'),
  hot: integer(1, 10_000_000).describe('Number of hot tenants'),
  count,
  idType,
  ...absent,
})
  .refine(({ hot, count: all }) => hot < all, {
    path: ['hot'],
    error: 'fewer than all tenants (count)',
  })
  .transform(({ hotspot: hotFraction, ...rest }) => ({
    distribution: 'hotspot' as const,
    hotFraction,
    ...rest,
  }));

const listed = listedTenants({ count, idType, ...absent })
  .superRefine((input, context) => {
    const fault = listedFault(input);
    if (fault === undefined) return;
    context.addIssue({ code: 'custom', path: [fault.path], message: fault.error });
  })
  .transform(({ quantiles, topBytes, bytesQuantiles, ...rest }) => ({
    distribution: 'listed' as const,
    quantiles: quantiles ?? null,
    topBytes: topBytes ?? null,
    bytesQuantiles: bytesQuantiles ?? null,
    ...rest,
  }));

const column = text('a column of the file');

const file = record({
  file: text('a CSV file, relative to the scenario'),
  id: column.describe('Column of the tenant ids'),
  weight: column.describe('Column of the load of each tenant, in any unit'),
  bytes: column.optional().describe('Column of the stored size of each tenant, in any unit'),
  idType,
  ...absent,
}).transform(({ id, weight, bytes, ...rest }) => ({
  distribution: 'file' as const,
  idColumn: id,
  weightColumn: weight,
  bytesColumn: bytes ?? null,
  ...rest,
}));

export const tenantsInput = z.union([zipf, uniform, pareto, lognormal, hotspot, file, listed], {
  error: tenantsAllowed,
});
