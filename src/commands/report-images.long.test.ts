import { Resvg } from '@resvg/resvg-js';
import { describe, expect, it } from 'vitest';
import { present } from '../base/assert.ts';
import { drawPngs } from '../report/png.ts';
import { formatRunResult } from '../result/parse.ts';
import { sampleResult } from '../testing/sample-result.ts';
import { imageFormats, reportImages } from './report-images.ts';

const result = sampleResult();
const text = formatRunResult({ ...result, cells: result.cells.slice(0, 3) });

const fontFiles = ['Regular', 'Bold'].map(
  (weight) => `${import.meta.dirname}/../report/fonts/Arimo-${weight}.ttf`,
);

/** Width of the drawn text with these font files alone; undefined when nothing is drawn. */
function drawnWidth(letters: string, weight: string, files: string[]): number | undefined {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="40">' +
    `<text y="30" font-family="Arial, Arimo" font-size="20" font-weight="${weight}">${letters}` +
    '</text></svg>';
  return new Resvg(svg, { font: { loadSystemFonts: false, fontFiles: files } }).getBBox()?.width;
}

describe('reportImages', () => {
  it.each(imageFormats)('writes one %s a chart beside the result', async (format) => {
    const files = await reportImages(text, 'runs/one/result.json', { format });
    expect(files.length).toBe(1 + 3 + 2 + 3 + 1 + 3);
    for (const { path, content } of files) {
      expect(path).toMatch(new RegExp(`^runs/one/charts/[A-Za-z0-9-]+\\.${format}$`));
      const start = new TextDecoder().decode(content.slice(1, 4));
      expect(start).toBe(format === 'png' ? 'PNG' : 'svg');
    }
    const [other] = await reportImages(text, 'night.json', { format });
    expect(other?.path).toMatch(/^night\.charts\//);
  });

  it('draws the same bytes with the fonts of the package on every machine', async () => {
    const draw = () => reportImages(text, 'result.json', { format: 'png' });
    expect(await draw()).toEqual(await draw());
  });

  it('rejects what is no result', async () => {
    await expect(reportImages('{}', 'x.json', { format: 'svg' })).rejects.toThrow('x.json');
  });
});

describe('the fonts of the package', () => {
  it('draw text where the machine has no fonts', async () => {
    // Arimo has Arial's widths: W 944, i 222 thousandths.
    const wide = present(drawnWidth('WWWWWWWWWW', 'normal', fontFiles), 'wide text');
    expect(wide).toBeGreaterThan(180);
    expect(wide).toBeLessThan(195);
    expect(drawnWidth('Wählergrößen × – … Ωж', 'normal', fontFiles)).toBeGreaterThan(150);
    const bold = present(drawnWidth('order_id', 'bold', fontFiles), 'bold text');
    expect(bold).toBeGreaterThan(drawnWidth('order_id', 'normal', fontFiles) ?? 0);
  });

  it('are what makes the text appear', async () => {
    expect(drawnWidth('WWWW', 'normal', [])).toBeUndefined();
    const svgs = [
      '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40"><text y="30">W</text></svg>',
    ];
    const [withFonts] = await drawPngs(svgs, { files: fontFiles, family: 'Arimo' });
    const [without] = await drawPngs(svgs, { files: [], family: 'Arimo' });
    expect(withFonts).not.toEqual(without);
  });
});
