import { formatDuration } from '../base/units.ts';
import type { ServiceTime } from '../scenario/simulation-types.ts';
import type { Scenario } from '../scenario/types.ts';
import { serviceMeanNs } from './service-time.ts';

/** What the shards are taken to be, in one line. */
export function describeShards({ simulation, topology, operations }: Scenario): string {
  const { servers, cores, networkMs, slow, quota } = simulation;
  const parts = [
    servers === 1 ? 'one server each' : `${servers} servers each`,
    // Where every operation has its own, there are no others.
    ...(operations.every(({ name }) => Object.hasOwn(simulation.operations, name))
      ? []
      : [`service ${describeService(simulation.service)}`]),
    ...Object.entries(simulation.operations).map(
      ([name, service]) => `${name} ${describeService(service)}`,
    ),
  ];
  if (cores !== null) parts.push(cores === 1 ? 'one core for all' : `${cores} cores for all`);
  if (networkMs > 0) parts.push(`network ${formatDuration(networkMs)}`);
  for (const { shard, factor } of slow) parts.push(`shard ${shard} x ${factor}`);
  if (quota && topology.quota !== null && topology.quota.cpu < servers) {
    parts.push(`CPU quota ${topology.quota.cpu}`);
  }
  return parts.join(', ');
}

function describeService(service: ServiceTime): string {
  switch (service.kind) {
    case 'constant':
      return `always ${formatDuration(service.ms)}`;
    case 'exponential':
      return `exponential, mean ${formatDuration(service.meanMs)}`;
    case 'lognormal':
      return `log-normal, mean ${formatDuration(service.meanMs)}, sigma ${service.sigma}`;
    case 'histogram':
      return `calibrated, mean ${(serviceMeanNs(service) / 1e6).toPrecision(3)}ms`;
  }
}

/** What a simulation leaves out, in full sentences. */
export const simulationLimits: readonly string[] = [
  'Simulated: no database ran. Each shard is a number of servers with one queue; service times ' +
    'are drawn independently of each other, of the data and of what else the shard does.',
  'Locks, checkpoints, vacuum, caches and disks are not in the model, and of a machine that shards ' +
    'share only its cores, where the model gives their number.',
  'Bytes are rows x the size of a row that the scenario gives; the rows are placed as they would be.',
];
