import { tmpdir } from 'node:os';
import { styleText } from 'node:util';
import { type ExitCode, exitCodes } from '../base/exit-codes.ts';
import { UserError } from '../base/user-error.ts';
import { connectEngine, type Engine } from '../fleet/docker/engine.ts';
import { type Finding, dockerFindings } from '../fleet/docker/findings.ts';
import { removeLeftovers } from '../fleet/docker/leftovers.ts';
import { dockerOptions } from '../fleet/docker/options.ts';
import { removeFolders } from '../fleet/embedded/leftovers.ts';
import { usable } from '../fleet/embedded/space.ts';
import { machineFindings } from '../fleet/machine-findings.ts';
import { type Streams, wantsColour } from '../host/terminal.ts';
import { counted } from '../wording/format.ts';

/** Says what this machine can do; exit code 3 when a run is not possible. */
export async function doctor({ stdout, environment }: Streams): Promise<ExitCode> {
  const { image } = dockerOptions(environment);
  const found = [...(await machineFindings()), ...(await dockerFindings(image))];
  const colour = wantsColour(stdout, environment);
  for (const finding of found) stdout.write(line(finding, colour));
  return found.some(({ remedy, vital }) => remedy !== null && vital)
    ? exitCodes.unusable
    : exitCodes.ok;
}

/** Removes what killed runs have left: embedded shards, and containers where an engine answers. */
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
    `removed ${counted(containers, 'container')} and ${counted(volumes, 'volume')} of runs that ` +
      'have ended',
    ...(kept > 0 ? [`kept ${counted(kept, 'container')} of runs that are still running`] : []),
  ];
}

function line({ what, found, remedy, vital }: Finding, colour: boolean): string {
  const word = remedy === null ? 'ok  ' : vital ? 'FAIL' : 'warn';
  const tone = remedy === null ? 'green' : vital ? 'red' : 'yellow';
  const label = colour ? styleText(tone, word) : word;
  const advice = remedy === null ? '' : `\n      ${remedy}`;
  return `${label}  ${what.padEnd(18)} ${found}${advice}\n`;
}
