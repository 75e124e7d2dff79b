import { availableParallelism, tmpdir } from 'node:os';
import { UserError } from '../base/user-error.ts';
import { bytes } from '../wording/format.ts';
import { freeDisk } from './disk-space.ts';
import type { Finding } from './docker/findings.ts';
import { findBinaries, platformPackage } from './embedded/binaries.ts';
import { availableMemory, fileSystemOf, shardMemoryBytes, usable } from './embedded/space.ts';

const gb = 1e9;
const shards = 4;
const connections = 8;

/** What this machine has for embedded shards, and what to do where it is too little. */
export function machineFindings(): Promise<Finding[]> {
  return Promise.all([node(), cores(), memory(), disk(), embedded()]);
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
  if (free < gb) {
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
