import { access, readFile } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path';
import { styleText } from 'node:util';
import { exitCodes } from '../base/exit-codes.ts';
import { UserError } from '../base/user-error.ts';
import { shardlabVersion } from '../host/environment.ts';
import { checkWritable, writeAtomically } from '../host/files.ts';
import { interruptible } from '../host/interrupt.ts';
import { quietProgress } from '../host/quiet-progress.ts';
import { schemaPlace } from '../host/schema-place.ts';
import { tableView, type Streams, wantsColour } from '../host/terminal.ts';
import {
  characteristicsHtml,
  characteristicsMarkdown,
} from '../report/characteristics/characteristics-report.ts';
import { characteristicsTable } from '../report/characteristics/terminal.ts';
import type { CharacteristicsDocument } from '../result/characteristics-document.ts';
import { formatCharacteristics } from '../result/characteristics-parse.ts';
import { profile } from '../study/profile/profile.ts';
import type { TenantFile } from '../study/profile/tenant-file.ts';
import { scenarioOfTenants } from '../study/init/initial-scenario.ts';
import { profileChoices, type ProfileFlags } from './profile-flags.ts';
import { fileURLToPath } from 'node:url';

const schemaFile = fileURLToPath(new URL('../../scenarios/scenario.schema.json', import.meta.url));

/** `shardlab profile`: the table or the document to stdout, everything else to stderr. */
export async function profileCommand(
  sources: readonly string[],
  flags: ProfileFlags,
  argv: readonly string[],
  streams: Streams,
): Promise<void> {
  const choices = profileChoices(flags);
  const { out } = flags;
  await refuseExisting(out);
  await checkWritable(dirname(out));
  const progress = quietProgress(streams);
  const { address, copyTo } = schemaPlace(out, schemaFile);
  const { document, scenario, tenants } = await interruptible(
    (signal) =>
      profile({
        sources,
        choices,
        out,
        about: {
          startedAt: new Date().toISOString(),
          command: publicCommand(argv),
          shardlab: shardlabVersion(),
          schemaAddress: address,
        },
        stdin: streams.stdin,
        report: progress.report,
        signal,
      }).finally(progress.end),
    'interrupted before anything was written',
  );
  const text = tenants === null ? scenario : ofTenants(tenants, out, address);
  if (text !== null) {
    if (copyTo !== null) await writeAtomically(copyTo, await readFile(schemaFile, 'utf8'));
    await writeAtomically(out, text);
  }
  const folder = folderOf(out);
  await writeAtomically(join(folder, 'characteristics.json'), formatCharacteristics(document));
  await writeAtomically(join(folder, 'report.html'), await characteristicsHtml(document));
  await writeAtomically(join(folder, 'report.md'), characteristicsMarkdown(document));
  answer(document, out, flags, streams);
}

/** A first scenario whose tenants are those of the file, wherever it lies. */
function ofTenants({ path, ...columns }: TenantFile, out: string, schema: string): string {
  const file = relative(dirname(resolve(out)), resolve(path))
    .split(sep)
    .join('/');
  return scenarioOfTenants(schema, { file, ...columns });
}

/** A scenario that somebody has edited is not written over. */
async function refuseExisting(out: string): Promise<void> {
  const exists = await access(out).then(
    () => true,
    () => false,
  );
  if (!exists) return;
  throw new UserError(`${out} exists already`, {
    exitCode: exitCodes.usage,
    hint: 'Name another file with --out, or move that one away.',
  });
}

/** Beside my-scenario.yaml the folder my-scenario-profile. */
function folderOf(out: string): string {
  return join(dirname(out), `${basename(out, extname(out))}-profile`);
}

/** The command as typed, without user and password of URLs. */
function publicCommand(argv: readonly string[]): string {
  const words = argv.slice(2).map((word) => word.replace(/^(\w+:\/\/)[^/?#]*@/, '$1'));
  return ['shardlab', ...words.map((word) => word.replace(/\?.*$/s, ''))].join(' ');
}

function answer(
  document: CharacteristicsDocument,
  out: string,
  flags: ProfileFlags,
  { stdout, stderr, environment }: Streams,
): void {
  if (flags.json === true) stdout.write(formatCharacteristics(document));
  else stdout.write(characteristicsTable(document, tableView(stdout, environment, flags)));
  const bold = (text: string): string =>
    wantsColour(stderr, environment) ? styleText('bold', text) : text;
  const folder = folderOf(out);
  const { file } = document.scenario;
  stderr.write(file === null ? '\n' : `\n${bold('scenario')}  ${out}\n`);
  stderr.write(`${bold('report')}    ${join(folder, 'report.html')}\n`);
  stderr.write(`${bold('document')}  ${join(folder, 'characteristics.json')}\n`);
  if (file !== null) stderr.write(`Look at the scenario, then run\n  shardlab run ${out}\n`);
}
