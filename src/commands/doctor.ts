import { availableParallelism, tmpdir } from 'node:os';
import { styleText } from 'node:util';
import { type ExitCode, exitCodes, UserError } from '../base/user-error.ts';
import { connectEngine, type Engine } from '../fleet/docker/engine.ts';
import { type Finding, dockerFindings } from '../fleet/docker/findings.ts';
import { removeLeftovers } from '../fleet/docker/leftovers.ts';
import { dockerOptions } from '../fleet/docker/options.ts';
import { findBinaries, platformPackage } from '../fleet/embedded/binaries.ts';
import { removeFolders } from '../fleet/embedded/leftovers.ts';
import { freeDisk } from '../fleet/disk-space.ts';
import {
  availableMemory,
  fileSystemOf,
  shardMemoryBytes,
  usable,
} from '../fleet/embedded/space.ts';
import { type Streams, wantsColour } from '../host/terminal.ts';
import { bytes } from '../wording/format.ts';

const gb = 1e9;
const shards = 4;
const connections = 8;

/** Says what this machine can do; exit code 3 when a run is not possible. */
export async function doctor({ stdout, environment }: Streams): Promise<ExitCode> {
  const own = await Promise.all([node(), cores(), memory(), disk(), embedded()]);
  const found = [...own, ...(await dockerFindings(dockerOptions(environment).image))];
  const colour = wantsColour(stdout, environment);
  for (const finding of found) stdout.write(line(finding, colour));
  return found.some(({ remedy, vital }) => remedy !== null && vital)
    ? exitCodes.unusable
    : exitCodes.ok;
}

/** Removes what runs that were killed have left: embedded shards, and containers where an engine answers. */
export async function clean({ stdout }: Streams): Promise<ExitCode> {
  const parent = await usable(tmpdir());
  const { folders, servers, ...embeddedFound } = await removeFolders(parent);
  stdout.write(
    `removed ${counted(folders, 'folder')} of embedded shards below ${parent} and ` +
      `${counted(servers, 'Postgres server')} in them; their runs have ended\n`,
  );
  if (embeddedFound.kept > 0) {
    stdout.write(`kept ${counted(embeddedFound.kept, 'folder')} of runs that are still running\n`);
  }
  for (const text of await cleanEngine()) stdout.write(`${text}\n`);
  return exitCodes.ok;
}

async function cleanEngine(): Promise<string[]> {
  let engine: Engine;
  try {
    engine = await connectEngine();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [`could not look for containers: ${error.message}`];
  }
  const { containers, volumes, kept } = await removeLeftovers(engine);
  return [
    `removed ${counted(containers, 'container')} and ${counted(volumes, 'volume')} of runs that have ended`,
    ...(kept > 0 ? [`kept ${counted(kept, 'container')} of runs that are still running`] : []),
  ];
}

const counted = (count: number, what: string): string =>
  `${count} ${what}${count === 1 ? '' : 's'}`;

function line({ what, found, remedy, vital }: Finding, colour: boolean): string {
  const word = remedy === null ? 'ok  ' : vital ? 'FAIL' : 'warn';
  const tone = remedy === null ? 'green' : vital ? 'red' : 'yellow';
  const label = colour ? styleText(tone, word) : word;
  const advice = remedy === null ? '' : `\n      ${remedy}`;
  return `${label}  ${what.padEnd(18)} ${found}${advice}\n`;
}

async function node(): Promise<Finding> {
  const { node: version } = process.versions;
  // Older ones never get here: the launcher refuses them.
  return { what: 'Node', found: version, remedy: null, vital: true };
}

async function cores(): Promise<Finding> {
  const count = availableParallelism();
  const remedy =
    count >= 2 ? null : 'shards and the load generator share one core: expect GENERATOR-BOUND';
  return { what: 'cores', found: String(count), remedy, vital: false };
}

async function memory(): Promise<Finding> {
  const available = await availableMemory();
  const most = Math.floor(available / shardMemoryBytes(connections));
  const remedy =
    most >= shards ? null : 'free some memory, or lower topology.shards or limits.connections';
  const found = `${bytes(available)} available: enough for ${most} embedded shards`;
  return { what: 'memory', found, remedy, vital: most < 1 };
}

async function disk(): Promise<Finding> {
  try {
    const free = await freeDisk(await usable(tmpdir()));
    return diskFinding(free, await fileSystemOf(tmpdir()));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { what: 'disk', found: error.message, remedy: error.hint ?? null, vital: true };
  }
}

function diskFinding(free: number, fileSystem: string): Finding {
  const found = `${bytes(free)} free on ${tmpdir()} (${fileSystem})`;
  if (free < 1 * gb) {
    const remedy = 'free some space, or set TMPDIR to a folder on another disk';
    return { what: 'disk', found, remedy, vital: true };
  }
  const remedy =
    fileSystem === 'tmpfs'
      ? 'this folder is in memory, so fsync costs nothing; set TMPDIR to a folder on a disk'
      : null;
  return { what: 'disk', found, remedy, vital: false };
}

async function embedded(): Promise<Finding> {
  const what = 'embedded Postgres';
  try {
    await findBinaries();
    return { what, found: platformPackage, remedy: null, vital: true };
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    return {
      what,
      found,
      remedy: 'run npm ci, with the optional dependencies',
      vital: true,
    };
  }
}
