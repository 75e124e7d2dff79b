import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import { initialScenario } from './initial-scenario.ts';
import { initialTablesScenario } from './initial-tables-scenario.ts';

/** The part of the file system that init needs; paths are as the user gave them. */
export interface InitFiles {
  exists(path: string): Promise<boolean>;
  write(path: string, text: string): Promise<void>;
}

/**
 * What editors check the scenario by: its address in the scenario, and a copy where one is needed.
 */
export interface InitSchema {
  readonly address: string;
  readonly copy: { readonly path: string; readonly text: string } | null;
}

/**
 * Writes a first scenario to `out`, of one table or of many. Throws a UserError (exit code 2) when
 * something is there.
 */
export async function init(
  {
    out,
    schema,
    tables = false,
  }: { readonly out: string; readonly schema: InitSchema; readonly tables?: boolean },
  files: InitFiles,
): Promise<void> {
  const { address, copy } = schema;
  for (const path of [out, ...(copy === null ? [] : [copy.path])]) {
    if (!(await files.exists(path))) continue;
    throw new UserError(`${path} already exists, and init does not overwrite files`, {
      exitCode: exitCodes.usage,
      hint: 'Choose another name with --out.',
    });
  }
  // The file that was asked for comes first, so that a folder that takes none is named by it.
  await files.write(out, tables ? initialTablesScenario(address) : initialScenario(address));
  if (copy !== null) await files.write(copy.path, copy.text);
}
