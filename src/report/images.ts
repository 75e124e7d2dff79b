import type { TopLevelSpec } from 'vega-lite';
import type { RunResult } from '../result/types.ts';
import type { Chart, ChartGroup } from './charts/chart.ts';
import { drawSvgs } from './charts/draw.ts';
import { wrapped } from './charts/labels.ts';
import { palette } from './charts/palette.ts';
import { chartGroupsOf, type ReportDocument } from './document.ts';
import { light, withColours } from './html/colours.ts';
import { escaped } from './html/markup.ts';
import { runDocument } from './run-document.ts';

/** A chart that stands alone, with its finding as the title and how to read it below. */
export interface Image {
  /** File name without an extension: letters, digits and hyphens. */
  readonly name: string;
  readonly svg: string;
}

/** Every chart of the report of a run. */
export function reportImages(result: RunResult): Promise<readonly Image[]> {
  return documentImages(runDocument(result));
}

/** Every chart of a report, light, on a white ground. Same document, same bytes. */
export async function documentImages(document: ReportDocument): Promise<readonly Image[]> {
  const images = chartGroupsOf(document).flatMap(imagesOf);
  const svgs = await drawSvgs(images.map(({ spec }) => spec));
  return images.map(({ name, chart }, index) => ({
    name,
    svg: described(inLight(svgs[index] ?? ''), chart),
  }));
}

function imagesOf(group: ChartGroup) {
  const alone = group.charts.length === 1;
  return group.charts.flatMap((chart, index) => {
    const { spec } = chart;
    if (spec === null) return [];
    const title = alone ? group.title : `${chart.subject}: ${chart.title}`;
    const name = alone ? group.design : `${group.design}-${index + 1}-${slug(chart.subject)}`;
    return [{ name, chart, spec: titled(spec, title, group.legend) }];
  });
}

const slug = (text: string) =>
  text
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .slice(0, 40)
    .replaceAll(/^-|-$/g, '');

/** Room for a line within the narrowest chart, px. Widths are those of regular letters. */
const room = 300;
const boldRoom = room / 1.1;

function titled(spec: TopLevelSpec, title: string, legend: string): TopLevelSpec {
  return {
    ...spec,
    padding: 14,
    title: {
      text: wrapped(title, boldRoom, 13),
      subtitle: wrapped(legend, room, 10),
      aria: false,
      anchor: 'start',
      frame: 'bounds',
      fontSize: 13,
      fontWeight: 'bold',
      subtitleFontSize: 10,
      subtitlePadding: 5,
      offset: 12,
      color: palette.ink,
      subtitleColor: palette.ink,
    },
  };
}

/** Programs that show images know no variables. */
function inLight(svg: string): string {
  return svg.replaceAll(/<[^>]*>/g, (tag) => withColours(tag, light));
}

function described(svg: string, { title, description, subject }: Chart): string {
  const words =
    `<title>${escaped(`${subject}: ${title}`)}</title><desc>${escaped(description)}</desc>` +
    `<rect width="100%" height="100%" fill="${light.ground}"/>`;
  return svg.replace(/<svg [^>]*>/, (tag) => `${tag.replace('<svg ', '<svg role="img" ')}${words}`);
}
