import type { TopLevelSpec } from 'vega-lite';
import { assert } from '../../base/assert.ts';
import { textWidth } from './font-widths.ts';
import { slimmed } from './slim.ts';

/** Exported by vega but absent from its types. */
interface Untyped {
  readonly textMetrics: {
    width: (item: { readonly fontSize?: number }, text: unknown) => number;
  };
}

function hasTextMetrics(module: object): module is Untyped {
  return 'textMetrics' in module;
}

interface LoadedVega {
  readonly vega: typeof import('vega');
  readonly vegaLite: typeof import('vega-lite');
}

/**
 * Vega is 25 MB and takes a third of a second to load, so it is imported here and only when
 * something is drawn.
 */
export async function loadVega(): Promise<LoadedVega> {
  const [vega, vegaLite] = await Promise.all([import('vega'), import('vega-lite')]);
  // Without a canvas Vega takes every letter for equally wide, and labels are cut or overlap.
  const untyped: object = vega;
  assert(hasTextMetrics(untyped), 'vega exports textMetrics');
  untyped.textMetrics.width = (item, text) => textWidth(String(text), item.fontSize ?? 11);
  return { vega, vegaLite };
}

/** Draws Vega-Lite specs as SVG texts, the same bytes every time. */
export async function drawSvgs(specs: readonly TopLevelSpec[]): Promise<readonly string[]> {
  if (specs.length === 0) return [];
  const { vega, vegaLite } = await loadVega();
  return Promise.all(
    specs.map(async (spec) => {
      const view = new vega.View(vega.parse(vegaLite.compile(spec).spec), { renderer: 'none' });
      return slimmed(await view.toSVG());
    }),
  );
}
