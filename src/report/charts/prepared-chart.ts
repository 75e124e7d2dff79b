import type { View } from 'vega';
import type { TopLevelSpec } from 'vega-lite';
import { assert } from '../../base/assert.ts';
import { loadVega } from './draw.ts';
import { slimmed } from './slim.ts';

/**
 * A chart that is drawn several times with other values of its parameters and other rows. To
 * compile its spec takes some ten times as long as to draw it, and is done once.
 */
export class PreparedChart {
  private readonly view: View;

  private constructor(view: View) {
    this.view = view;
  }

  static async of(spec: TopLevelSpec): Promise<PreparedChart> {
    const { vega, vegaLite } = await loadVega();
    const parsed = vega.parse(vegaLite.compile(spec).spec);
    return new PreparedChart(new vega.View(parsed, { renderer: 'none' }));
  }

  /** `rows` by the names that the spec has for its data. */
  async svg(
    values: Readonly<Record<string, number>>,
    rows: Readonly<Record<string, readonly object[]>>,
  ): Promise<string> {
    const { view } = this;
    for (const [name, value] of Object.entries(values)) view.signal(name, value);
    for (const [name, own] of Object.entries(rows)) view.data(name, [...own]);
    await view.runAsync();
    return slimmed(await view.toSVG());
  }
}

const end = '</g></svg>';

/** The drawing with marks on it, whose origin is the upper left corner of the plot. */
export function withMarks(svg: string, marks: string): string {
  assert(svg.endsWith(end), 'a drawing of Vega ends with the group of its plot');
  return `${svg.slice(0, -end.length)}${marks}${end}`;
}
