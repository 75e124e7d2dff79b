import { sum } from '../../base/statistics/moments.ts';
import { valuesAt } from '../../workload/quantile-values.ts';
import { squares } from './discounted-shares.ts';
import { type ListedShares, listedShares, listing } from './listed-shares.ts';
import type { TenantShares } from './tenant-shares.ts';
import { decimal, flowList } from './yaml-text.ts';

/** `tenants:` as lines of YAML, without their comment. */
export function tenantsYaml(shares: TenantShares, idType: string, count: number): string[] {
  // Those that many became may have more than the least of the largest.
  const load = fewerTenants(shares.load, count).toSorted().toReversed();
  const type = idType === 'text' ? '' : `, idType: ${idType}`;
  // Equal but for what shares of so many can differ by.
  if (squares(load) * count < 1 + evenSlack)
    return [`tenants: { uniform: true, count: ${count}${type} }`];
  const listed = listedShares(load);
  const lines = [
    'tenants:',
    `  count: ${count}`,
    ...(idType === 'text' ? [] : [`  idType: ${idType}`]),
    ...listLines('top', positive(listed.top).map(percent)),
    ...quantileLines('quantiles', listed),
  ];
  if (shares.bytes === null) return lines;
  const bytes = bytesOf(fewerTenants(shares.bytes, count, shares.load), listed);
  return [
    ...lines,
    ...listLines('topBytes', bytes.top.map(percent)),
    ...quantileLines('bytesQuantiles', bytes),
  ];
}

const evenSlack = 1e-3;

/** Of tenants whose share is too small to be written there may be some among few. */
const positive = (top: readonly number[]): readonly number[] =>
  top.map((share) => Math.max(share, leastShare));

const leastShare = 1e-7;

const percent = (share: number): string =>
  `${decimal(Number((Math.max(leastShare, share) * 100).toPrecision(5)))}%`;

function quantileLines(name: string, { quantiles }: ListedShares): string[] {
  return quantiles === null ? [] : listLines(name, quantiles.map(decimal));
}

/** A list in lines that are not too long. */
function listLines(name: string, items: readonly string[]): string[] {
  const whole = `  ${name}: ${flowList(items)}`;
  if (whole.length <= width) return [whole];
  const lines: string[] = [];
  let line = '   ';
  for (const [i, item] of items.entries()) {
    const text = i === items.length - 1 ? ` ${item}` : ` ${item},`;
    if (line.length + text.length > width) {
      lines.push(line);
      line = '   ';
    }
    line += text;
  }
  return [`  ${name}: [`, ...lines, line, '  ]'];
}

const width = 110;

function bytesOf(bytes: Float64Array, { top }: ListedShares): ListedShares {
  const own = [...bytes.subarray(0, top.length)];
  const rest = bytes.subarray(top.length).toSorted().toReversed();
  const all = Float64Array.from([...own, ...rest]);
  const { quantiles } = listing(all, top.length, 50);
  return { top: own, quantiles };
}

/**
 * Fewer tenants that are as uneven: the largest keep their shares, and the others become fewer,
 * each with more.
 *
 * @param load by which they are in order, where the shares are of something else
 */
export function fewerTenants(shares: Float64Array, count: number, load = shares): Float64Array {
  if (count >= load.length) return shares;
  // Tenants that are alike are alike when they are fewer.
  const isEven = squares(shares) * shares.length < 1 + evenSlack;
  if (isEven) return new Float64Array(count).fill(1 / count);
  // What has less than an equal part of the fewer ones is none of the large ones.
  const large = shares.findIndex((share) => share < 1 / count);
  const kept = Math.min(1000, Math.floor(count / 2), large === -1 ? count : large);
  const others = count - kept;
  const rest = shares.subarray(kept).toSorted();
  const values = valuesAt(sampled(rest), others).toReversed();
  const [whole, now] = [sum(rest), sum(values)];
  const fewer = new Float64Array(count);
  fewer.set(shares.subarray(0, kept));
  fewer.set(
    values.map((value) => (now === 0 ? whole / others : (value / now) * whole)),
    kept,
  );
  return fewer;
}

/** A table of quantiles of ascending values. */
function sampled(ascending: Float64Array): number[] {
  const steps = Math.min(10_000, Math.max(1, ascending.length - 1));
  return Array.from(
    { length: steps + 1 },
    (_, i) => ascending[Math.round((i / steps) * (ascending.length - 1))] ?? 0,
  );
}
