// The binary format of WebAssembly: https://www.w3.org/TR/wasm-core-1/#binary-format%E2%91%A0
/** Machine code as it stands in a module. */
export type Code = readonly number[];

/** LEB128 of an unsigned 32-bit number. */
function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  bytes.push(rest);
  return bytes;
}

/** LEB128 of a signed 64-bit number, given by its bits. */
function signed(bits: bigint): number[] {
  const bytes: number[] = [];
  let rest = BigInt.asIntN(64, bits);
  for (;;) {
    const byte = Number(rest & 0x7fn);
    rest >>= 7n;
    const isLast = rest === ((byte & 0x40) === 0 ? 0n : -1n);
    bytes.push(isLast ? byte : byte | 0x80);
    if (isLast) return bytes;
  }
}

export const i32 = 0x7f;
export const i64 = 0x7e;

/** The instructions that our kernels need; operands are taken from the stack. */
export const wasm = {
  localGet: (index: number): Code => [0x20, ...unsigned(index)],
  localSet: (index: number): Code => [0x21, ...unsigned(index)],
  localTee: (index: number): Code => [0x22, ...unsigned(index)],
  /** Repeats `body` while it leaves a true i32 on the stack. */
  doWhile: (...body: readonly Code[]): Code => [0x03, 0x40, ...body.flat(), 0x0d, 0x00, 0x0b],
  i32Const: (value: number): Code => [0x41, ...signed(BigInt(value))],
  i32Add: [0x6a],
  i32LessUnsigned: [0x49],
  i64Const: (bits: bigint): Code => [0x42, ...signed(bits)],
  i64Add: [0x7c],
  i64Multiply: [0x7e],
  i64Xor: [0x85],
  i64ShiftRightUnsigned: [0x88],
  i64RotateLeft: [0x89],
  i64ExtendUnsigned: [0xad],
  /** Of an i64 at an address that is a multiple of 8. */
  i64Store: [0x37, 0x03, 0x00],
} as const;

const section = (id: number, content: Code): Code => [id, ...unsigned(content.length), ...content];

/** A function without result; locals are its parameters and then `locals`. */
export interface KernelFunction {
  readonly parameters: readonly number[];
  readonly locals: readonly number[];
  readonly body: readonly Code[];
}

/** Marks a module of version 1. */
const magic: Code = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

/** A module that exports the function as `run` and its memory of 64 KiB as `memory`. */
export function kernelModule({
  parameters,
  locals,
  body,
}: KernelFunction): Uint8Array<ArrayBuffer> {
  const name = (text: string): Code => [text.length, ...Array.from(text, (c) => c.charCodeAt(0))];
  const declared = locals.flatMap((type) => [1, type]);
  const code = [locals.length, ...declared, ...body.flat(), 0x0b];
  return Uint8Array.from([
    ...magic,
    ...section(1, [1, 0x60, parameters.length, ...parameters, 0]),
    ...section(3, [1, 0]),
    ...section(5, [1, 0, 1]),
    ...section(7, [2, ...name('run'), 0, 0, ...name('memory'), 2, 0]),
    ...section(10, [1, ...unsigned(code.length), ...code]),
  ]);
}
