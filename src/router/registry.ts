import { indentedLines } from '../base/indented-lines.ts';
import { suggest } from '../base/suggest.ts';
import { exitCodes, UserError } from '../base/user-error.ts';
import { meantFile } from '../scenario/router-file.ts';
import type { RouterDefinition } from './contract.ts';
import { anchor } from './anchor.ts';
import { binomial } from './binomial.ts';
import { boundedRing } from './bounded-ring.ts';
import { calendar } from './calendar.ts';
import { directory } from './directory.ts';
import { dx } from './dx.ts';
import { flip } from './flip.ts';
import { interleaved } from './interleaved.ts';
import { jump } from './jump.ts';
import { jumpback } from './jumpback.ts';
import { list } from './list.ts';
import { maglev } from './maglev.ts';
import { memento } from './memento.ts';
import { mod } from './mod.ts';
import { multiProbe } from './multi-probe.ts';
import { power } from './power.ts';
import { citus } from './presets/citus.ts';
import { ketama } from './presets/ketama.ts';
import { mongodbHashed } from './presets/mongodb-hashed.ts';
import { pgdog } from './presets/pgdog.ts';
import { postgresHash } from './presets/postgres-hash.ts';
import { redisCluster } from './presets/redis-cluster.ts';
import { vitessHash } from './presets/vitess-hash.ts';
import { vitessXxhash } from './presets/vitess-xxhash.ts';
import { range } from './range.ts';
import { rendezvous } from './rendezvous.ts';
import { ring } from './ring.ts';
import { slots } from './slots.ts';
import { weightedRendezvous } from './weighted-rendezvous.ts';

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
