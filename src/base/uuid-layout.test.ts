import { expect, test } from 'vitest';
import { layOutUuid4, layOutUuid7, uuid7Ms, uuidText } from './uuid-layout.ts';

/** Random bytes whose bits where version, variant and time will stand are the wrong ones. */
function bytes(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

// RFC 9562, appendix A.3.
test('the known UUID of version 4', () => {
  const uuid = bytes('919108f752d1b3205bacf847db4148a8');
  layOutUuid4(uuid);
  expect(uuidText(uuid)).toBe('919108f7-52d1-4320-9bac-f847db4148a8');
});

// RFC 9562, appendix A.6.
test('the known UUID of version 7', () => {
  const uuid = bytes('ffffffffffff8cc358c4dc0c0c07398f');
  layOutUuid7(uuid, Date.UTC(2022, 1, 22, 19, 22, 22));
  expect(uuidText(uuid)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
  expect(uuid7Ms(uuid, 0)).toBe(Date.UTC(2022, 1, 22, 19, 22, 22));
});

test('all 48 bits of the time', () => {
  const uuid = bytes('00'.repeat(16));
  layOutUuid7(uuid, 2 ** 48 - 1);
  expect(uuidText(uuid)).toBe('ffffffff-ffff-7000-8000-000000000000');
  expect(uuid7Ms(uuid, 0)).toBe(2 ** 48 - 1);
});
