// Largest remainder (Hamilton 1792) with a floor of one seat; shuffle by Durstenfeld 1964.
import { assert } from '../base/assert.ts';
import { type Rng, rngFrom } from '../base/rng.ts';
import { allSteps, type Steps } from '../base/steps.ts';
import type { DataVolume } from '../scenario/types.ts';
import type { Rows } from './types.ts';

/** Row numbers are 32 bits wide; new rows come on top of the loaded ones. */
export const maxRows = 2 ** 32 - 1;

/**
 * Rows that a plan is made with; where there are more, each stands for several. Shares of so many
 * are good to a tenth of a per cent, and of its tenants every one has a row.
 */
export const plannedRows = 2 ** 21;

/** Rows that a volume of data has. */
export const rowsOf = ({ totalBytes, rowBytes }: DataVolume): number =>
  Math.floor(totalBytes / rowBytes);

/**
 * Rows of each tenant and the order in which they came: `total / rowBytes` rows, or one a tenant
 * if that is more, shared out by `bytes` (shares that sum to 1) and interleaved by a shuffle, so
 * that every tenant's rows are spread over the whole time.
 *
 * @param limit rows that are drawn at most, or one a tenant
 */
export function buildRows(
  bytes: Float64Array,
  data: DataVolume,
  seed: number,
  limit = maxRows,
): Rows {
  return allSteps(rowSteps(bytes, data, seed, limit));
}

/** The same in pieces: a hundred million rows take half a minute. */
export function* rowSteps(
  bytes: Float64Array,
  data: DataVolume,
  seed: number,
  limit: number,
): Steps<Rows> {
  const all = Math.max(bytes.length, rowsOf(data));
  const count = Math.max(bytes.length, Math.min(all, limit));
  assert(limit < maxRows || count === all, `${all} rows do not fit 32 bits`);
  const perTenant = apportion(bytes, count);
  const rows = yield* interleavedSteps(perTenant, count, rngFrom(seed, 'rows'));
  return { count, standsFor: all / count, ...rows };
}

/** `count` rows, so many of each tenant as `perTenant` says, in a random order of time. */
export function* interleavedSteps(
  perTenant: Uint32Array,
  count: number,
  rng: Rng,
): Steps<Pick<Rows, 'tenantOf' | 'starts' | 'order'>> {
  const tenantOf = new Uint32Array(count);
  const starts = new Uint32Array(perTenant.length + 1);
  let next = 0;
  let pieceEnd = rowsInPiece;
  for (let tenant = 0; tenant < perTenant.length; tenant += 1) {
    starts[tenant] = next;
    const end = next + (perTenant[tenant] ?? 0);
    for (; end > pieceEnd; pieceEnd += rowsInPiece) {
      tenantOf.fill(tenant, next, pieceEnd);
      next = pieceEnd;
      yield (filledShare * next) / count;
    }
    tenantOf.fill(tenant, next, end);
    next = end;
  }
  starts[perTenant.length] = next;
  for (let last = count - 1; last > 0; last -= rowsInPiece) {
    shuffle(tenantOf, rng, last, Math.max(0, last - rowsInPiece));
    yield filledShare + (1 - filledShare) * 0.5 * (1 - last / count);
  }
  const order = new Uint32Array(count);
  const places = starts.slice();
  for (let first = 0; first < count; first += rowsInPiece) {
    orderByTenant(tenantOf, places, order, first, Math.min(count, first + rowsInPiece));
    yield filledShare + (1 - filledShare) * 0.5 * (1 + first / count);
  }
  return { tenantOf, starts, order };
}

const rowsInPiece = 2 ** 18;
/** Of the time that all of it takes. */
const filledShare = 0.1;

/** `seats` shared out by `shares` (which sum to 1), at least one each. */
export function apportion(shares: Float64Array, seats: number): Uint32Array {
  const { length } = shares;
  assert(seats >= length, `${seats} rows for ${length} tenants`);
  const scale = scaleAboveOne(shares, seats);
  const result = new Uint32Array(length);
  const remainders = new Float64Array(length);
  let left = seats;
  for (let i = 0; i < length; i += 1) {
    const quota = Math.max(1, (shares[i] ?? 0) * scale);
    const whole = Math.floor(quota);
    result[i] = whole;
    remainders[i] = quota - whole;
    left -= whole;
  }
  const byRemainder = Uint32Array.from(shares, (_, i) => i).toSorted(
    (a, b) => (remainders[b] ?? 0) - (remainders[a] ?? 0) || a - b,
  );
  // Rounding can leave a seat more than there are remainders, or take one too many from the last.
  for (let i = 0; left > 0; i += 1, left -= 1) seat(result, byRemainder[i % length] ?? 0, 1);
  for (let i = length - 1; left < 0; i -= 1) {
    assert(i >= 0, 'quotas exceed the seats');
    const index = byRemainder[i] ?? 0;
    if ((result[index] ?? 0) < 2) continue;
    seat(result, index, -1);
    left += 1;
  }
  return result;
}

function seat(result: Uint32Array, index: number, change: number): void {
  result[index] = (result[index] ?? 0) + change;
}

/** The scale at which max(1, share x scale) add up to `seats`. */
function scaleAboveOne(shares: Float64Array, seats: number): number {
  const ascending = Float64Array.from(shares).toSorted();
  let rest = 1;
  for (let i = 0; i < ascending.length; i += 1) {
    const scale = (seats - i) / rest;
    // Tenants below this one have their single row; all others are above one at this scale.
    if ((ascending[i] ?? 0) * scale >= 1) return scale;
    rest -= ascending[i] ?? 0;
  }
  return 0;
}

/** A word times the bound, over 2^32: biased by less than bound / 2^32, which no test here sees. */
export function shuffle(values: Uint32Array, rng: Rng, from: number, to: number): void {
  for (let i = from; i > to; i -= 1) {
    const j = Math.floor((rng.uint32() * (i + 1)) / 2 ** 32);
    const kept = values[i] ?? 0;
    values[i] = values[j] ?? 0;
    values[j] = kept;
  }
}

/** Rows from `first` to before `end`; `places` are where the next row of each tenant goes. */
function orderByTenant(
  tenantOf: Uint32Array,
  places: Uint32Array,
  order: Uint32Array,
  first: number,
  end: number,
): void {
  for (let row = first; row < end; row += 1) {
    const tenant = tenantOf[row] ?? 0;
    const place = places[tenant] ?? 0;
    order[place] = row;
    places[tenant] = place + 1;
  }
}
