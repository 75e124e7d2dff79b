import type { Said, Sentences } from './sentence.ts';

/** What routers say of themselves, in their own words, and why some were not used. */
export const routerSentences: Sentences = {
  'router-warns': (said) => said.name('warning'),
  'router-refused': refusedText,
  'router-takes-other-keys': (said) =>
    `${said.name('router')} takes only ${said.list('keyTypes').join(', ')} keys`,
  'router-did-not-return': () => 'it did not return within a minute after its time had ended',
  'no-shard-more': (said) => `one shard more: ${said.name('problem')}`,
  'next-shard-refused': (said) => said.name('problem'),
};

/** Most routers begin with their name. */
function refusedText(said: Said): string {
  const router = said.name('router');
  const problems = said.list('problems').join('; ');
  return problems.startsWith(router) ? problems : `${router}: ${problems}`;
}
