import { indentedLines } from '../base/indented-lines.ts';
import { suggest } from '../base/suggest.ts';
import { exitCodes } from '../base/exit-codes.ts';
import { UserError } from '../base/user-error.ts';
import { meantFile } from '../scenario/router-file.ts';
import type { RouterDefinition } from './contract.ts';
import { anchor } from './algorithms/anchor.ts';
import { binomial } from './algorithms/binomial.ts';
import { boundedRing } from './algorithms/bounded-ring.ts';
import { calendar } from './algorithms/calendar.ts';
import { directory } from './algorithms/directory.ts';
import { dx } from './algorithms/dx.ts';
import { flip } from './algorithms/flip.ts';
import { interleaved } from './algorithms/interleaved.ts';
import { jump } from './algorithms/jump.ts';
import { jumpback } from './algorithms/jumpback.ts';
import { list } from './algorithms/list.ts';
import { maglev } from './algorithms/maglev.ts';
import { memento } from './algorithms/memento.ts';
import { mod } from './algorithms/mod.ts';
import { multiProbe } from './algorithms/multi-probe.ts';
import { power } from './algorithms/power.ts';
import { citus } from './presets/citus.ts';
import { ketama } from './presets/ketama.ts';
import { mongodbHashed } from './presets/mongodb-hashed.ts';
import { pgdog } from './presets/pgdog.ts';
import { postgresHash } from './presets/postgres-hash.ts';
import { redisCluster } from './presets/redis-cluster.ts';
import { vitessHash } from './presets/vitess-hash.ts';
import { vitessXxhash } from './presets/vitess-xxhash.ts';
import { range } from './algorithms/range.ts';
import { rendezvous } from './algorithms/rendezvous.ts';
import { ring } from './algorithms/ring.ts';
import { slots } from './algorithms/slots.ts';
import { weightedRendezvous } from './algorithms/weighted-rendezvous.ts';

export const routers: readonly RouterDefinition[] = [
  mod,
  jump,
  ring,
  range,
  directory,
  slots,
  list,
  interleaved,
  calendar,
  maglev,
  anchor,
  dx,
  memento,
  flip,
  power,
  rendezvous,
  weightedRendezvous,
  multiProbe,
  boundedRing,
  binomial,
  jumpback,
  postgresHash,
  citus,
  pgdog,
  vitessHash,
  vitessXxhash,
  mongodbHashed,
  redisCluster,
  ketama,
];

/**
 * Those that applications use most, and one of each kind: computed, searched, read from a table.
 */
export const usualRouters: readonly RouterDefinition[] = [mod, jump, ring, slots, maglev];

/**
 * What advice compares where nobody says otherwise: what is computed, searched and read from a
 * table, by hash and by order, and as Postgres itself and a system on top of it place.
 */
export const advisedRouters: readonly RouterDefinition[] = [
  mod,
  jump,
  ring,
  slots,
  range,
  directory,
  postgresHash,
  citus,
];

/** Takes every key and no settings: for what has to be asked of some router, whichever it is. */
export const plainRouter: RouterDefinition = jump;

/** The name as a user writes it: `ring[:vnodes]`. */
export function withParameter({ name, parameter }: RouterDefinition): string {
  return parameter === null ? name : `${name}[:${parameter.name}]`;
}

/** All names, in one line. */
export function routerUsage(): string {
  return routers.map(withParameter).join(', ');
}

/** What is wrong with a name that is no router, and what is allowed. */
export function unknownRouter(name: string): string {
  const names = routers.map((router) => router.name);
  const near = meantFile(name) ?? suggest(name, names);
  const guess = near === undefined ? '' : ` (did you mean ${near}?)`;
  return `unknown router "${name}"${guess}; the routers are${indentedLines(routerUsage())}`;
}

/** The router of that name, without a parameter; a UserError lists the names when there is none. */
export function findRouter(name: string): RouterDefinition {
  const found = routers.find((router) => router.name === name);
  if (found !== undefined) return found;
  throw new UserError(unknownRouter(name), { exitCode: exitCodes.usage });
}
