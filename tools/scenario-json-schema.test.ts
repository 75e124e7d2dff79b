import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { scenarioJsonSchema } from './scenario-json-schema.ts';
import {
  durationMs,
  positiveBytes,
  positiveRatePerSecond,
  wholeFraction,
} from '../src/scenario/quantities.ts';
import { vocabularyFixture } from '../src/scenario/vocabulary-fixture.ts';

const fields = { durationMs, positiveBytes, positiveRatePerSecond };

function patternOf(field: z.ZodType): RegExp {
  const { pattern } = z.toJSONSchema(field, { io: 'input' });
  return new RegExp(pattern ?? '^$', 'u');
}

test('an editor refuses a rate without its unit, and of another one', () => {
  const schema = z
    .looseObject({ properties: z.looseObject({ rate: z.looseObject({ pattern: z.string() }) }) })
    .parse(scenarioJsonSchema(vocabularyFixture));
  const rate = new RegExp(schema.properties.rate.pattern, 'u');
  expect(['300/s', '1.5 /m', '7200/h'].map((text) => rate.test(text))).toEqual([true, true, true]);
  for (const text of ['300 rps', '300', '0/s', '0.0/s', '300/d', '-1/s', '1e3/s']) {
    expect(rate.test(text), text).toBe(false);
  }
});

test('an editor takes the quantities that the parser takes, and no others', () => {
  const amount = fc.oneof(
    fc.nat(1000).map(String),
    fc.tuple(fc.nat(99), fc.nat(99)).map(([whole, part]) => `${whole}.${part}5`),
    fc.constantFrom('0', '0.0', '00', '', '1.', '.5', '-1', '1e3', 'x'),
  );
  const units = ['ms', 's', 'm', 'h', '/s', '/m', '/h', 'B', 'kB', 'MB', 'MiB', 'GB', 'KB', 'TiB'];
  const unit = fc.constantFrom(...units, '%', '', 'rps', 'S', 'mb', 'constructor');
  const text = fc
    .tuple(amount, fc.constantFrom('', ' ', '  '), unit, fc.constantFrom('', ' '))
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, (written) => {
      // Less than half a byte is none: only the parser knows.
      fc.pre(!/^\s*0\.\d+ *B/.test(written));
      for (const [name, field] of Object.entries(fields)) {
        const { success } = field.safeParse(written);
        expect([name, written, patternOf(field).test(written)]).toEqual([name, written, success]);
      }
    }),
    { numRuns: 2000 },
  );
});

test('a share is a number or a percentage', () => {
  const { anyOf = [] } = z.toJSONSchema(wholeFraction, { io: 'input' });
  const [first] = anyOf;
  const pattern = new RegExp((typeof first === 'object' ? first.pattern : undefined) ?? '^$', 'u');
  expect(['30%', '0.3', '12.5 %', '30 percent', '%'].map((each) => pattern.test(each))).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});
