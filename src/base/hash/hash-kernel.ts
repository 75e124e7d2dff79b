import { assert } from '../assert.ts';
import { instantiate, kernelModule, type KernelMemory, pageBytes } from '../web-assembly.ts';
import { hashKernelCode } from './hash-kernel-code.ts';
import type { KeyHash, KeyHashName } from './key-hash.ts';
import { isViewed, viewedInt, viewedTail, wordOf, wordsBytes } from './key-words.ts';

/** Of a key of at most 16 bytes in four little-endian words, whose rest is 0. */
type Short = (a: number, b: number, c: number, d: number, length: number) => number;
/** Of the key that `writeKey` wrote to the kernel's memory. */
type Long = (length: number) => number;
/** Of the int8 keys first .. first + count - 1 to the kernel's memory from an address. */
type Integers = (first: number, count: number, to: number) => void;

/** All but `Integers` answer with the lower word and leave the upper one at address 0. */
type Functions = Readonly<
  Record<`${HashCode}Short`, Short> &
    Record<`${HashCode}Long`, Long> &
    Record<`${HashCode}Integers`, Integers>
>;
type HashKernel = Functions & { readonly memory: KernelMemory };

/** The hashes that the kernels have, as these call them. */
export type HashCode = 'xxh64' | 'murmur3x128' | 'murmur3x32' | 'fnv1a64';

function isKernel(exports: object): exports is HashKernel {
  return 'memory' in exports && 'xxh64Short' in exports && 'fnv1a64Integers' in exports;
}

function makeKernel(): HashKernel {
  const exports = instantiate(kernelModule(hashKernelCode));
  assert(isKernel(exports), 'the exports of the kernel');
  return exports;
}

const kernel = makeKernel();

/** Keys stand here; 16 bytes of 0 follow each. */
const keyAddress = 8;
const paddingBytes = 16;

let bytesOf = new Uint8Array(kernel.memory.buffer);
let wordsOf = new DataView(kernel.memory.buffer);

/** Copies bytes[start .. end) to where the kernel reads long keys; returns their length. */
function writeKey(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  const needed = keyAddress + length + paddingBytes;
  if (needed > bytesOf.length) {
    // Once for a key longer than any before.
    kernel.memory.grow(Math.ceil((needed - bytesOf.length) / pageBytes));
    bytesOf = new Uint8Array(kernel.memory.buffer);
    wordsOf = new DataView(kernel.memory.buffer);
  }
  let to = keyAddress;
  for (let i = start; i < end; i += 1, to += 1) bytesOf[to] = bytes[i] ?? 0;
  bytesOf.fill(0, to, to + paddingBytes);
  return length;
}

/** Hashes of the int8 keys first .. first + count - 1: see `KeyHash.hashIntegers`. */
function hashIntegersBy(
  run: Integers,
  first: number,
  count: number,
  hi: Uint32Array,
  lo: Uint32Array,
): void {
  assert(first >= 0 && first + count < 2 ** 32, 'integers of 32 bits');
  const most = Math.floor((pageBytes - keyAddress) / 8);
  for (let from = 0; from < count; from += most) {
    const hashes = Math.min(most, count - from);
    run(first + from, hashes, keyAddress);
    for (let i = 0; i < hashes; i += 1) {
      lo[from + i] = wordsOf.getUint32(keyAddress + 8 * i, true);
      hi[from + i] = wordsOf.getUint32(keyAddress + 8 * i + 4, true);
    }
  }
}

/** A hash in WebAssembly, because JavaScript has no fast 64-bit integers. */
export function kernelHash(name: KeyHashName, bits: 32 | 64, code: HashCode): KeyHash {
  const short: Short = kernel[`${code}Short`];
  const long: Long = kernel[`${code}Long`];
  const integers: Integers = kernel[`${code}Integers`];
  return {
    name,
    bits,
    hash(bytes, start, end, out) {
      const length = end - start;
      let lo: number;
      if (length > wordsBytes) lo = long(writeKey(bytes, start, end));
      else if (length >= 8 && isViewed(bytes)) {
        const tail = viewedTail(end, length);
        const third = length >= 12 ? viewedInt(start + 8) : length > 8 ? tail : 0;
        lo = short(viewedInt(start), viewedInt(start + 4), third, length > 12 ? tail : 0, length);
      } else {
        const a = wordOf(bytes, start, end);
        const b = wordOf(bytes, start + 4, end);
        const c = wordOf(bytes, start + 8, end);
        lo = short(a, b, c, wordOf(bytes, start + 12, end), length);
      }
      out.lo = lo >>> 0;
      out.hi = wordsOf.getUint32(0, true);
    },
    hashIntegers: (first, keys, hi, lo) => hashIntegersBy(integers, first, keys, hi, lo),
  };
}
