import { suggest } from '../../base/suggest.ts';
import type { RouterTopology, SettingsReader } from '../contract.ts';

/** memcached's port: the points of a server that listens on it do not name it. */
const defaultPort = 11_211;

const usage = '{ servers: [10.0.1.1, "10.0.1.2:11212"] }';
const hostAndPort = /^([^\s:]+|\[[^\s\]]+\])(?::(\d{1,5}))?$/;

/** `host` or `host:port`, without the default port, as the points are hashed from; else null. */
function labelOf(server: unknown): string | null {
  if (typeof server !== 'string') return null;
  const [, host, port] = hostAndPort.exec(server) ?? [];
  if (host === undefined) return null;
  if (port === undefined || Number(port) === defaultPort) return host;
  return Number(port) > 0 && Number(port) <= 65_535 ? `${host}:${Number(port)}` : null;
}

/** What the shards are called where nothing is given: shard-0, shard-1, on the default port. */
export function defaultLabel(shard: number): string {
  return `shard-${shard}`;
}

const isRecord = (input: unknown): input is Readonly<Record<string, unknown>> =>
  typeof input === 'object' && input !== null && !Array.isArray(input);

function fieldProblems(input: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(input)
    .filter((field) => field !== 'servers')
    .map((field) => {
      const guess = suggest(field, ['servers']) === undefined ? '' : ' (did you mean servers?)';
      return `ketama has no setting "${field}"${guess}; write ${usage}`;
    });
}

function serverProblems(servers: readonly unknown[], shardCount: number): string[] {
  const labels = servers.map(labelOf);
  const problems = labels.flatMap((label, index) => {
    const written = JSON.stringify(servers[index]);
    if (label === null) {
      return [
        `server ${index} of ketama, ${written}, is not a host or host:port (port 1 to 65535)`,
      ];
    }
    const first = labels.indexOf(label);
    return first === index
      ? []
      : [`server ${index} of ketama, ${written}, is the same as server ${first}`];
  });
  if (servers.length < shardCount) {
    problems.push(
      `ketama has ${servers.length} servers for ${shardCount} shards; name one for each`,
    );
  }
  return problems;
}

/** The labels of the servers, one for each shard and more for those that growth adds. */
export const ketamaServers: SettingsReader = {
  usage,
  example: (shardCount) => ({
    servers: Array.from({ length: shardCount }, (_, shard) => defaultLabel(shard)),
  }),
  read(input, { shardCount }: RouterTopology) {
    if (input === undefined) return { value: null };
    if (!isRecord(input))
      return { problems: [`the settings of ketama must have the form ${usage}`] };
    const problems = fieldProblems(input);
    const { servers } = input;
    if (!Array.isArray(servers)) {
      return { problems: [...problems, `ketama needs a list of servers: ${usage}`] };
    }
    const list: readonly unknown[] = servers;
    problems.push(...serverProblems(list, shardCount));
    return problems.length > 0 ? { problems } : { value: list.map(labelOf) };
  },
};
