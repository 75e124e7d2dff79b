import type { Problems } from './problem.ts';
import type { TenantSource } from './tenant-types.ts';
import type { Scenario } from './types.ts';

type Changing = Pick<TenantSource, 'join' | 'leave'>;

/** How many tenants come or go. */
export const changing = ({ join = 0, leave = 0 }: Changing): number => join + leave;

/** What `join` and `leave` ask of other parts; whether a file has so many is seen on reading it. */
export function checkTenantChanges(
  { tenants, loop }: { readonly tenants?: TenantSource; readonly loop?: Scenario['loop'] },
  problems: Problems,
): void {
  if (tenants === undefined || changing(tenants) === 0) return;
  const path = ['tenants', tenants.join === undefined ? 'leave' : 'join'];
  if (loop?.kind === 'closed') {
    problems.add(
      path,
      'found tenants that join or leave, but a closed loop has no schedule; ' +
        'allowed: neither join nor leave in a closed loop',
    );
  }
  const text = tenants.distribution === 'file' ? undefined : tooManyChange(tenants, tenants.count);
  if (text !== undefined) problems.add(path, text);
}

/** Somebody has to be there at every moment; undefined where somebody is. */
export function tooManyChange(source: Changing, count: number): string | undefined {
  const changed = changing(source);
  if (changed < count) return undefined;
  const { join = 0, leave = 0 } = source;
  return (
    `found ${join} that join and ${leave} that leave, of ${count}; ` +
    `allowed: fewer than ${count} together, so that one is always there`
  );
}
