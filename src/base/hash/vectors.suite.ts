import { existsSync, readFileSync } from 'node:fs';
import type { z } from 'zod';

/**
 * A file of published test vectors that lies beside the repository (../shared/vectors), or null:
 * the files are not part of it, so tests that need one are skipped by name where it is missing.
 */
export function readVectors<T extends z.ZodType>(file: string, shape: T): z.infer<T> | null {
  const url = new URL(`../../../../shared/vectors/${file}`, import.meta.url);
  return existsSync(url) ? shape.parse(JSON.parse(readFileSync(url, 'utf8'))) : null;
}

/** The 64 bits as 16 hexadecimal digits. */
export function hex64({ hi, lo }: { readonly hi: number; readonly lo: number }): string {
  return hi.toString(16).padStart(8, '0') + lo.toString(16).padStart(8, '0');
}
