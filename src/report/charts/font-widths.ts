// Advance widths of Liberation Sans Regular 2.00 (metric-compatible with Arial and Helvetica).

/** Thousandths of the font size, U+0020 to U+007E. */
const ascii = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
  556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
  611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
  667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
  222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

const others: Readonly<Record<string, number>> = {
  '…': 1000,
  '×': 584,
  '–': 556,
  '—': 1000,
  '·': 333,
};

/** Of other scripts: rather too much room than too little. */
const unknown = 1000;

/** Fonts with these widths, one of which nearly every machine has. */
export const chartFont = 'Arial, Helvetica, Liberation Sans, Arimo, sans-serif';

/** Width of a text in pixels at a font size in pixels. */
export function textWidth(text: string, fontSize: number): number {
  let thousandths = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    thousandths += ascii[code - 0x20] ?? others[character] ?? unknown;
  }
  return (thousandths * fontSize) / 1000;
}
