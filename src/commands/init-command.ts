import { access, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { writeAtomically } from '../host/files.ts';
import type { Streams } from '../host/terminal.ts';
import { schemaPlace } from '../host/schema-place.ts';
import { init } from '../study/init/init.ts';

const schemaFile = fileURLToPath(new URL('../../scenarios/scenario.schema.json', import.meta.url));

/** `shardlab init`: a first scenario, never over an existing file. */
export async function initCommand(
  { out, tables = false }: { out: string; tables?: boolean },
  { stderr }: Streams,
): Promise<void> {
  const { address, copyTo } = schemaPlace(out, schemaFile);
  const copy = copyTo === null ? null : { path: copyTo, text: await readFile(schemaFile, 'utf8') };
  await init(
    { out, schema: { address, copy }, tables },
    {
      exists: (path) =>
        access(path).then(
          () => true,
          () => false,
        ),
      write: writeAtomically,
    },
  );
  const beside =
    copyTo === null ? '' : `${copyTo}: the schema by which editors check the scenario\n`;
  stderr.write(`${beside}${out}: edit it, then run\n  shardlab run ${out}\n`);
}
