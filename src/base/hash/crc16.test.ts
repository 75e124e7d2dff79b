import { expect, it } from 'vitest';
import { z } from 'zod';
import { crc16 } from './crc16.ts';
import { readVectors } from './vectors.suite.ts';

const shape = z.object({
  crc16_check: z.object({ input: z.string(), crc16_hex: z.string() }),
  crc16_bytes: z.object({ hex: z.string(), crc16: z.int() }),
});

const sumOf = (bytes: Uint8Array): number => crc16(bytes, 0, bytes.length);

it('has the check value of CRC-16/XMODEM', () => {
  // reveng.sourceforge.io's catalogue; the Redis Cluster specification gives it as well.
  expect(sumOf(Buffer.from('123456789'))).toBe(0x31c3);
  expect(sumOf(new Uint8Array())).toBe(0);
});

it('reads its part of a buffer', () => {
  expect(crc16(Buffer.from('xx123456789yy'), 2, 11)).toBe(0x31c3);
});

const file = readVectors('redis-slots.json', shape);
it.skipIf(file === null)('agrees with every vector', () => {
  const { crc16_check: check, crc16_bytes: bytes } = shape.parse(file);
  expect(sumOf(Buffer.from(check.input))).toBe(Number.parseInt(check.crc16_hex, 16));
  expect(sumOf(Buffer.from(bytes.hex, 'hex'))).toBe(bytes.crc16);
});
