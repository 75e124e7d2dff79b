import { present } from '../../base/assert.ts';
import type { TableGenerator } from '../../scenario/table-types.ts';
import { buildAlias, drawAlias } from '../alias.ts';
import { drawnNumber, hexValue } from '../attributes.ts';
import { timestampMsOf, userOf } from '../column-values.ts';
import { idText } from '../id-values.ts';
import { below, mix, toUniform } from '../mix.ts';
import type { Tenants } from '../types.ts';

/** Generators whose values follow from the row's number and its tenant, and from no other row. */
export type PlainGenerator = Exclude<TableGenerator, { kind: 'sequence' | 'parent' | 'pick' }>;

export type RowText = (tenant: number, row: number) => string;

/**
 * Values in Postgres' text form, of loaded rows (below `count`) and of new ones.
 *
 * @param salt of the seed and the column
 */
export function plainText(
  generator: PlainGenerator,
  salt: number,
  tenants: Pick<Tenants, 'ids'>,
  count: number,
): RowText {
  switch (generator.kind) {
    case 'tenant':
      return (tenant) => present(tenants.ids[tenant], `tenant ${tenant}`);
    case 'user':
      return (tenant, row) => String(userOf(salt, generator.perTenant, tenant, row));
    case 'id': {
      const text = idText(generator.style, salt);
      return (_, row) => text(row);
    }
    case 'choice': {
      const index = choiceIndex(generator, salt);
      return (tenant, row) => generator.values[index(tenant, row)] ?? '';
    }
    case 'timestamp':
      return (_, row) => secondText(timestampMsOf(row) / 1000);
    case 'date': {
      const day = dayOf(generator, count);
      return (_, row) => dayText(day(row));
    }
    case 'number': {
      const number = drawnNumber(salt, generator);
      return (_, row) => number(0, row).toFixed(generator.decimals);
    }
    case 'text': {
      const hex = hexValue(salt, generator.bytes);
      return (_, row) => hex(0, row);
    }
    case 'padded':
      return (_, row) => String(row + 1).padStart(generator.length, '0');
    case 'words':
      return wordsText(generator, salt);
    case 'json':
      return jsonText(generator.bytes, salt);
  }
}

/** Which of the values a row has, in proportion to their weights. */
export function choiceIndex(
  { weights, per }: Pick<Extract<TableGenerator, { kind: 'choice' }>, 'weights' | 'per'>,
  salt: number,
): (tenant: number, row: number) => number {
  const table = buildAlias(weights);
  const draw = (by: number): number =>
    drawAlias(table, toUniform(mix(salt, by, 0), mix(salt, by, 1)));
  return per === 'tenant' ? (tenant) => draw(tenant) : (_, row) => draw(row);
}

/** Days rise with the rows over the whole range; new rows are of its last day. */
export function dayOf(
  { fromDay, toDay }: Pick<Extract<TableGenerator, { kind: 'date' }>, 'fromDay' | 'toDay'>,
  count: number,
): (row: number) => number {
  const days = toDay - fromDay + 1;
  return (row) => (row < count ? fromDay + Math.floor((row * days) / count) : toDay);
}

const [secondsOfDay, dayMs] = [86_400, 86_400_000];
let lastDay = Number.NaN;
let lastDayText = '';

/** In the form of ISO 8601; what follows one another is mostly of one day, and cheap. */
export function dayText(day: number): string {
  if (day !== lastDay) {
    lastDay = day;
    lastDayText = new Date(day * dayMs).toISOString().slice(0, 10);
  }
  return lastDayText;
}

const twoDigits = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));

/** A whole second since 1970, five times as fast as Date writes it. */
function secondText(second: number): string {
  const day = Math.floor(second / secondsOfDay);
  const rest = second - day * secondsOfDay;
  const hour = twoDigits[Math.floor(rest / 3600)] ?? '';
  const minute = twoDigits[Math.floor(rest / 60) % 60] ?? '';
  return `${dayText(day)}T${hour}:${minute}:${twoDigits[rest % 60] ?? ''}.000Z`;
}

function wordsText(
  { words, count }: Extract<TableGenerator, { kind: 'words' }>,
  salt: number,
): RowText {
  return (_, row) => {
    let text = '';
    for (let i = 0; i < count; i += 1) text += words[below(mix(salt, row, i), words.length)] ?? '';
    return text;
  };
}

/** Texts of an object are no longer than this, so that a large one has many. */
const fieldBytes = 64;
const before = '{"f0":"';

/** Lengths of the texts in an object of so many bytes (at least the two of an empty one). */
export function jsonFields(bytes: number): readonly number[] {
  const lengths: number[] = [];
  for (let left = bytes - 1, field = 0; ; field += 1) {
    const overhead = before.length - 1 + String(field).length + 1;
    const length = Math.min(fieldBytes, left - overhead);
    if (length < 1) break;
    lengths.push(length);
    left -= length + overhead;
  }
  return lengths;
}

/** Its texts do not compress. */
function jsonText(bytes: number, salt: number): RowText {
  const texts = jsonFields(bytes).map((length, i) => hexValue(mix(salt, i, length), length));
  return (_, row) => {
    let text = '{';
    for (let i = 0; i < texts.length; i += 1) {
      text += `${i === 0 ? '' : ','}"f${i}":"${texts[i]?.(0, row) ?? ''}"`;
    }
    return `${text}}`;
  };
}
