import { basename, join } from 'node:path';
import { exitCodes } from '../base/exit-codes.ts';
import { UserError } from '../base/user-error.ts';
import { readUserFile, writeAtomically } from '../host/files.ts';
import type { Streams } from '../host/terminal.ts';
import { report } from './report.ts';
import { reportFormats } from './report-other.ts';
import { type ImageFormat, imageFormats, reportImages } from './report-images.ts';

/** `shardlab report`: draws a stored document again. */
export async function reportCommand(
  path: string,
  flags: { readonly format: string; readonly out?: string },
  streams: Streams,
): Promise<void> {
  const text = new TextDecoder().decode(await readUserFile(path, 'result'));
  const image = imageFormats.find((name) => name === flags.format);
  if (image !== undefined) {
    await writeImages(text, path, { ...flags, format: image }, streams);
    return;
  }
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

/** One file a chart, so that --out is a folder. */
async function writeImages(
  text: string,
  path: string,
  { format, out }: { readonly format: ImageFormat; readonly out?: string },
  streams: Streams,
): Promise<void> {
  if (out === '-') {
    throw new UserError(
      `--format ${format} writes one file for each chart and cannot write to stdout`,
      {
        exitCode: exitCodes.usage,
        hint: 'Name a folder with --out.',
      },
    );
  }
  for (const file of await reportImages(text, path, { format })) {
    const target = out === undefined ? file.path : join(out, basename(file.path));
    await writeAtomically(target, file.content);
    streams.stderr.write(`${target}\n`);
  }
}
