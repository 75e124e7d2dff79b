import type { TableGenerator } from '../table-types.ts';

/** Rows next to each other in time have values next to each other. */
export function risesWithTime(generator: TableGenerator | null): boolean {
  if (generator?.kind === 'id') return generator.style !== 'uuid4';
  const kinds: readonly (string | undefined)[] = ['timestamp', 'date', 'padded'];
  return kinds.includes(generator?.kind);
}
