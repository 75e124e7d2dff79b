import { setFlagsFromString } from 'node:v8';

/** What one of them implies is settled when the process begins: all are needed. */
const flags = ['wasm-tier-up', 'wasm-dynamic-tiering', 'wasm-lazy-compilation'] as const;

/**
 * Loads a WebAssembly module all of whose functions are compiled now, and never a second time,
 * optimized. Of the parser of Postgres that would take a core for a second and 550 MB of memory
 * (Node 24), which not even a million statements pay for; a budget for it, however large, does not
 * prevent it where texts are parsed by the thousand. A function that were compiled later, when it
 * is first used, would be compiled as the flags say then.
 */
export async function unoptimized<T>(load: () => Promise<T>): Promise<T> {
  for (const flag of flags) setFlagsFromString(`--no-${flag}`);
  // Compiling in the background does not keep a process from ending.
  const alive = setInterval(() => undefined, 1000);
  try {
    return await load();
  } finally {
    clearInterval(alive);
    for (const flag of flags) setFlagsFromString(`--${flag}`);
  }
}
