import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldedSteps } from './folded-steps.ts';

const folded = (text: string): string =>
  foldedSteps(text.split('').map((letter) => ({ template: letter.charCodeAt(0), repeats: 1 })))
    .map(
      ({ template, repeats }) => `${String.fromCharCode(template)}${repeats === 1 ? '' : repeats}`,
    )
    .join('');

test.each([
  ['', ''],
  ['abc', 'abc'],
  ['abbbc', 'ab3c'],
  ['abcbcd', 'ab2c2d'],
  ['abcdabcd', 'a2b2c2d2'],
  ['xaabaabaaby', 'xa6b3y'],
  ['aabab', 'a3b2'],
])('%j is %j', (text, expected) => {
  expect(folded(text)).toBe(expected);
});

test('no step is lost', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(3), { maxLength: 40 }), (all) => {
      const steps = foldedSteps(all.map((template) => ({ template, repeats: 1 })));
      for (const template of new Set(all)) {
        const repeats = steps
          .filter((step) => step.template === template)
          .reduce((sum, step) => sum + step.repeats, 0);
        expect(repeats).toBe(all.filter((each) => each === template).length);
      }
    }),
  );
});
