// XXH64, Yann Collet, https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md; seed 0.
import { assert } from '../assert.ts';
import { i32, i64, kernelModule, wasm } from './wasm-code.ts';

const p1 = 0x9e3779b185ebca87n;
const p2 = 0xc2b2ae3d27d4eb4fn;
const p3 = 0x165667b19e3779f9n;
const p4 = 0x85ebca77c2b2ae63n;
const p5 = 0x27d4eb2f165667c5n;

/** h = h ^ (h >>> bits), h on the stack before and after. */
function foldRight(local: number, bits: bigint) {
  return [
    wasm.localTee(local),
    wasm.localGet(local),
    wasm.i64Const(bits),
    wasm.i64ShiftRightUnsigned,
    wasm.i64Xor,
  ];
}

const increased = (local: number, by: number) => [
  wasm.localGet(local),
  wasm.i32Const(by),
  wasm.i32Add,
];
const times = (factor: bigint) => [wasm.i64Const(factor), wasm.i64Multiply];
const rotated = (bits: bigint) => [wasm.i64Const(bits), wasm.i64RotateLeft];

/** run(first, end, at): hashes of first .. end - 1 as int8 keys to memory from address `at`. */
function kernel(): Uint8Array<ArrayBuffer> {
  const [key, end, at, hash] = [0, 1, 2, 3];
  return kernelModule({
    parameters: [i32, i32, i32],
    locals: [i64],
    body: [
      wasm.doWhile(
        wasm.localGet(at),
        wasm.localGet(key),
        wasm.i64ExtendUnsigned,
        // h = P5 + length ^ rotl(key x P2, 31) x P1
        ...times(p2),
        ...rotated(31n),
        ...times(p1),
        wasm.i64Const(p5 + 8n),
        wasm.i64Xor,
        // h = rotl(h, 27) x P1 + P4
        ...rotated(27n),
        ...times(p1),
        wasm.i64Const(p4),
        wasm.i64Add,
        // The avalanche.
        ...foldRight(hash, 33n),
        ...times(p2),
        ...foldRight(hash, 29n),
        ...times(p3),
        ...foldRight(hash, 32n),
        wasm.i64Store,
        // The next key, and the next place.
        ...increased(at, 8),
        wasm.localSet(at),
        ...increased(key, 1),
        wasm.localTee(key),
        wasm.localGet(end),
        wasm.i32LessUnsigned,
      ),
    ],
  });
}

/** Of the standard global; Node's own types leave it out. */
declare const WebAssembly: {
  readonly Module: new (code: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object) => { readonly exports: object };
};

interface KernelExports {
  readonly run: (first: number, end: number, at: number) => void;
  readonly memory: { readonly buffer: ArrayBuffer };
}

function isKernel(exports: object): exports is KernelExports {
  return 'run' in exports && 'memory' in exports;
}

interface Kernel {
  readonly run: KernelExports['run'];
  /** Its memory: little-endian on every machine. */
  readonly view: DataView;
}

/** 64 KiB of memory. */
const hashesMax = 8192;

let made: Kernel | null = null;

function makeKernel(): Kernel {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(kernel()));
  assert(isKernel(exports), 'the exports of the kernel');
  return { run: exports.run, view: new DataView(exports.memory.buffer) };
}

/**
 * xxh64 of the int8 keys first .. first + keys - 1, all of them from 0 to 2^32 - 1: 3 ns each where
 * one call a key takes 60, because WebAssembly has the 64-bit integers that JavaScript lacks.
 */
export function xxh64Integers(first: number, keys: number, hi: Uint32Array, lo: Uint32Array): void {
  assert(first >= 0 && first + keys < 2 ** 32, 'integers of 32 bits');
  made ??= makeKernel();
  for (let from = 0; from < keys; from += hashesMax) {
    const count = Math.min(hashesMax, keys - from);
    made.run(first + from, first + from + count, 0);
    for (let i = 0; i < count; i += 1) {
      lo[from + i] = made.view.getUint32(8 * i, true);
      hi[from + i] = made.view.getUint32(8 * i + 4, true);
    }
  }
}
