/** Of the standard global; Node's own types leave it out. */
declare const WebAssembly: {
  readonly Module: new (
    code: Uint8Array<ArrayBuffer>,
    options?: { readonly builtins: readonly string[] },
  ) => object;
  readonly Instance: new (module: object) => { readonly exports: object };
};

/** What all our kernels export. */
export interface KernelMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

export const pageBytes = 65_536;

/**
 * Typed arrays over a kernel's memory hold its numbers as they are; true of almost every machine.
 */
export const littleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/** A module of base64 code, which may read texts of JavaScript (`wasm:js-string`). */
export function kernelModule(base64: string): object {
  const code = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return new WebAssembly.Module(code, { builtins: ['js-string'] });
}

/** The exports of a new instance, with a memory of its own. */
export function instantiate(module: object): object {
  return new WebAssembly.Instance(module).exports;
}
