import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assert } from '../base/assert.ts';
import { documentImages, reportImages as drawImages } from '../report/images.ts';
import { drawPngs } from '../report/png.ts';
import { parseRunResult } from '../result/parse.ts';
import { documentNames, otherDocument } from './report-other.ts';

/** Formats of `shardlab report --format` that are one file a chart. */
export const imageFormats = ['svg', 'png'] as const;
export type ImageFormat = (typeof imageFormats)[number];

/**
 * Draws the charts of a stored result, or of a document of `grow` or `bench`, one file each, into
 * `charts/` beside it (`<name>.charts/` when it has a name of its own).
 *
 * @throws UserError (exit code 2) for a text that is neither
 */
export async function reportImages(
  resultText: string,
  resultPath: string,
  options: { readonly format: ImageFormat },
): Promise<{ path: string; content: Uint8Array }[]> {
  const other = otherDocument(resultText);
  const images =
    other === null
      ? await drawImages(parseRunResult(resultText, resultPath))
      : await documentImages(other.report(resultText, resultPath));
  const svgs = images.map(({ svg }) => svg);
  const contents =
    options.format === 'svg'
      ? svgs.map((svg) => new TextEncoder().encode(`${svg}\n`))
      : await drawPngs(svgs, chartFonts());
  const stem = basename(resultPath).replace(/\.json$/, '');
  const folder = join(
    dirname(resultPath),
    documentNames.includes(stem) ? 'charts' : `${stem}.charts`,
  );
  return images.map(({ name }, index) => ({
    path: join(folder, `${name}.${options.format}`),
    content: contents[index] ?? new Uint8Array(),
  }));
}

function chartFonts() {
  const files = [
    new URL('../report/fonts/Arimo-Regular.ttf', import.meta.url),
    new URL('../report/fonts/Arimo-Bold.ttf', import.meta.url),
  ].map((url) => fileURLToPath(url));
  // Without its fonts resvg leaves out all text and says nothing.
  for (const file of files) assert(existsSync(file), `the package has its font ${file}`);
  return { files, family: 'Arimo' };
}
