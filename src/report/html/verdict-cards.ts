import type { VerdictCard } from '../document.ts';
import { isolated } from './markup.ts';
import { badgeHtml } from './table.ts';

/** One card for each strategy: its verdict, what that means, and why. */
export const verdictCardsHtml = (cards: readonly VerdictCard[]): string =>
  `<ul class="verdicts">${cards.map(cardHtml).join('\n')}</ul>`;

function cardHtml({ strategy, word, tone, sentence, reasons }: VerdictCard): string {
  const items = reasons.map((reason) => `<li>${isolated(reason)}</li>`).join('');
  const list = items === '' ? '' : `<ul class="clip tall">${items}</ul>`;
  const head = `<h3 class="clip">${isolated(strategy)}</h3>${badgeHtml(word, tone)}`;
  return `<li class="${tone}">${head}<p>${isolated(sentence)}</p>${list}</li>`;
}
