import { z } from 'zod';
import { fastest, parseRate } from '../base/units.ts';
import type { Uncertain } from './growth-types.ts';

/** `6% +- 2%`: a value, and how far it may be off on either side. */

const parts = /^(.+?)(?:\s*(?:\+-|\+\/-|±)\s*(.+))?$/u;

type Parse = (text: string) => number | undefined;

function uncertain(
  parse: Parse,
  parseSpread: (text: string, value: number) => number | undefined,
  min: number,
  max: number,
  allowed: string,
) {
  return z
    .union([z.string(), z.number()], { error: allowed })
    .transform((written, context): Uncertain => {
      const read = readUncertain(String(written), parse, parseSpread);
      const isWithin =
        read !== undefined && read.value - read.spread >= min && read.value + read.spread <= max;
      if (isWithin) return read;
      context.addIssue({ code: 'custom', message: allowed });
      return z.NEVER;
    });
}

function readUncertain(
  written: string,
  parse: Parse,
  parseSpread: (text: string, value: number) => number | undefined,
): Uncertain | undefined {
  const found = parts.exec(written.trim());
  const value = parse(found?.[1] ?? '');
  const spread = value === undefined || found?.[2] === undefined ? 0 : parseSpread(found[2], value);
  return value !== undefined && spread !== undefined && spread >= 0 ? { value, spread } : undefined;
}

/** `-6%` or `-0.06` as -0.06. */
function parseSigned(text: string): number | undefined {
  const found = /^(-?\d+(?:\.\d+)?)\s?(%?)$/.exec(text);
  if (found === null) return undefined;
  // 77.064 / 100 is 0.7706399999999999.
  return found[2] === '%' ? Number((Number(found[1]) / 100).toPrecision(15)) : Number(found[1]);
}

/** Growth a month; it may be negative. */
export const monthlyGrowth = uncertain(
  parseSigned,
  parseSigned,
  -0.9,
  2,
  'growth a month, such as 6% or 6% +- 2%, within -90% and 200%',
);

/** What goes away each month, as a share of what there is. */
export const monthlyLoss = uncertain(
  parseSigned,
  parseSigned,
  0,
  0.9,
  'a share a month, such as 4% or 4% +- 1%, within 0% and 90%',
);

/** A share that may be more than the whole; `spread` in points. */
export const uncertainShare = uncertain(
  parseSigned,
  parseSigned,
  0,
  10,
  'a share, such as 60% or 60% +- 5%, from 0% to 1000%',
);

const relativeAllowed = 'a share, as 60% or as 0.6, above 0% and up to 1000%';

/** A share that may be more than the whole. */
export const positiveShare = z
  .union([z.string(), z.number()], { error: relativeAllowed })
  .transform((written, context) => {
    const value = parseSigned(String(written).trim());
    if (value !== undefined && value > 0 && value <= 10) return value;
    context.addIssue({ code: 'custom', message: relativeAllowed });
    return z.NEVER;
  });

/** 1e12 a month is more than all databases of the world cost. */
const amountMax = 1e12;

function parseAmount(text: string): number | undefined {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

/** A price or another amount of 0 or more; its spread in the same unit, or in percent of it. */
export const uncertainAmount = uncertain(
  parseAmount,
  (text, value) => (text.endsWith('%') ? scaled(parseSigned(text), value) : parseAmount(text)),
  0,
  amountMax,
  'an amount from 0 up, such as 1200, 1200 +- 100 or 1200 +- 10%',
);

function scaled(fraction: number | undefined, value: number): number | undefined {
  return fraction === undefined ? undefined : fraction * value;
}

export const uncertainRateAllowed =
  'a rate with its unit, above zero, such as 900/s, 900/s +- 50/s or 900/s +- 10%';

/** `900/s +- 10%`; undefined where its low end is not above zero. */
export function parseUncertainRate(text: string): Uncertain | undefined {
  const rate = readUncertain(text, parseRate, (spread, value) =>
    spread.endsWith('%') ? scaled(parseSigned(spread), value) : parseRate(spread),
  );
  return rate !== undefined && rate.value > rate.spread ? rate : undefined;
}

/** What a database takes, and how far that may be off. */
export const uncertainRate = z
  .string({ error: uncertainRateAllowed })
  .transform((written, context): Uncertain => {
    const rate = parseUncertainRate(written);
    const isSlow = rate !== undefined && rate.value + rate.spread <= fastest.perSecond;
    if (isSlow) return rate;
    const message = rate === undefined ? uncertainRateAllowed : `at most ${fastest.text}`;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });
