import { exitCodes, UserError } from '../base/user-error.ts';
import { initialScenario } from './initial-scenario.ts';

export { initialScenario } from './initial-scenario.ts';

/** The part of the file system that init needs; paths are as the user gave them. */
export interface InitFiles {
  exists(path: string): Promise<boolean>;
  write(path: string, text: string): Promise<void>;
}

/** Writes a first scenario to `out`. Throws a UserError (exit code 2) when something is there. */
export async function init({ out }: { out: string }, files: InitFiles): Promise<void> {
  if (await files.exists(out)) {
    throw new UserError(`${out} exists already; init does not overwrite`, {
      exitCode: exitCodes.usage,
      hint: 'Choose another name with --out.',
    });
  }
  await files.write(out, initialScenario());
}
