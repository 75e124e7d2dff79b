import type { CandidateKey } from '../../profile/evidence.ts';
import { type Fact, fact } from '../../result/finding.ts';
import type { OpenedSource } from './sources.ts';

/** A file with a line for each tenant, as a scenario's `tenants: { file }` reads it. */
export interface TenantFile {
  readonly path: string;
  readonly id: string;
  readonly weight: string;
  readonly bytes: string | null;
}

/** Where such a file is all that shows rows; null otherwise, and where scenarios cannot read it. */
export function tenantFile(opened: readonly OpenedSource[]): TenantFile | null {
  const tables = opened.filter(({ kind }) => kind !== 'statements');
  const [only] = tables;
  if (tables.length !== 1 || only?.kind !== 'rows' || only.source.tenants === null) return null;
  const { kind, name, about } = only.source.evidence;
  if (kind !== 'csv' || about['delimiter'] !== 'comma' || name.endsWith('.gz')) return null;
  return { path: name, ...only.source.tenants };
}

/** Its other columns say how much tenants have; they are no keys. */
export function keysOfTenants(
  candidates: readonly CandidateKey[],
  opened: readonly OpenedSource[],
): readonly CandidateKey[] {
  const ids = new Set(
    opened.flatMap((each) =>
      each.kind === 'rows' && each.source.tenants !== null
        ? each.source.table.primary.map((column) => `${each.source.table.name}.${column}`)
        : [],
    ),
  );
  const own = candidates.filter(({ columns }) =>
    columns.some((each) => ids.has(`${each.table}.${each.columns.join()}`)),
  );
  return own.length === 0 ? candidates : own;
}

export const tenantNotes = (file: TenantFile | null): Fact[] =>
  file === null ? [] : [fact('tenants-by-weight', { names: { id: file.id, weight: file.weight } })];
