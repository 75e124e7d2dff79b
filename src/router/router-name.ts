import { exitCodes } from '../base/exit-codes.ts';
import { UserError } from '../base/user-error.ts';
import { splitRouter } from '../scenario/router-file.ts';
import type { RouterDefinition } from './contract.ts';
import { routers, unknownRouter } from './registry.ts';

/** `ring:150` taken apart; the parameter is null where none was given. */
export interface RouterName {
  readonly name: string;
  readonly parameter: number | null;
}

/** Why the number is no parameter of this router; null when it is one. */
export function parameterProblem(
  { name, parameter: bounds }: RouterDefinition,
  parameter: number | null,
): string | null {
  if (parameter === null) return null;
  if (bounds === null) return `${name} takes no number, but ${name}:${parameter} has one`;
  if (Number.isInteger(parameter) && parameter >= bounds.min && parameter <= bounds.max)
    return null;
  return (
    `${name}:${parameter} is not allowed; ${bounds.name} must be a whole number ` +
    `from ${bounds.min} to ${bounds.max}`
  );
}

/** The parsed name, or in words what is wrong with it; `own` is a router beside the registry's. */
export function readRouterName(
  text: string,
  own: RouterDefinition | null = null,
): RouterName | { readonly problem: string } {
  const { name, asked: written } = splitRouter(text);
  const router = own?.name === name ? own : routers.find((each) => each.name === name);
  if (router === undefined) return { problem: unknownRouter(name) };
  if (written === undefined) return { name, parameter: null };
  if (router.parameter === null) {
    return { problem: `${name} takes no number, but "${text}" has one` };
  }
  if (!/^\d{1,15}$/.test(written)) {
    const { name: what, default: usual, min, max } = router.parameter;
    return {
      problem:
        `"${written}" in "${text}" is not a whole number; ` +
        `write ${name}:${usual} (${what} from ${min} to ${max})`,
    };
  }
  const parameter = Number(written);
  const problem = parameterProblem(router, parameter);
  return problem === null ? { name, parameter } : { problem };
}

/** Parses `name` or `name:number`; a UserError says what is wrong and what is allowed. */
export function parseRouterName(text: string): RouterName {
  const read = readRouterName(text);
  if ('problem' in read) throw new UserError(read.problem, { exitCode: exitCodes.usage });
  return read;
}
