import {
  durationAllowed,
  fastest,
  fractionAllowed,
  largest,
  longest,
  parseDuration,
  parseFraction,
  parseRate,
  parseSize,
  quantityPatterns,
  rateAllowed,
  sizeAllowed,
} from '../base/units.ts';
import { z } from 'zod';
import { quantity } from './fields.ts';

/** Fields with units; each reads text and gives a number in the unit of its name. */

const longestTime = { value: longest.ms, text: longest.text, pattern: quantityPatterns.duration };
const fastestRate = {
  value: fastest.perSecond,
  text: fastest.text,
  pattern: quantityPatterns.rate,
};
const largestSize = { value: largest.bytes, text: largest.text, pattern: quantityPatterns.size };

/** The same with a digit that is no zero. */
function positive<T extends { readonly pattern: string }>(any: T): T {
  return { ...any, pattern: any.pattern.replace('^\\s*', '^\\s*(?=[0.]*[1-9])') };
}

/** Zero is allowed: no warm-up, no pause. */
export const durationMs = quantity(parseDuration, durationAllowed, longestTime);

export const positiveDurationMs = quantity(
  (written) => aboveZero(parseDuration(written)),
  `${durationAllowed}, above zero`,
  positive(longestTime),
);

/** Zero is allowed: a pause, the foot of a ramp. */
export const ratePerSecond = quantity(parseRate, rateAllowed, fastestRate);

export const positiveRatePerSecond = quantity(
  (written) => aboveZero(parseRate(written)),
  `${rateAllowed}, above zero`,
  positive(fastestRate),
);

export const positiveBytes = quantity(
  (written) => aboveZero(parseSize(written)),
  `${sizeAllowed}, above zero`,
  positive(largestSize),
);

const perSecondAllowed = `${sizeAllowed}, and /s, such as 20MB/s, above zero`;

export const bytesPerSecond = quantity(
  (written) => {
    const found = /^(.+)\/s$/.exec(written.trim());
    return aboveZero(parseSize(found?.[1] ?? ''));
  },
  perSecondAllowed,
  {
    value: largest.bytes,
    text: `${largest.text}/s`,
    pattern: quantityPatterns.size.replace('\\s*$', '/s\\s*$'),
  },
);

const fractionText = z.string().meta({ pattern: quantityPatterns.fraction });

/** Nothing and everything are allowed. */
export const wholeFraction = z
  .union([fractionText, z.number()], { error: fractionAllowed })
  .transform((written, context) => {
    const value = parseFraction(written);
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: fractionAllowed });
    return z.NEVER;
  });

const shareAllowed = `${fractionAllowed}, above zero and below 100%`;

/** Neither nothing nor everything. */
export const share = z
  .union([fractionText, z.number()], { error: shareAllowed })
  .transform((written, context) => {
    const parsed = parseFraction(written);
    if (parsed !== undefined && parsed > 0 && parsed < 1) return parsed;
    context.addIssue({ code: 'custom', message: shareAllowed });
    return z.NEVER;
  });

function aboveZero(value: number | undefined): number | undefined {
  return value !== undefined && value > 0 ? value : undefined;
}
