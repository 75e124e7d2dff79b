/** Font files with Arial's widths; the package carries them. */
export interface ChartFonts {
  readonly files: readonly string[];
  readonly family: string;
}

/** Letters that the fonts of the package have. */
const covered = new RegExp(
  String.raw`^[\n\u0020-\u024f\u0370-\u03ff\u0400-\u04ff\u2000-\u206f\u20a0-\u20bf` +
    String.raw`\u2100-\u214f\u2190-\u22ff]*$`,
);

const pixelsPerUnit = 2;

/**
 * Draws SVG texts as PNG at twice their size. With the package's fonts alone the bytes are the same
 * on every machine; only texts in other scripts are left to the fonts of this one.
 */
export async function drawPngs(
  svgs: readonly string[],
  { files, family }: ChartFonts,
): Promise<readonly Uint8Array[]> {
  if (svgs.length === 0) return [];
  const { Resvg } = await import('@resvg/resvg-js');
  return svgs.map((svg) =>
    new Resvg(svg, {
      font: {
        loadSystemFonts: !covered.test(svg),
        fontFiles: [...files],
        defaultFontFamily: family,
        sansSerifFamily: family,
      },
      fitTo: { mode: 'zoom', value: pixelsPerUnit },
      logLevel: 'off',
    })
      .render()
      .asPng(),
  );
}
