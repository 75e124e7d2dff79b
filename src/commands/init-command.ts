import { access } from 'node:fs/promises';
import { writeAtomically } from '../host/files.ts';
import type { Streams } from '../host/terminal.ts';
import { init } from './init.ts';

/** `shardlab init`: a first scenario, never over an existing file. */
export async function initCommand(flags: { out: string }, { stderr }: Streams): Promise<void> {
  await init(flags, {
    exists: (path) =>
      access(path).then(
        () => true,
        () => false,
      ),
    write: writeAtomically,
  });
  stderr.write(`${flags.out}: edit it, then run\n  shardlab run ${flags.out}\n`);
}
