import { rankByWriteBalance } from '../../result/ranking.ts';
import type { RunResult } from '../../result/types.ts';
import { joined } from '../charts/chart.ts';
import type { Section } from '../document.ts';
import { ratio } from '../number.ts';
import { name, sentence } from '../text.ts';

/** What the numbers say, in words: the run's own findings, then the ranking by write balance. */
export function findingsSection(result: RunResult): Section {
  const items = [...result.findings.map(sentence), ...rankingSentences(result)];
  return {
    id: 'findings',
    title: 'Findings',
    blocks:
      items.length === 0
        ? [{ kind: 'paragraph', text: 'None: too little was measured.' }]
        : [{ kind: 'list', items }],
  };
}

/** Groups of strategies with the same range of ranks, best first. */
function rankingSentences(result: RunResult): readonly string[] {
  const ranks = rankByWriteBalance(result);
  if (ranks.length < 2) return [];
  const groups = Map.groupBy(ranks, (rank) => `${rank.from} ${rank.to}`);
  return [...groups.values()].map((group) => {
    const names = joined(group.map((rank) => name(rank.strategy)));
    const low = Math.min(...group.map((rank) => rank.low));
    const high = Math.max(...group.map((rank) => rank.high));
    const [first] = group;
    const from = first?.from ?? 1;
    const to = first?.to ?? 1;
    const place = from === to ? `rank ${from}` : `rank ${from} to ${to}`;
    const range = ratio(low) === ratio(high) ? ratio(low) : `${ratio(low)} to ${ratio(high)}`;
    const difference = group.length > 1 ? ', no difference' : '';
    return `Write balance, ${place} of ${ranks.length}${difference}: ${names} (max/mean ${range}).`;
  });
}
