import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { UserError } from '../base/user-error.ts';
import { decodeScenario } from './decode.ts';

const encoder = new TextEncoder();

function bytes(...parts: (string | number)[]): Uint8Array {
  return Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'number' ? part : Array.from(encoder.encode(part)))),
  );
}

test.each([
  ['a NUL byte', bytes('name: x\nseed: ', 0, '\n'), 's.yaml:2: byte 14: found a NUL byte'],
  ['Latin-1', bytes('name: caf', 0xe9, '\n'), 's.yaml:1: byte 10: found a byte that is not UTF-8'],
  ['a lone continuation byte', bytes('a\nb\n', 0x80), 's.yaml:3: byte 4: found a byte that is not'],
  ['a character cut off at the end', bytes('a: ', 0xe2, 0x82), 's.yaml:1: byte 4: found a byte'],
  ['UTF-16', bytes(0xff, 0xfe, 'n', 0), 's.yaml:1: byte 0: found a byte that is not UTF-8 (0xff)'],
  ['a surrogate', bytes(0xed, 0xa0, 0x80), 's.yaml:1: byte 1: found a byte that is not UTF-8'],
])('%s is refused with its place', (_, input, message) => {
  expect(() => decodeScenario(input, 's.yaml')).toThrow(message);
  expect(() => decodeScenario(input, 's.yaml')).toThrow(UserError);
});

test('UTF-8 is read as it is, without its byte order mark', () => {
  expect(decodeScenario(bytes(0xef, 0xbb, 0xbf, 'name: é €'), 's.yaml')).toBe('name: é €');
});

test('every text comes back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 50 }), (text) => {
      const clean = text.replaceAll('\0', '').replace(/^\uFEFF/, '');
      expect(decodeScenario(encoder.encode(clean), 's.yaml')).toBe(clean);
    }),
    { seed: 4 },
  );
});
