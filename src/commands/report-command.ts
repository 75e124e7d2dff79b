import { readUserFile, writeAtomically } from '../host/files.ts';
import type { Streams } from '../host/terminal.ts';
import { report, reportFormats } from './report.ts';

/** `shardlab report`: draws a stored result again. */
export async function reportCommand(
  path: string,
  flags: { readonly format: string; readonly out?: string },
  streams: Streams,
): Promise<void> {
  const text = new TextDecoder().decode(await readUserFile(path, 'result'));
  const format = reportFormats.find((name) => name === flags.format) ?? 'html';
  for (const file of await report(text, path, { format })) {
    if (flags.out === '-') {
      streams.stdout.write(file.content);
      continue;
    }
    const target = flags.out ?? file.path;
    await writeAtomically(target, file.content);
    streams.stderr.write(`${target}\n`);
  }
}
