import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ownerText } from '../owner.ts';
import { removeFolders } from './leftovers.ts';

let parent: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'leftovers-'));
});

afterEach(() => rm(parent, { recursive: true, force: true }));

/** A folder as a fleet makes it; `pid`: what its shard's pid file says. */
async function folder(name: string, owner: string | null, pid?: number): Promise<void> {
  const data = join(parent, name, 'shard-0');
  await mkdir(data, { recursive: true });
  if (owner !== null) await writeFile(join(parent, name, 'owner'), owner);
  if (pid !== undefined) await writeFile(join(data, 'postmaster.pid'), `${pid}\n${data}\n`);
}

const gone = `${hostname()}/4194999/1`;

test('folders of ended processes go, those of live ones and of other machines stay', async () => {
  await folder('shardlab-aaaaaa', gone);
  await folder('shardlab-bbbbbb', ownerText());
  await folder('shardlab-cccccc', 'another-machine/1/1');
  await folder('somebody-elses', gone);
  await folder('shardlab-gate-base-1-aaaaaa', gone);
  expect(await removeFolders(parent)).toEqual({ folders: 1, servers: 0, kept: 2 });
  expect((await readdir(parent)).toSorted()).toEqual([
    'shardlab-bbbbbb',
    'shardlab-cccccc',
    'shardlab-gate-base-1-aaaaaa',
    'somebody-elses',
  ]);
});

test('a process that took over the id of a server is left alone', async () => {
  await folder('shardlab-aaaaaa', gone, process.pid);
  expect(await removeFolders(parent)).toEqual({ folders: 1, servers: 0, kept: 0 });
});

test('a folder without an owner may be just starting; an old one goes', async () => {
  await folder('shardlab-aaaaaa', null);
  await folder('shardlab-bbbbbb', null);
  const hourAgo = new Date(Date.now() - 3_600_000);
  await utimes(join(parent, 'shardlab-bbbbbb'), hourAgo, hourAgo);
  expect(await removeFolders(parent)).toEqual({ folders: 1, servers: 0, kept: 1 });
  expect(await readdir(parent)).toEqual(['shardlab-aaaaaa']);
});
