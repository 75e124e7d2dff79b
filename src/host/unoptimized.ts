import { setFlagsFromString } from 'node:v8';

/**
 * Loads a WebAssembly module that is used for a moment and then never again. Compiling its largest
 * functions a second time, optimized, is in vain, and takes a core for seconds: the parser of
 * Postgres takes 500 MB of memory besides (Node 24). A module keeps the budget that holds when it
 * is instantiated; 13 million is the default of V8.
 */
export async function unoptimized<T>(load: () => Promise<T>): Promise<T> {
  setFlagsFromString('--wasm-tiering-budget=2147483647');
  try {
    return await load();
  } finally {
    setFlagsFromString('--wasm-tiering-budget=13000000');
  }
}
