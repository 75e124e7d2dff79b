import { expect, test } from 'vitest';
import { createOutbox, frameBytesMax, revokeFrame, sendFrame, stageFrame } from './outbox.ts';

/** Collects what is written, at most `chunk` bytes at a time. */
function collector(chunk: number) {
  const written: { descriptor: number; bytes: number[] }[] = [];
  const write = (descriptor: number, bytes: Uint8Array, offset: number, length: number): number => {
    const taken = Math.min(chunk, length);
    written.push({ descriptor, bytes: [...bytes.subarray(offset, offset + taken)] });
    return taken;
  };
  return { written, write };
}

test('a staged frame is written whole to its own socket, once', () => {
  const outbox = createOutbox(3);
  outbox.frames.set([1, 2, 3, 4, 5], frameBytesMax);
  stageFrame(outbox, 1, 77, 5);
  const { written, write } = collector(2);
  expect(sendFrame(outbox, 1, write)).toBe(true);
  expect(written.every(({ descriptor }) => descriptor === 77)).toBe(true);
  expect(written.flatMap(({ bytes }) => bytes)).toEqual([1, 2, 3, 4, 5]);
  expect([...outbox.failed]).toEqual([0, 0, 0]);
  expect(sendFrame(outbox, 1, write)).toBe(false);
  expect(written).toHaveLength(3);
});

test('what was taken back is never written, and is reported', () => {
  const outbox = createOutbox(1);
  stageFrame(outbox, 0, 5, 1);
  expect(revokeFrame(outbox, 0)).toBe(true);
  const { written, write } = collector(9);
  expect(sendFrame(outbox, 0, write)).toBe(false);
  expect(written).toEqual([]);
  expect([...outbox.failed]).toEqual([1]);
  // The next use of the place starts anew.
  stageFrame(outbox, 0, 5, 1);
  expect([...outbox.failed]).toEqual([0]);
});

test('what was sent cannot be taken back', () => {
  const outbox = createOutbox(1);
  stageFrame(outbox, 0, 5, 1);
  sendFrame(outbox, 0, collector(9).write);
  expect(revokeFrame(outbox, 0)).toBe(false);
});

test('a socket that takes nothing is reported, and its place is free again', () => {
  const outbox = createOutbox(1);
  stageFrame(outbox, 0, 5, 1);
  const broken = (): number => {
    throw new Error('EPIPE');
  };
  expect(sendFrame(outbox, 0, broken)).toBe(false);
  expect([...outbox.failed]).toEqual([1]);
  expect(revokeFrame(outbox, 0)).toBe(false);
});
