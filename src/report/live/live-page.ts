import { escaped, isolated } from '../html/markup.ts';
import { style } from '../html/style.ts';
import { name, sentence } from '../text.ts';
import { liveScript } from './live-script.ts';

/** Which run is watched. */
export interface WatchedRun {
  readonly name: string;
  readonly description: string;
  readonly cells: number;
}

const own = `
#done .bar { display: block; width: 100%; max-width: 490px; margin-top: 12px; }
#stage { font-weight: 600; margin-top: 10px; }
#connection { color: var(--bad); }
#connection:empty { display: none; }
header dl > div { min-width: 5.5em; }
`;

/**
 * The page before anything has happened; its elements with an id are filled by events.
 *
 * @param nonce lets the page's own script run, and no other
 */
export function livePage(run: WatchedRun, nonce: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(name(run.name))}, running · shardlab</title>
<link rel="icon" href="data:,">
<style>${style}${own}</style>
</head>
<body>
<header>
<h1 class="clip">${isolated(name(run.name))}</h1>
<p class="lead">${isolated(sentence(run.description))}</p>
<p id="stage" role="status"></p>
<p id="connection" role="alert"></p>
<div id="done"></div>
<div id="facts"></div>
</header>
<main>
<section aria-labelledby="now"><h2 id="now">Now</h2>
<div id="charts"></div><div id="shards"></div></section>
<section aria-labelledby="ended"><h2 id="ended">Verdicts so far</h2>
<div id="verdicts"></div></section>
<section aria-labelledby="warned"><h2 id="warned">Warnings</h2><div id="warnings"></div></section>
</main>
<footer>When the run ends its report takes the place of this page.</footer>
<script nonce="${escaped(nonce)}">${liveScript}</script>
</body>
</html>
`;
}
