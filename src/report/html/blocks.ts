import { present } from '../../base/assert.ts';
import type { Chart, ChartGroup } from '../charts/chart.ts';
import type { Block, Fact } from '../document.ts';
import { escaped, isolated } from './markup.ts';
import { tableHtml } from './table.ts';
import { verdictCardsHtml } from './verdict-cards.ts';

/** SVG of each chart that has one. */
export type Drawings = ReadonlyMap<Chart, string>;

export function blockHtml(block: Block, drawings: Drawings): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p>${escaped(block.text)}</p>`;
    case 'lead':
      return `<p class="answer">${block.sentences.map(isolated).join(' ')}</p>`;
    case 'heading':
      return `<h3>${escaped(block.text)}</h3>`;
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${isolated(item)}</li>`).join('\n')}</ul>`;
    case 'facts':
      return factsHtml(block.facts);
    case 'verdicts':
      return verdictCardsHtml(block.verdicts);
    case 'table':
      return tableHtml(block);
    case 'charts':
      return chartsHtml(block.group, drawings);
    case 'code':
      return `<pre tabindex="0"><code>${escaped(block.text)}</code></pre>`;
    case 'details': {
      const inner = block.blocks.map((one) => blockHtml(one, drawings)).join('\n');
      return `<details><summary>${escaped(block.summary)}</summary>${inner}</details>`;
    }
  }
}

export function factsHtml(facts: readonly Fact[]): string {
  const entries = facts.map(
    ({ term, text }) => `<div><dt>${escaped(term)}</dt><dd>${isolated(text)}</dd></div>`,
  );
  return `<dl>${entries.join('\n')}</dl>`;
}

function chartsHtml(group: ChartGroup, drawings: Drawings): string {
  const panels = group.charts.map((chart) => panelHtml(chart, drawings)).join('\n');
  const single = group.charts.length === 1 ? ' single' : '';
  return `<h3>${isolated(group.title)}</h3>
<p class="legend">${escaped(group.legend)}</p>
<div class="panels${single}">${panels}</div>`;
}

function panelHtml(chart: Chart, drawings: Drawings): string {
  const head =
    `<figcaption><strong class="clip">${isolated(chart.subject)}</strong>` +
    `<span>${isolated(chart.title)}</span></figcaption>`;
  if (chart.spec === null) return `<figure class="empty">${head}</figure>`;
  const svg = present(drawings.get(chart), 'drawing of the chart');
  const label = escaped(chart.description);
  const named = svg.replace('<svg ', () => `<svg role="img" aria-label="${label}" `);
  return `<figure>${head}${named}</figure>`;
}
