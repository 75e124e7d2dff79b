import { suggest } from '../base/suggest.ts';
import { exitCodes, UserError } from '../base/user-error.ts';
import type { RouterDefinition } from './contract.ts';
import { directory } from './directory.ts';
import { jump } from './jump.ts';
import { mod } from './mod.ts';
import { range } from './range.ts';
import { ring } from './ring.ts';
import { slots } from './slots.ts';

export const routers: readonly RouterDefinition[] = [mod, jump, ring, range, directory, slots];

/** The names as a user writes them: `ring[:vnodes]`. */
export function routerUsage(): string {
  return routers
    .map(({ name, parameter }) => (parameter === null ? name : `${name}[:${parameter.name}]`))
    .join(', ');
}

/** What is wrong with a name that is no router, and what is allowed. */
export function unknownRouter(name: string): string {
  const near = suggest(
    name,
    routers.map((router) => router.name),
  );
  const guess = near === undefined ? '' : ` (did you mean ${near}?)`;
  return `unknown router "${name}"${guess}; the routers are ${routerUsage()}`;
}

/** The router of that name, without a parameter; a UserError lists the names when there is none. */
export function findRouter(name: string): RouterDefinition {
  const found = routers.find((router) => router.name === name);
  if (found !== undefined) return found;
  throw new UserError(unknownRouter(name), { exitCode: exitCodes.usage });
}
