import { chartFont } from './font-widths.ts';

/**
 * The same picture in about half the bytes: what Vega repeats on every mark stands once on the root
 * or is the default. Only tags are touched; a label may hold any text.
 */
export function slimmed(svg: string): string {
  return svg
    .replaceAll(/<[^>]*>/g, slimTag)
    .replaceAll(/<path class="(?:background|foreground)" d="(?:M0,0h0v0h0Z)?"[^>]*\/>/g, '')
    .replace('<svg ', () => `<svg font-family="${chartFont}" `);
}

const superfluous = new RegExp(
  ' (?:aria-hidden|aria-roledescription|role|pointer-events|font-family|xmlns:xlink|version)=' +
    '"[^"]*"| opacity="1"| font-weight="normal"| [xy]2="0"| transform="translate\\(0,0\\)"',
  'g',
);

function slimTag(tag: string): string {
  return tag
    .replaceAll(superfluous, '')
    .replaceAll(/-?\d+\.\d{3,}(?:e-?\d+)?/g, (number) => String(Number(Number(number).toFixed(2))));
}
