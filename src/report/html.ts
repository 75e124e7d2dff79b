import type { TopLevelSpec } from 'vega-lite';
import type { RunResult } from '../result/types.ts';
import type { Chart } from './charts/chart.ts';
import { drawSvgs } from './charts/draw.ts';
import { chartGroupsOf, type ReportDocument, type Section } from './document.ts';
import { blockHtml, type Drawings, factsHtml } from './html/blocks.ts';
import { escaped, isolated } from './html/markup.ts';
import { style } from './html/style.ts';
import { runDocument } from './run-document.ts';

/**
 * The report as one HTML text that needs nothing else: no script, no request, charts as inline SVG.
 * Same result, same bytes.
 */
export async function htmlReport(result: RunResult): Promise<string> {
  return documentHtml(runDocument(result), result.environment.shardlab);
}

/** Any report as such a page; `version` is that of the shardlab that made its result. */
export async function documentHtml(document: ReportDocument, version: string): Promise<string> {
  const charts = chartGroupsOf(document).flatMap((group) => group.charts);
  return page(document, await draw(charts), version);
}

async function draw(charts: readonly Chart[]): Promise<Drawings> {
  const drawn = charts.filter(hasSpec);
  const svgs = await drawSvgs(drawn.map((chart) => chart.spec));
  return new Map(drawn.map((chart, index) => [chart, svgs[index] ?? '']));
}

function hasSpec(chart: Chart): chart is Chart & { readonly spec: TopLevelSpec } {
  return chart.spec !== null;
}

/** How a section stands on paper. */
function classOf({ startsPage = false, onePage = false }: Section): string {
  if (onePage) return ' class="one-page"';
  return startsPage ? ' class="page"' : '';
}

function page(document: ReportDocument, drawings: Drawings, version: string): string {
  const links = document.sections.map(
    ({ id, title }) => `<li><a href="#${escaped(id)}">${escaped(title)}</a></li>`,
  );
  const sections = document.sections.map(
    (section) => `<section${classOf(section)} aria-labelledby="${escaped(section.id)}">
<h2 id="${escaped(section.id)}">${escaped(section.title)}</h2>
${section.blocks.map((block) => blockHtml(block, drawings)).join('\n')}
</section>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(document.title)} · shardlab</title>
<style>${style}</style>
</head>
<body>
<header>
<h1 class="clip">${isolated(document.title)}</h1>
<p class="lead">${isolated(document.subtitle)}</p>
${factsHtml(document.facts)}
<nav aria-label="Sections"><ul>${links.join('')}</ul></nav>
</header>
<main>
${sections.join('\n')}
</main>
<footer>Written by shardlab ${escaped(version)}.</footer>
</body>
</html>
`;
}
