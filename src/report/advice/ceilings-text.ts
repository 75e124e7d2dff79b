import type { AdviceDocument } from '../../result/advice-document.ts';
import { usedOf } from '../../wording/advice-limits.ts';
import { listed } from '../../wording/format.ts';

type Ceilings = AdviceDocument['instance'];

/** Which limits are hit, and when; what nobody said; what was assumed. */
export function ceilingsText({ instance, fullestShard, assumptions }: AdviceDocument): string {
  const shard = fullestShard === null ? '' : ` The fullest shard: ${hitText(fullestShard)}.`;
  const usual = assumptions
    .filter(({ path, isDefault }) => isDefault && /^capacity\.(limits|utilisation)/.test(path))
    .filter(({ path }) => isUsed(path, instance))
    .map(({ path, value }) => `${path.replace('capacity.', '')} ${value}`);
  const assumed = usual.length === 0 ? '' : ` Assumed in capacity: ${usual.join(', ')}.`;
  return `One instance: ${hitText(instance)}.${shard}${unknownText(instance)}${assumed}`;
}

/** Of a database; all are in the document. */
const shownMost = 3;

function hitText({ limits }: Ceilings): string {
  const hit = limits
    .filter(({ months }) => months.trend !== null)
    .toSorted((a, b) => (a.months.trend ?? 0) - (b.months.trend ?? 0));
  if (hit.length === 0) return 'no limit is hit within the horizon';
  const shown = hit.slice(0, shownMost);
  const later = hit.length - shown.length;
  return listed([
    ...shown.map(({ limit, now, allowed, unit, months, basis }) => {
      const when = months.trend === 0 ? 'already' : `in ${(months.trend ?? 0).toFixed(1)} months`;
      const least = basis === 'at-least' ? 'at least ' : '';
      return `${limit} ${when} (${least}${usedOf(now, allowed, unit)})`;
    }),
    ...(later === 0 ? [] : [`${later} later`]),
  ]);
}

function unknownText({ notKnown }: Ceilings): string {
  if (notKnown.length === 0) return '';
  return ` Not known, as nobody said what is used today: ${listed(notKnown)}.`;
}

/** A limit that is compared with something. */
function isUsed(path: string, { limits }: Ceilings): boolean {
  const name = path.replace(/^capacity\.limits\./, '');
  if (name === 'utilisation' || name === 'capacity.utilisation') return true;
  if (name === 'copy') return true;
  return limits.some(({ limit }) => limit === name);
}
