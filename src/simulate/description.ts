import { formatDuration } from '../base/units.ts';
import { type Fact, fact } from '../result/finding.ts';
import type { ServiceTime, Stalls } from '../scenario/simulation-types.ts';
import type { Scenario } from '../scenario/types.ts';
import { serviceMeanNs } from './service-time.ts';

/** What the shards are taken to be, in one line. */
export function describeShards({ simulation, topology, operations }: Scenario): string {
  const { servers, cores, networkMs, slow, quota, stalls } = simulation;
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
  if (stalls !== null) parts.push(describeStalls(stalls));
  for (const { shard, factor } of slow) parts.push(`shard ${shard} x ${factor}`);
  if (quota && topology.quota !== null && topology.quota.cpu < servers) {
    parts.push(`CPU quota ${topology.quota.cpu}`);
  }
  return parts.join(', ');
}

function describeStalls({ sigma, stops }: Stalls): string {
  const seconds = `seconds that are slow on all shards, sigma ${Number(sigma.toPrecision(2))}`;
  if (stops === null) return seconds;
  const lasts = formatDuration(stops.lastsMs);
  return `${seconds}, and stops of all shards for ${lasts} every ${formatDuration(stops.everyMs)}`;
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

/** What a simulation leaves out. */
export function simulationLimits({ simulation, topology }: Scenario): readonly Fact[] {
  const place = '/scenario/simulation';
  const always = ['simulated-model', 'simulated-without', 'simulated-bytes'];
  const alone = simulation.stalls !== null || topology.shards === 1;
  const codes = alone ? always : [...always, 'simulated-independently'];
  return codes.map((code) => fact(code, { place }));
}
